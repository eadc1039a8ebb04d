import { byMediaBrand } from './isoMedia';
import type { Recognised } from './recognised';
import { bySignature } from './signatures';
import { byText } from './text';
import { byTiffDirectory } from './tiff';

/** The footer of a Truevision TGA 2.0 file; without it a TGA cannot be told from anything else. */
const TGA_FOOTER = 'TRUEVISION-XFILE.\0';

/**
 * Tells what a file is by its content alone: neither its name nor its declared MIME type is asked.
 * @param bytes the whole file, not empty
 * @returns what it is; `unknown` when nothing fits
 */
export function recognise(bytes: Buffer): Recognised {
	const known = bySignature(bytes) ?? byTiffDirectory(bytes) ?? byMediaBrand(bytes) ?? byText(bytes);
	if (known !== undefined) return known;
	if (bytes.subarray(-TGA_FOOTER.length).equals(Buffer.from(TGA_FOOTER, 'latin1'))) {
		return { as: 'otherImage', name: 'TGA', editImageReads: false };
	}
	return { as: 'unknown' };
}
