import type { Work } from '../../../work';
import { damaged } from '../../refusal';
import type { BitReader } from './bitReader';
import { PrefixCodes } from './prefixCodes';

/** Pixels decoded between two looks at whether to pause. */
const STEP = 4096;

/** What a pixel costs, in the unit of `Work`. */
const WORK_PER_PIXEL = 2;

/** Symbols of green: its values, then lengths of copies, then places in the colour cache (RFC 9649, 3.6 and 3.7.3). */
const VALUES = 256;
const LENGTHS = 24;
const DISTANCES = 40;

/** Multiplies a colour for its place in the cache (RFC 9649, 3.6.2). */
const HASH = 0x1e35a7bd;

/** The 120 nearest pixels of a copy (RFC 9649, 3.6.1): rows up times 16, and 8 less columns to the left. */
const NEAR = Uint8Array.from(
	Buffer.from(
		'1807171928062729161a262a38053739151b363a252b48044749141c353b464a242c58454b343c035759131d565a232d444c' +
			'555b333d68026769121e666a222e545c434d656b323e78017779535d111f646c424e767a212f757b313f636d525e00747c41' +
			'4f1020626e30737d515f40727e616f50717f6070',
		'hex',
	),
);

/** How an image's codes are told apart: by the red and green of a smaller image (RFC 9649, 3.7.2.2). */
interface Groups {
	/** Five codes for each group: green, red, blue, alpha, distance. */
	codes: Int32Array;
	/** The group of each square of pixels, its side's binary logarithm, and squares in a row; none for one group. */
	meta: Uint32Array | undefined;
	bits: number;
	across: number;
}

/**
 * Reads the entropy-coded pixels of an image (RFC 9649, 3.6 and 3.7).
 * @param isMain whether it is the picture itself, which may have several groups of codes
 * @returns alpha, red, green, blue of each pixel, from the highest byte
 * @throws Damaged for data that breaks RFC 9649 or ends early
 */
export function* readImage(reader: BitReader, width: number, height: number, isMain: boolean): Work<Uint32Array> {
	const cacheBits = reader.flag() ? reader.number(4) : 0;
	if (cacheBits > 11) throw damaged('its compressed data makes no sense');
	const codes = new PrefixCodes(reader);
	const groups = yield* readGroups(reader, codes, width, height, isMain, cacheBits);
	return yield* readPixels(reader, codes, groups, width, width * height, cacheBits);
}

function* readGroups(
	reader: BitReader,
	codes: PrefixCodes,
	width: number,
	height: number,
	isMain: boolean,
	cacheBits: number,
): Work<Groups> {
	let [count, bits, across] = [1, 0, 0];
	let meta: Uint32Array | undefined;
	if (isMain && reader.flag()) {
		bits = reader.number(3) + 2;
		across = squares(width, bits);
		meta = yield* readImage(reader, across, squares(height, bits), false);
		for (let i = 0; i < meta.length; i++) {
			const group = (pixelAt(meta, i) >>> 8) & 0xffff;
			meta[i] = group;
			count = Math.max(count, group + 1);
		}
	}
	const found = new Int32Array(5 * count);
	const cached = cacheBits > 0 ? 1 << cacheBits : 0;
	for (let i = 0; i < found.length; i++) {
		const place = i % 5;
		found[i] = codes.read(place === 0 ? VALUES + LENGTHS + cached : place === 4 ? DISTANCES : VALUES);
		if (place === 4) {
			reader.checkEnd();
			yield 1024;
		}
	}
	return { codes: found, meta, bits, across };
}

function* readPixels(
	reader: BitReader,
	codes: PrefixCodes,
	groups: Groups,
	width: number,
	count: number,
	cacheBits: number,
): Work<Uint32Array> {
	const { meta, bits, across } = groups;
	const pixels = new Uint32Array(count);
	const cache = new Uint32Array(cacheBits > 0 ? 1 << cacheBits : 0);
	const shift = 32 - cacheBits;
	const mask = meta === undefined ? -1 : (1 << bits) - 1;
	let [x, y, group, cached, limit] = [0, 0, 0, 0, STEP];
	for (let i = 0; i < count; ) {
		if (i >= limit) {
			limit = i + STEP;
			reader.checkEnd();
			yield STEP * WORK_PER_PIXEL;
		}
		if (meta !== undefined && (x & mask) === 0) group = 5 * pixelAt(meta, (y >> bits) * across + (x >> bits));
		const symbol = codes.symbol(codeAt(groups.codes, group));
		if (symbol < VALUES) {
			const red = codes.symbol(codeAt(groups.codes, group + 1));
			const blue = codes.symbol(codeAt(groups.codes, group + 2));
			const alpha = codes.symbol(codeAt(groups.codes, group + 3));
			pixels[i++] = (alpha << 24) | (red << 16) | (symbol << 8) | blue;
			if (++x === width) {
				x = 0;
				y++;
			}
		} else if (symbol < VALUES + LENGTHS) {
			const length = copyValue(reader, symbol - VALUES);
			const distance = distanceOf(copyValue(reader, codes.symbol(codeAt(groups.codes, group + 4))), width);
			if (distance > i || length > count - i) throw damaged('its compressed data makes no sense');
			for (const end = i + length; i < end; i++) pixels[i] = pixelAt(pixels, i - distance);
			x += length;
			while (x >= width) {
				x -= width;
				y++;
			}
			if (meta !== undefined && (x & mask) !== 0 && i < count) {
				group = 5 * pixelAt(meta, (y >> bits) * across + (x >> bits));
			}
		} else {
			for (; cached < i; cached++) keep(cache, pixelAt(pixels, cached), shift);
			pixels[i++] = pixelAt(cache, symbol - VALUES - LENGTHS);
			if (++x === width) {
				x = 0;
				y++;
			}
		}
		if (cacheBits > 0) for (; cached < i; cached++) keep(cache, pixelAt(pixels, cached), shift);
	}
	reader.checkEnd();
	return pixels;
}

/** How many squares, of a side with so many binary places, cover a length. */
export function squares(length: number, bits: number): number {
	return (length + (1 << bits) - 1) >> bits;
}

function keep(cache: Uint32Array, pixel: number, shift: number): void {
	cache[Math.imul(pixel, HASH) >>> shift] = pixel;
}

/** A length or distance by its prefix, with the bits that follow (RFC 9649, 3.6.1). */
function copyValue(reader: BitReader, prefix: number): number {
	if (prefix < 4) return prefix + 1;
	const extra = (prefix - 2) >> 1;
	return ((2 + (prefix & 1)) << extra) + reader.number(extra) + 1;
}

/** How many pixels back a copy begins: the first 120 codes are those nearby, row by row (RFC 9649, 3.6.1). */
function distanceOf(code: number, width: number): number {
	if (code > NEAR.length) return code - NEAR.length;
	const place = NEAR[code - 1] ?? 0;
	return Math.max(1, (place >> 4) * width + 8 - (place & 15));
}

/** A pixel at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function pixelAt(pixels: Uint32Array, place: number): number {
	return pixels[place] ?? 0;
}

/** As {@link pixelAt}, for codes. */
function codeAt(codes: Int32Array, place: number): number {
	return codes[place] ?? 0;
}
