import type { PngHeader } from './header';

/** Takes the pixels of an unfiltered row apart. */
export interface Spread {
	/** Of 0 to 255 each: red, green and blue, or grey. As many samples as pixels were asked for. */
	planes: Uint8ClampedArray[];
	/** Of 0 to 255; undefined where every pixel is opaque. */
	alpha?: Uint8ClampedArray;
	/** @param pixels how many */
	take(row: Uint8Array, pixels: number): void;
}

/**
 * What takes rows apart, for the colours that a PNG has (PNG specification, third edition, sections 6 and 11.3.1.1).
 * @param header its image header
 * @param palette its PLTE chunk, where it has one
 * @param transparency its tRNS chunk, where it has one
 */
export function spreadFor(header: PngHeader, palette: Uint8Array, transparency: Uint8Array | undefined): Spread {
	const { width, depth, isColour, isPalette, hasAlpha, channels } = header;
	const planes = Array.from({ length: isColour ? 3 : 1 }, () => new Uint8ClampedArray(width));
	const alpha = hasAlpha || transparency !== undefined ? new Uint8ClampedArray(width) : undefined;
	if (isPalette) {
		return {
			planes,
			alpha,
			take: (row, pixels) => takePlaces(row, pixels, depth, palette, transparency, planes, alpha),
		};
	}
	if (depth === 16) {
		return {
			planes,
			alpha,
			take: (row, pixels) => {
				planes.forEach((plane, place) => takeWords(row, pixels, channels, place, plane));
				if (alpha === undefined) return;
				if (hasAlpha) takeWords(row, pixels, channels, planes.length, alpha);
				else compareWords(row, pixels, channels, transparency, alpha);
			},
		};
	}
	if (depth === 8) {
		return {
			planes,
			alpha,
			take: (row, pixels) => {
				planes.forEach((plane, place) => takeBytes(row, pixels, channels, place, plane));
				if (alpha === undefined) return;
				if (hasAlpha) takeBytes(row, pixels, channels, planes.length, alpha);
				else compareBytes(row, pixels, channels, transparency, alpha);
			},
		};
	}
	// Grey of 1, 2 or 4 bits is a palette of evenly spaced greys.
	const most = (1 << depth) - 1;
	const greys = Uint8Array.from({ length: 3 * (most + 1) }, (_, i) => (Math.floor(i / 3) * 255) / most);
	const seeThrough = transparency?.[1];
	const opacities =
		seeThrough === undefined
			? undefined
			: Uint8Array.from({ length: most + 1 }, (_, grey) => (grey === (seeThrough & most) ? 0 : 255));
	return { planes, alpha, take: (row, pixels) => takePlaces(row, pixels, depth, greys, opacities, planes, alpha) };
}

function takePlaces(
	row: Uint8Array,
	pixels: number,
	depth: number,
	palette: Uint8Array,
	opacities: Uint8Array | undefined,
	planes: Uint8ClampedArray[],
	alpha: Uint8ClampedArray | undefined,
): void {
	const mask = (1 << depth) - 1;
	const top = 8 - depth;
	planes.forEach((plane, channel) => {
		for (let x = 0; x < pixels; x++) {
			const bit = x * depth;
			const place = (byteAt(row, bit >> 3) >> (top - (bit & 7))) & mask;
			plane[x] = byteAt(palette, 3 * place + channel);
		}
	});
	if (alpha === undefined || opacities === undefined) return;
	for (let x = 0; x < pixels; x++) {
		const bit = x * depth;
		const place = (byteAt(row, bit >> 3) >> (top - (bit & 7))) & mask;
		alpha[x] = place < opacities.length ? byteAt(opacities, place) : 255;
	}
}

function takeBytes(row: Uint8Array, pixels: number, step: number, offset: number, plane: Uint8ClampedArray): void {
	for (let x = 0, at = offset; x < pixels; x++, at += step) plane[x] = byteAt(row, at);
}

/** 16 bits become 8 by rounding, as libpng's png_set_scale_16 does it. */
function takeWords(row: Uint8Array, pixels: number, step: number, offset: number, plane: Uint8ClampedArray): void {
	for (let x = 0, at = 2 * offset; x < pixels; x++, at += 2 * step) {
		plane[x] = (((byteAt(row, at) << 8) | byteAt(row, at + 1)) * 255 + 32_895) >> 16;
	}
}

/** The one colour that is see-through stands in tRNS with 16 bits a sample, of which a PNG of 8 bits uses the lower ones. */
function compareBytes(
	row: Uint8Array,
	pixels: number,
	step: number,
	colour: Uint8Array | undefined,
	alpha: Uint8ClampedArray,
): void {
	for (let x = 0; x < pixels; x++) {
		let isSame = colour !== undefined;
		for (let i = 0; i < step; i++) isSame &&= byteAt(row, x * step + i) === (colour?.[2 * i + 1] ?? 0);
		alpha[x] = isSame ? 0 : 255;
	}
}

function compareWords(
	row: Uint8Array,
	pixels: number,
	step: number,
	colour: Uint8Array | undefined,
	alpha: Uint8ClampedArray,
): void {
	for (let x = 0; x < pixels; x++) {
		let isSame = colour !== undefined;
		for (let i = 0; i < 2 * step; i++) isSame &&= byteAt(row, 2 * x * step + i) === (colour?.[i] ?? 0);
		alpha[x] = isSame ? 0 : 255;
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
