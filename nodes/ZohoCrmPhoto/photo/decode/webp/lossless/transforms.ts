import type { Work } from '../../../work';
import type { BitReader } from './bitReader';
import { readImage, squares } from './image';

/** Takes a transform back, row by row from the top. */
export interface Transform {
	/** @returns the row as it was before the encoder's transform; it is there until the next call */
	row(coded: Uint32Array, y: number): Uint32Array;
}

/**
 * Reads a transform (RFC 9649, section 3.5).
 * @param kind 0 to 3
 * @param width of the image that it gives
 * @returns it, and the width of the image that it takes
 */
export function* readTransform(
	reader: BitReader,
	kind: number,
	width: number,
	height: number,
): Work<{ transform: Transform; width: number }> {
	if (kind === 2) return { transform: new AddGreen(), width };
	if (kind === 3) {
		const count = reader.number(8) + 1;
		const palette = yield* readImage(reader, count, 1, false);
		for (let i = 1; i < count; i++) palette[i] = sum(pixelAt(palette, i), pixelAt(palette, i - 1));
		const bits = count > 16 ? 0 : count > 4 ? 1 : count > 2 ? 2 : 3;
		return { transform: new Palette(palette, bits, width), width: squares(width, bits) };
	}
	const bits = reader.number(3) + 2;
	const data = yield* readImage(reader, squares(width, bits), squares(height, bits), false);
	return { transform: kind === 0 ? new Predictor(data, bits, width) : new CrossColour(data, bits, width), width };
}

/** RFC 9649, 3.5.3. */
class AddGreen implements Transform {
	row(row: Uint32Array): Uint32Array {
		for (let x = 0; x < row.length; x++) {
			const pixel = pixelAt(row, x);
			const green = (pixel >>> 8) & 255;
			row[x] = (pixel & 0xff00ff00) | (((pixel & 0xff00ff) + ((green << 16) | green)) & 0xff00ff);
		}
		return row;
	}
}

/** RFC 9649, 3.5.4: places in a palette, several in one pixel's green where it has few colours. */
class Palette implements Transform {
	private readonly out: Uint32Array;

	constructor(
		private readonly palette: Uint32Array,
		private readonly bits: number,
		width: number,
	) {
		this.out = new Uint32Array(width);
	}

	row(row: Uint32Array): Uint32Array {
		const { out, bits, palette } = this;
		const size = 8 >> bits;
		const mask = (1 << size) - 1;
		const within = (1 << bits) - 1;
		for (let x = 0; x < out.length; x++) {
			const packed = (pixelAt(row, x >> bits) >>> 8) & 255;
			out[x] = pixelAt(palette, (packed >> ((x & within) * size)) & mask);
		}
		return out;
	}
}

/** RFC 9649, 3.5.2. */
class CrossColour implements Transform {
	private readonly across: number;

	constructor(
		private readonly data: Uint32Array,
		private readonly bits: number,
		width: number,
	) {
		this.across = squares(width, bits);
	}

	row(row: Uint32Array, y: number): Uint32Array {
		const { data, bits, across } = this;
		const from = (y >> bits) * across;
		for (let x = 0; x < row.length; x++) {
			const factors = pixelAt(data, from + (x >> bits));
			const pixel = pixelAt(row, x);
			const green = (pixel << 16) >> 24;
			const red = ((pixel >>> 16) + ((((factors << 24) >> 24) * green) >> 5)) & 255;
			const byGreen = (((factors << 16) >> 24) * green) >> 5;
			const byRed = (((factors << 8) >> 24) * ((red << 24) >> 24)) >> 5;
			row[x] = (pixel & 0xff00ff00) | (red << 16) | ((pixel + byGreen + byRed) & 255);
		}
		return row;
	}
}

/** RFC 9649, 3.5.1: pixels are differences from what those above and to the left foretell. */
class Predictor implements Transform {
	private readonly across: number;
	private readonly above: Uint32Array;

	constructor(
		private readonly data: Uint32Array,
		private readonly bits: number,
		width: number,
	) {
		this.across = squares(width, bits);
		this.above = new Uint32Array(width + 1);
	}

	row(row: Uint32Array, y: number): Uint32Array {
		const { data, bits, across, above } = this;
		const from = (y >> bits) * across;
		let left = 0xff000000;
		for (let x = 0; x < row.length; x++) {
			let foretold = left;
			if (y > 0 && x === 0) foretold = pixelAt(above, 0);
			if (y > 0 && x > 0) {
				const mode = (pixelAt(data, from + (x >> bits)) >>> 8) & 15;
				foretold = predicted(mode, left, pixelAt(above, x), pixelAt(above, x - 1), pixelAt(above, x + 1));
			}
			// The pixel above right of the last one is the first of its own row, as it would be in memory.
			left = sum(pixelAt(row, x), foretold);
			if (x === 0) above[row.length] = left;
			row[x] = left;
		}
		above.set(row);
		return row;
	}
}

function predicted(mode: number, left: number, top: number, topLeft: number, topRight: number): number {
	switch (mode) {
		case 1:
			return left;
		case 2:
			return top;
		case 3:
			return topRight;
		case 4:
			return topLeft;
		case 5:
			return mean(mean(left, topRight), top);
		case 6:
			return mean(left, topLeft);
		case 7:
			return mean(left, top);
		case 8:
			return mean(topLeft, top);
		case 9:
			return mean(top, topRight);
		case 10:
			return mean(mean(left, topLeft), mean(top, topRight));
		case 11:
			return distance(top, topLeft) < distance(left, topLeft) ? left : top;
		case 12:
			return full(left, top, topLeft);
		case 13:
			return half(mean(left, top), topLeft);
		default:
			return 0xff000000;
	}
}

/** Channel by channel, the sum modulo 256. */
function sum(a: number, b: number): number {
	const high = ((a & 0xff00ff00) >>> 0) + ((b & 0xff00ff00) >>> 0);
	return ((high & 0xff00ff00) | (((a & 0xff00ff) + (b & 0xff00ff)) & 0xff00ff)) >>> 0;
}

/** Channel by channel, the average of two, rounded down. */
function mean(a: number, b: number): number {
	return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
}

/** The sum of the channels' differences. */
function distance(a: number, b: number): number {
	let total = 0;
	for (let shift = 0; shift < 32; shift += 8) total += Math.abs(((a >>> shift) & 255) - ((b >>> shift) & 255));
	return total;
}

function clamp(value: number): number {
	return value < 0 ? 0 : value > 255 ? 255 : value;
}

/** ClampAddSubtractFull: left + top - top left. */
function full(a: number, b: number, c: number): number {
	let result = 0;
	for (let shift = 0; shift < 32; shift += 8) {
		result |= clamp(((a >>> shift) & 255) + ((b >>> shift) & 255) - ((c >>> shift) & 255)) << shift;
	}
	return result;
}

/** ClampAddSubtractHalf: the average, and half of what it is above top left. */
function half(a: number, b: number): number {
	let result = 0;
	for (let shift = 0; shift < 32; shift += 8) {
		const channel = (a >>> shift) & 255;
		const difference = channel - ((b >>> shift) & 255);
		result |= clamp(channel + Math.trunc(difference / 2)) << shift;
	}
	return result;
}

/** A pixel at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function pixelAt(pixels: Uint32Array, place: number): number {
	return pixels[place] ?? 0;
}
