import { damaged } from '../../refusal';
import type { BitReader } from './bitReader';
import { diagonal } from './scans';

/** Factors for the levels of blocks: by log2 of the block's side less 2, then by colour; each row by row, 16 is neutral. */
export type ScalingFactors = ReadonlyArray<readonly Uint8Array[]>;

/** One list as it is written: 16 or 64 numbers in up-right diagonal order, and what stands at the top left. */
interface List {
	numbers: readonly number[];
	first: number;
}

const FLAT = 16;
const SIZES = 4;
const MATRICES = 6;

/** Table 7-6, for pictures that are predicted from themselves and for the rest. */
const INTRA = [
	...[16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 16, 17, 16, 17, 18, 17, 18, 18, 17, 18, 21, 19, 20, 21, 20, 19, 21],
	...[24, 22, 22, 24, 24, 22, 22, 24, 25, 25, 27, 30, 27, 25, 25, 29, 31, 35, 35, 31, 29, 36, 41, 44, 41, 36, 47, 54],
	...[54, 47, 65, 70, 65, 88, 88, 115],
];
const INTER = [
	...[16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 17, 17, 17, 17, 18, 18, 18, 18, 18, 18, 20, 20, 20, 20, 20, 20, 20],
	...[24, 24, 24, 24, 24, 24, 24, 24, 25, 25, 25, 25, 25, 25, 25, 28, 28, 28, 28, 28, 28, 33, 33, 33, 33, 33, 41, 41],
	...[41, 41, 54, 54, 54, 71, 71, 91],
];

function defaultList(size: number, matrix: number): List {
	if (size === 0) return { numbers: new Array<number>(16).fill(FLAT), first: FLAT };
	return { numbers: matrix < 3 ? INTRA : INTER, first: FLAT };
}

function defaultLists(): List[][] {
	return Array.from({ length: SIZES }, (_, size) =>
		Array.from({ length: MATRICES }, (_ignored, matrix) => defaultList(size, matrix)),
	);
}

/** The factors that a sequence has which says no more than that there are some (ITU-T H.265, tables 7-5 and 7-6). */
export function defaultFactors(): ScalingFactors {
	return factors(defaultLists());
}

/**
 * Reads scaling list data (ITU-T H.265, 7.3.4 and 7.4.5).
 * @throws Damaged for numbers out of bounds
 */
export function readScalingFactors(reader: BitReader): ScalingFactors {
	const lists = defaultLists();
	for (let size = 0; size < SIZES; size++) {
		const step = size === 3 ? 3 : 1;
		for (let matrix = 0; matrix < MATRICES; matrix += step) {
			const list = reader.flag() ? readList(reader, size) : referredTo(reader, lists, size, matrix, step);
			const ofSize = lists[size];
			if (ofSize !== undefined) ofSize[matrix] = list;
		}
	}
	return factors(lists);
}

function referredTo(reader: BitReader, lists: List[][], size: number, matrix: number, step: number): List {
	const back = reader.unsignedWithin(matrix / step, 'scaling list') * step;
	const list = back === 0 ? defaultList(size, matrix) : lists[size]?.[matrix - back];
	if (list === undefined) throw damaged('its headers have a scaling list out of bounds');
	return list;
}

function readList(reader: BitReader, size: number): List {
	const count = Math.min(64, 16 << (2 * size));
	const first = size > 1 ? 8 + reader.signedWithin(-7, 247, 'scaling list') : FLAT;
	let next = size > 1 ? first : 8;
	const numbers: number[] = [];
	for (let i = 0; i < count; i++) {
		next = (next + reader.signedWithin(-128, 127, 'scaling list') + 256) & 255;
		numbers.push(next);
	}
	return { numbers, first };
}

/** ITU-T H.265, 7.4.5, equations 7-44 to 7-54: lists of 64 stand for larger blocks, too, each number for a square. */
function factors(lists: List[][]): ScalingFactors {
	return lists.map((ofSize, size) =>
		ofSize.map((own, matrix) => {
			// Colours have no lists for blocks of 32 of their own: that of 16 serves (7-54).
			const list = size === 3 && matrix % 3 !== 0 ? (lists[2]?.[matrix] ?? own) : own;
			return spread(list, size);
		}),
	);
}

function spread({ numbers, first }: List, size: number): Uint8Array {
	const side = 4 << size;
	const square = size === 0 ? 1 : 1 << (size - 1);
	const out = new Uint8Array(side * side);
	diagonal(size === 0 ? 4 : 8).forEach(({ x, y }, i) => {
		for (let row = 0; row < square; row++) {
			const at = (y * square + row) * side + x * square;
			out.fill(numbers[i] ?? FLAT, at, at + square);
		}
	});
	if (size > 1) out[0] = first;
	return out;
}
