import { LARGEST_CODE_SIZE } from '../../formats/gifBlocks';
import type { Work } from '../../work';
import { damaged } from '../refusal';

/** The most codes of a table (GIF89a, appendix F). */
const MOST_CODES = 4096;

/** Work between two looks at whether to pause, and what a code costs beside the pixels that it stands for. */
const STEP = 4096;
const WORK_PER_CODE = 2;

/**
 * Decodes the sub-blocks of a picture (GIF89a, appendix F). Where the end code comes within the last row, every row is there, as
 * decoders have it: some encoders leave a pixel out. What is left out stays 0.
 * @param data the whole file
 * @param at where the sub-blocks begin
 * @param codeSize bits of a place in the color table, 2 to 8 (1 is taken, too)
 * @param width of a row, in pixels
 * @param height rows
 * @returns places in the color table, in the order of the file
 * @throws Damaged for data that makes no sense or ends early
 */
export function* decodeLzw(
	data: Uint8Array,
	at: number,
	codeSize: number,
	width: number,
	height: number,
): Work<Uint8Array> {
	const count = width * height;
	if (codeSize < 1 || codeSize > LARGEST_CODE_SIZE) throw damaged('its compressed data makes no sense');
	const clear = 1 << codeSize;
	const end = clear + 1;
	const prefix = new Uint16Array(MOST_CODES);
	const suffix = new Uint8Array(MOST_CODES);
	const lengths = new Uint16Array(MOST_CODES);
	for (let i = 0; i < clear; i++) {
		suffix[i] = i;
		lengths[i] = 1;
	}
	const places = new Uint8Array(count);
	let [bits, held, left, position] = [0, 0, 0, at];
	let [size, next, previous, filled, work] = [codeSize + 1, end + 1, -1, 0, 0];
	while (filled < count) {
		while (held < size) {
			if (left === 0) {
				left = data[position++] ?? 0;
				if (left === 0) throw damaged('its picture data ends early');
			}
			if (position >= data.length) throw damaged('its picture data ends early');
			bits |= byteAt(data, position++) << held;
			held += 8;
			left--;
		}
		const code = bits & ((1 << size) - 1);
		bits >>>= size;
		held -= size;
		work += WORK_PER_CODE;
		if (work >= STEP) {
			yield work;
			work = 0;
		}
		if (code === end) {
			if (filled > count - width) break;
			throw damaged('its picture data ends early');
		}
		if (code === clear) {
			size = codeSize + 1;
			next = end + 1;
			previous = -1;
			continue;
		}
		if (code > next || (code === next && previous < 0)) throw damaged('its compressed data makes no sense');
		if (previous >= 0 && next < MOST_CODES) {
			prefix[next] = previous;
			lengths[next] = wordAt(lengths, previous) + 1;
			suffix[next] = firstOf(code === next ? previous : code, prefix, suffix, clear);
			next++;
			if (next === 1 << size && size < 12) size++;
		} else if (code >= next) {
			throw damaged('its compressed data makes no sense');
		}
		const length = wordAt(lengths, code);
		let from = code;
		for (let place = filled + length - 1; place >= filled; place--) {
			if (place < count) places[place] = byteAt(suffix, from);
			from = wordAt(prefix, from);
		}
		filled += length;
		work += length >> 2;
		previous = code;
	}
	return places;
}

/** The first byte of what a code stands for. */
function firstOf(code: number, prefix: Uint16Array, suffix: Uint8Array, clear: number): number {
	let from = code;
	while (from >= clear) from = wordAt(prefix, from);
	return byteAt(suffix, from);
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}

/** As {@link byteAt}, for 16 bits. */
function wordAt(words: Uint16Array, place: number): number {
	return words[place] ?? 0;
}
