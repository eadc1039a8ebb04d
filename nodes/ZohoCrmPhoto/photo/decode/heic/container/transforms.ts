import { damaged } from '../../refusal';
import type { Box } from './boxes';
import { ByteReader } from './byteReader';

/** The part of a picture that is shown, in pixels as stored, and how it is turned then (Exif 2.32: 1 to 8). */
export interface Shown {
	x: number;
	y: number;
	width: number;
	height: number;
	orientation: number;
}

/** Where right and down go: two rows of two numbers. */
type Turn = readonly [number, number, number, number];

const UPRIGHT: Turn = [1, 0, 0, 1];
const QUARTER_LEFT: Turn = [0, 1, -1, 0];
const UPSIDE_DOWN_MIRROR: Turn = [1, 0, 0, -1];
const SIDEWAYS_MIRROR: Turn = [-1, 0, 0, 1];

/** The turns that Exif counts, from 1. */
const ORIENTATIONS: readonly string[] = [
	...['1,0,0,1', '-1,0,0,1', '-1,0,0,-1', '1,0,0,-1'],
	...['0,1,1,0', '0,-1,1,0', '0,-1,-1,0', '0,1,-1,0'],
];

function after(first: Turn, [a, b, c, d]: Turn): Turn {
	const [e, f, g, h] = first;
	return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h];
}

/**
 * What of a picture is shown, and how: the transformative properties of an item, in their order (ISO/IEC 23008-12, 6.5.9, 6.5.10
 * and 6.5.12: `clap`, `irot`, `imir`).
 * @param properties of the item
 * @param width of the picture as stored
 * @throws Damaged where nothing is left
 */
export function shownOf(properties: readonly Box[], width: number, height: number): Shown {
	let turn = UPRIGHT;
	let part = { x: 0, y: 0, width, height };
	for (const { type, body } of properties) {
		const reader = new ByteReader(body);
		if (type === 'irot') {
			for (let left = reader.number(1) & 3; left > 0; left--) turn = after(turn, QUARTER_LEFT);
		}
		if (type === 'imir') turn = after(turn, (reader.number(1) & 1) === 0 ? UPSIDE_DOWN_MIRROR : SIDEWAYS_MIRROR);
		if (type === 'clap') part = cut(reader, part, turn);
	}
	return { ...part, orientation: ORIENTATIONS.indexOf(turn.join(',')) + 1 };
}

type Part = Pick<Shown, 'x' | 'y' | 'width' | 'height'>;

/** ISO/IEC 14496-12, 12.1.4.1: size and place of the middle as fractions, of the picture as it is turned by then. */
function cut(reader: ByteReader, part: Part, [a, b, c, d]: Turn): Part {
	const across = reader.number(4) / reader.number(4);
	const down = reader.number(4) / reader.number(4);
	const aside = reader.signed() / reader.number(4);
	const below = reader.signed() / reader.number(4);
	const isSideways = a === 0;
	const horizontal = stretch(isSideways ? part.height : part.width, across, aside, a + b);
	const vertical = stretch(isSideways ? part.width : part.height, down, below, c + d);
	const [x, y] = isSideways ? [vertical, horizontal] : [horizontal, vertical];
	return { x: part.x + x.from, y: part.y + y.from, width: x.length, height: y.length };
}

/**
 * A stretch of a side, counted as stored.
 * @param total length of the side
 * @param offset of the stretch's middle from the side's
 * @param direction 1 where the side is shown in the direction in which it is stored; else -1
 */
function stretch(total: number, length: number, offset: number, direction: number): { from: number; length: number } {
	const rounded = Math.round(length);
	const from = Math.floor(offset + (total - length) / 2);
	if (!(rounded >= 1 && from >= 0 && from + rounded <= total)) throw damaged('it is cut to a part outside of it');
	return { from: direction > 0 ? from : total - from - rounded, length: rounded };
}
