import type { Cabac } from './cabac';
import type { CodedPicture } from './codedPicture';
import { CONTEXT } from './contexts';

/** Modes of prediction that are not told by an angle, and those of straight angles (ITU-T H.265, table 8-1). */
export const MODE = { PLANAR: 0, MEAN: 1, ACROSS: 10, DOWN: 26, LAST: 34 } as const;

/** Modes that a block's are likely to be; the array is used again. */
const candidates = new Uint8Array(3);

/**
 * Derives the three likely modes of a luma block (ITU-T H.265, 8.4.2, steps 2 to 4).
 * @param x where the block is, in luma samples
 * @param place which of four parts it is, whose modes are known before they are reconstructed; else 0
 */
function setCandidates(picture: CodedPicture, x: number, y: number, place: number): void {
	const { done, modes, part, stride, sps } = picture;
	const at = (y >> 2) * stride + (x >> 2);
	const hasLeft = (place & 1) === 1 || (x > 0 && done[at - 1] === part);
	const isWithinTree = (y & ((1 << sps.treeLog) - 1)) !== 0;
	const hasAbove = place > 1 || (isWithinTree && done[at - stride] === part);
	const left = hasLeft ? modes[at - 1] : undefined;
	const above = hasAbove ? modes[at - stride] : undefined;
	const a = left ?? MODE.MEAN;
	const b = above ?? MODE.MEAN;
	candidates[0] = a;
	if (a !== b) {
		candidates[1] = b;
		const hasPlanar = a === MODE.PLANAR || b === MODE.PLANAR;
		candidates[2] = !hasPlanar ? MODE.PLANAR : a !== MODE.MEAN && b !== MODE.MEAN ? MODE.MEAN : MODE.DOWN;
	} else if (a < 2) {
		candidates.set([MODE.PLANAR, MODE.MEAN, MODE.DOWN]);
	} else {
		candidates[1] = 2 + ((a + 29) & 31);
		candidates[2] = 2 + ((a - 1) & 31);
	}
}

/**
 * Reads the mode of a luma block (ITU-T H.265, 7.3.8.5 and 8.4.2).
 * @param x where the block is, in luma samples
 * @param place which of four parts it is; else 0
 * @param isLikely whether it is one of the likely ones, which is read before
 */
export function readLumaMode(
	cabac: Cabac,
	picture: CodedPicture,
	x: number,
	y: number,
	place: number,
	isLikely: boolean,
): number {
	setCandidates(picture, x, y, place);
	if (isLikely) return candidates[cabac.bypass() === 0 ? 0 : 1 + cabac.bypass()] ?? 0;
	let mode = cabac.bits(5);
	candidates.sort();
	for (const candidate of candidates) if (mode >= candidate) mode++;
	return mode;
}

/** Modes of colours that are half as wide as luma and as high, by those they would have otherwise (table 8-3). */
const HALF_WIDE = [
	...[0, 1, 2, 2, 2, 2, 3, 5, 7, 8, 10, 12, 13, 15, 17, 18, 19, 20, 21, 22, 23, 23, 24, 24, 25, 25, 26, 27, 27, 28],
	...[28, 29, 29, 30, 31],
];

const CHOICES = [MODE.PLANAR, MODE.DOWN, MODE.ACROSS, MODE.MEAN] as const;

/** Reads the mode of the colours of a block (ITU-T H.265, 7.3.8.5 and 8.4.3). @param luma the mode of luma */
export function readChromaMode(cabac: Cabac, luma: number, chromaFormat: number): number {
	let mode = luma;
	if (cabac.bin(CONTEXT.CHROMA_MODE) === 1) {
		const choice = CHOICES[cabac.bits(2)] ?? MODE.PLANAR;
		mode = choice === luma ? MODE.LAST : choice;
	}
	return chromaFormat === 2 ? (HALF_WIDE[mode] ?? mode) : mode;
}
