const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const DELTA = 2;

/**
 * Follows a BMP's run lengths (RLE8, RLE4) to the end-of-bitmap escape (Windows GDI, "Bitmap Compression").
 * @param bytes the whole file
 * @param offset where the pixel data begins, in bytes
 * @param isRle4 two pixels to a byte in literal runs, not one
 * @returns whether the escape is there
 */
export function hasRunLengthEnd(bytes: Buffer, offset: number, isRle4: boolean): boolean {
	let position = offset;
	while (position + 1 < bytes.length) {
		const count = bytes[position];
		const code = bytes[position + 1] ?? 0;
		position += 2;
		if (count !== 0 || code === END_OF_LINE) continue;
		if (code === END_OF_BITMAP) return true;
		if (code === DELTA) position += 2;
		else {
			const literal = isRle4 ? Math.ceil(code / 2) : code;
			// Literal runs are padded to an even number of bytes.
			position += literal + (literal % 2);
		}
	}
	return false;
}
