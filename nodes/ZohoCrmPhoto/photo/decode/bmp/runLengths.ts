import type { Work } from '../../work';
import { damaged } from '../refusal';

const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const DELTA = 2;

/** Runs between two looks at whether to pause. */
const STEP = 4096;

/**
 * Decodes run lengths, RLE8 or RLE4 (Windows GDI, "Bitmap Compression"). What no run reaches stays 0.
 * @param data the whole file, with the runs from `offset` on
 * @param isRle4 two pixels to a byte
 * @returns places in the palette, the lowest row first
 * @throws Damaged where the data ends before the end of the bitmap
 */
export function* decodeRuns(
	data: Uint8Array,
	offset: number,
	width: number,
	height: number,
	isRle4: boolean,
): Work<Uint8Array> {
	const places = new Uint8Array(width * height);
	let [x, y, at, runs] = [0, 0, offset, 0];
	const put = (place: number) => {
		if (x < width && y < height) places[y * width + x] = place;
		x++;
	};
	while (y < height && (y < height - 1 || x < width)) {
		const count = data[at];
		const code = data[at + 1];
		if (count === undefined || code === undefined) throw damaged('its picture data ends early');
		at += 2;
		if (count > 0) {
			for (let i = 0; i < count; i++) put(isRle4 ? (i % 2 === 0 ? code >> 4 : code & 15) : code);
		} else if (code === END_OF_LINE) {
			x = 0;
			y++;
		} else if (code === END_OF_BITMAP) {
			break;
		} else if (code === DELTA) {
			x += data[at] ?? 0;
			y += data[at + 1] ?? 0;
			at += 2;
		} else {
			const length = isRle4 ? (code + 1) >> 1 : code;
			if (at + length > data.length) throw damaged('its picture data ends early');
			for (let i = 0; i < code; i++) {
				const byte = data[at + (isRle4 ? i >> 1 : i)] ?? 0;
				put(isRle4 ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
			}
			// Literal runs are padded to an even number of bytes.
			at += length + (length & 1);
		}
		if (++runs % STEP === 0) yield 4 * STEP;
	}
	return places;
}
