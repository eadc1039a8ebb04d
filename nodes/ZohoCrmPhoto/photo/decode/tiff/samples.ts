import type { Lines } from '../rowSource';
import { PHOTOMETRIC, type Layout } from './layout';

/** Takes the samples of a row apart. */
export interface SampleReader {
	/**
	 * @param row bytes of the file: all samples of each pixel, or those of one place alone
	 * @param place of the sample, where each has a plane of its own
	 * @param x where in the picture the row begins
	 * @param pixels how many
	 */
	take(row: Uint8Array, place: number | undefined, x: number, pixels: number): void;
	/** To be called when all samples of a row of the picture are there. */
	finish(): void;
}

/** Planes of the picture that a layout makes: grey, or red, green and blue, or inks. */
export function planeCount({ photometric, colours }: Layout): 1 | 3 | 4 {
	if (photometric === PHOTOMETRIC.INKS) return 4;
	return photometric === PHOTOMETRIC.PALETTE || colours === 3 ? 3 : 1;
}

/**
 * What takes the samples of a TIFF apart.
 * @param lines of the whole picture's width
 */
export function sampleReader(layout: Layout, lines: Lines): SampleReader {
	const { alpha, bits, colours, photometric, samples } = layout;
	const isTurned = photometric === PHOTOMETRIC.WHITE_IS_ZERO || photometric === PHOTOMETRIC.INKS;
	const table = photometric === PHOTOMETRIC.PALETTE ? undefined : levels(Math.min(bits, 8), isTurned);
	const palette = photometric === PHOTOMETRIC.PALETTE ? paletteOf(layout.palette, bits) : [];
	const one = (row: Uint8Array, at: number, step: number, place: number, x: number, pixels: number) => {
		const isAlpha = place === alpha?.place;
		if (place >= colours && !isAlpha) return;
		const line = isAlpha ? lines.alpha : lines.planes[place];
		if (palette.length > 0 && !isAlpha) {
			palette.forEach((colour, channel) => {
				const into = lines.planes[channel];
				if (into !== undefined) read(row, at, step, layout, x, pixels, colour, into);
			});
		} else if (line !== undefined) {
			read(row, at, step, layout, x, pixels, isAlpha || table === undefined ? PLAIN : table, line);
		}
	};
	return {
		take: (row, place, x, pixels) => {
			if (place !== undefined) one(row, 0, 1, place, x, pixels);
			else for (let i = 0; i < samples; i++) one(row, i, samples, i, x, pixels);
		},
		finish: () => {
			if (alpha?.isMultiplied === true && lines.alpha !== undefined) divide(lines);
		},
	};
}

const PLAIN = Uint8Array.from({ length: 256 }, (_, value) => value);

/** What each value stands for, from 0 to 255. @param isTurned whether 0 is white, or no ink */
function levels(bits: number, isTurned: boolean): Uint8Array {
	const most = (1 << bits) - 1;
	return Uint8Array.from({ length: most + 1 }, (_, value) => ((isTurned ? most - value : value) * 255) / most);
}

/** The red, green and blue of each place: all reds, all greens, all blues, of 16 bits each (TIFF 6.0, ColorMap). */
function paletteOf(map: number[], bits: number): Uint8Array[] {
	const count = 1 << bits;
	// Some encoders wrote 8 bits, which libtiff tells in the same way.
	const isNarrow = map.every((value) => value < 256);
	return [0, 1, 2].map((channel) =>
		Uint8Array.from({ length: count }, (_, i) => {
			const value = map[channel * count + i] ?? 0;
			return isNarrow ? value : (value * 255 + 32_895) >> 16;
		}),
	);
}

function read(
	row: Uint8Array,
	at: number,
	step: number,
	{ bits, isLittle }: Layout,
	x: number,
	pixels: number,
	table: Uint8Array,
	line: Uint8ClampedArray,
): void {
	if (bits === 8) {
		for (let i = 0, from = at; i < pixels; i++, from += step) line[x + i] = byteAt(table, byteAt(row, from));
	} else if (bits === 16) {
		const [high, low] = isLittle ? [1, 0] : [0, 1];
		for (let i = 0, from = 2 * at; i < pixels; i++, from += 2 * step) {
			const value = (((byteAt(row, from + high) << 8) | byteAt(row, from + low)) * 255 + 32_895) >> 16;
			line[x + i] = byteAt(table, value);
		}
	} else {
		const mask = (1 << bits) - 1;
		for (let i = 0; i < pixels; i++) {
			const bit = i * bits;
			line[x + i] = byteAt(table, (byteAt(row, bit >> 3) >> (8 - bits - (bit & 7))) & mask);
		}
	}
}

/** Takes the multiplication with alpha back. */
function divide({ planes, alpha }: Lines): void {
	if (alpha === undefined) return;
	for (const line of planes) {
		for (let x = 0; x < line.length; x++) {
			const opacity = alpha[x] ?? 255;
			if (opacity > 0 && opacity < 255) line[x] = ((line[x] ?? 0) * 255) / opacity;
		}
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
