import { readFileSync } from 'node:fs';
import path from 'node:path';

import { blackPng } from '../../test/emulator/photoSamples.cts';

const corpus = path.join(__dirname, '../../test/photo/corpus');

/** A photo of the project's corpus, made by a real encoder, such as `cmyk.jpg`. @throws Error when there is none */
export function photo(name: string): Buffer {
	return readFileSync(path.join(corpus, 'photos', name));
}

/** A file of the corpus that is of none of Zoho's four kinds, such as `lossy.webp`. @throws Error when there is none */
export function otherFile(name: string): Buffer {
	return readFileSync(path.join(corpus, 'others', name));
}

/** A whole JPEG of just so many bytes: comments (B.2.4.5 of the JPEG standard) stand before its picture. */
export function jpegOfBytes(bytes: number): Buffer {
	const base = photo('baseline.jpg');
	const pieces = [base.subarray(0, 2)];
	for (let missing = bytes - base.length; missing > 0; ) {
		// What is left behind a comment must have room for another one: marker and length take four bytes.
		const most = Math.min(missing, 65_537);
		const size = missing - most > 0 && missing - most < 4 ? most - 4 : most;
		if (size < 4) throw new Error(`A JPEG of ${bytes} bytes cannot be made`);
		const comment = Buffer.alloc(size, 0x20);
		comment.writeUInt16BE(0xfffe, 0);
		comment.writeUInt16BE(size - 2, 2);
		pieces.push(comment);
		missing -= size;
	}
	return Buffer.concat([...pieces, base.subarray(2)]);
}

/** A whole PNG of just so many pixels in a few kilobytes, black. */
export function pngOfPixels(width: number, height: number): Buffer {
	return blackPng(width, height);
}
