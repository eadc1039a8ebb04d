const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const DELTA = 2;

/** The size of a picture in pixels, and where in the file its runs begin. */
interface Runs {
	width: number;
	height: number;
	pixelOffset: number;
}

/**
 * Follows a BMP's run lengths (RLE8, RLE4) until every row is there: to the last pixel, the end of the last row, or the
 * end-of-bitmap escape, which leaves the rows above as they are (Windows GDI, "Bitmap Compression").
 * @param bytes the whole file
 * @param isRle4 two pixels to a byte in literal runs, not one
 */
export function hasAllRuns(bytes: Buffer, { width, height, pixelOffset }: Runs, isRle4: boolean): boolean {
	let position = pixelOffset;
	let [x, y] = [0, 0];
	while (position + 1 < bytes.length) {
		const count = bytes[position] ?? 0;
		const code = bytes[position + 1] ?? 0;
		position += 2;
		if (count !== 0) x += count;
		else if (code === END_OF_LINE) {
			x = 0;
			y += 1;
		} else if (code === END_OF_BITMAP) return true;
		else if (code === DELTA) {
			x += bytes[position] ?? 0;
			y += bytes[position + 1] ?? 0;
			position += 2;
		} else {
			x += code;
			const literal = isRle4 ? Math.ceil(code / 2) : code;
			if (position + literal > bytes.length) return false;
			// Literal runs are padded to an even number of bytes.
			position += literal + (literal % 2);
		}
		if (y >= height || (y === height - 1 && x >= width)) return true;
	}
	return false;
}
