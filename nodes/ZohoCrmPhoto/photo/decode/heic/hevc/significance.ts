import { CONTEXT } from './contexts';
import { SCAN } from './scans';

/** In blocks of 4, by place row by row (ITU-T H.265, 9.3.4.2.5: ctxIdxMap). */
const SMALL = [0, 1, 4, 5, 2, 3, 4, 5, 6, 6, 8, 8, 7, 7, 8, 8];

/** In larger blocks: by neighbours that have coefficients (1 to the right, 2 below). */
function pattern(neighbours: number, x: number, y: number): number {
	switch (neighbours) {
		case 0:
			return x + y === 0 ? 2 : x + y < 3 ? 1 : 0;
		case 1:
			return y === 0 ? 2 : y === 1 ? 1 : 0;
		case 2:
			return x === 0 ? 2 : x === 1 ? 1 : 0;
		default:
			return 2;
	}
}

/** Where the contexts of a kind of sub-block begin, after those of the lowest frequency and of blocks of 4. */
function base(log: number, isColour: boolean, isFirst: boolean, isDiagonal: boolean): number {
	if (isColour) return log === 3 ? 9 : 12;
	return (isFirst ? 0 : 3) + (log === 3 ? (isDiagonal ? 9 : 15) : 21);
}

/** Contexts of the colours begin after those of luma. */
const OF_COLOUR = 27;

/** The contexts of a sub-block by place, `x | y << 4`. */
function contexts(index: number): Uint8Array {
	const log = 2 + (index & 3);
	const isColour = (index & 4) !== 0;
	const isFirst = (index & 8) !== 0;
	const isDiagonal = (index & 16) !== 0;
	const neighbours = index >> 5;
	const from = CONTEXT.SIGNIFICANT + (isColour ? OF_COLOUR : 0);
	return Uint8Array.from({ length: 64 }, (_, place) => {
		const x = place & 3;
		const y = place >> 4;
		if (log === 2) return from + (SMALL[4 * y + x] ?? 0);
		if (isFirst && place === 0) return from;
		return from + base(log, isColour, isFirst, isDiagonal) + pattern(neighbours, x, y);
	});
}

const TABLES = Array.from({ length: 128 }, (_, index) => contexts(index));
const NONE = new Uint8Array(0);

/**
 * The contexts that tell where in a sub-block there are coefficients (ITU-T H.265, 9.3.4.2.5).
 * @param log log2 of the block's side
 * @param isFirst whether it is the sub-block of the lowest frequencies
 * @param neighbours 1 for coefficients in the sub-block to the right, 2 in the one below
 * @returns by place, `x | y << 4`
 */
export function significanceContexts(
	log: number,
	isColour: boolean,
	isFirst: boolean,
	scan: number,
	neighbours: number,
): Uint8Array {
	const isDiagonal = scan === SCAN.DIAGONAL;
	const index = (log - 2) | (isColour ? 4 : 0) | (isFirst ? 8 : 0) | (isDiagonal ? 16 : 0) | (neighbours << 5);
	return TABLES[index] ?? NONE;
}
