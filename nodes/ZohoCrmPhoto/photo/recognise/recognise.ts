import { PHOTO_KINDS } from '../photoKinds';
import { pictureBehind } from './behind';
import { byMediaBrand } from './isoMedia';
import type { Plain, Recognised } from './recognised';
import { bySignature } from './signatures';
import { byText } from './text';
import { byTiffDirectory } from './tiff';
import { hasOtherLineEnds, wasReadAsText } from './transit';

/** The footer of a Truevision TGA 2.0 file; without it a TGA cannot be told from anything else. */
const TGA_FOOTER = 'TRUEVISION-XFILE.\0';

/** What a file is by its first bytes. */
function byFront(bytes: Buffer): Recognised | undefined {
	return bySignature(bytes) ?? byTiffDirectory(bytes) ?? byMediaBrand(bytes);
}

/** Whether bytes begin as an image does. */
function isImage(bytes: Buffer): boolean {
	const found = byFront(bytes)?.as;
	return found === 'photo' || found === 'otherImage';
}

/** What an image is called; nothing for what is no image. */
function imageName(known: Recognised): string | undefined {
	if (known.as === 'photo') return PHOTO_KINDS[known.kind].label;
	return known.as === 'otherImage' ? known.name : undefined;
}

/**
 * Tells what a file is by its content alone: neither its name nor its declared MIME type is asked.
 * @param bytes the whole file, not empty
 * @returns what it is; `unknown` when nothing fits
 */
export function recognise(bytes: Buffer): Recognised {
	const known = byFront(bytes);
	if (known !== undefined) {
		const name = imageName(known);
		const isDamaged = name !== undefined && (wasReadAsText(bytes, name) || (name === 'PNG' && hasOtherLineEnds(bytes)));
		return isDamaged ? { as: 'damaged', name } : known;
	}
	const otherwise = withoutFront(bytes);
	const behind = otherwise.as === 'damaged' ? undefined : pictureBehind(bytes);
	return behind === undefined ? otherwise : { as: 'behind', ...behind, otherwise };
}

/** What a file is that its first bytes do not tell. */
function withoutFront(bytes: Buffer): Plain {
	const text = byText(bytes, isImage);
	if (text !== undefined) return text;
	if (bytes.subarray(-TGA_FOOTER.length).equals(Buffer.from(TGA_FOOTER, 'latin1'))) {
		return { as: 'otherImage', name: 'TGA', editImageReads: false };
	}
	return { as: 'unknown' };
}
