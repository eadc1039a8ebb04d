import { MODE } from './intraModes';

/** How far the direction of a mode goes aside in 32 samples (ITU-T H.265, table 8-5), by mode. */
const ANGLES = [
	...[0, 0, 32, 26, 21, 17, 13, 9, 5, 2, 0, -2, -5, -9, -13, -17, -21, -26, -32, -26, -21, -17, -13, -9, -5, -2, 0, 2],
	...[5, 9, 13, 17, 21, 26, 32],
];

/** The same for the other side's samples in 256 (table 8-6), by mode less 11. */
const INVERSE = [-4096, -1638, -910, -630, -482, -390, -315, -256, -315, -390, -482, -630, -910, -1638, -4096];

/** The first mode that goes downwards. */
const FIRST_DOWN = 18;

/** The line that the samples of a block come from: the corner is at `ORIGIN`. It is used again. */
const source = new Int32Array(64 * 3 + 8);
const ORIGIN = 64;

/**
 * Predicts a block along a direction (ITU-T H.265, 8.4.4.2.6).
 * @param log log2 of the block's side
 * @param line as `Neighbours` has it
 * @param most the largest value of a sample where the block's edge is smoothed; else 0
 */
export function predictAtAngle(
	samples: Uint16Array,
	at: number,
	stride: number,
	log: number,
	line: Int32Array,
	mode: number,
	most: number,
): void {
	const side = 1 << log;
	const isDown = mode >= FIRST_DOWN;
	const angle = ANGLES[mode] ?? 0;
	setSource(line, side, angle, isDown ? 1 : -1, INVERSE[mode - 11] ?? 0);
	if (isDown) fillRows(samples, at, stride, side, angle);
	else fillColumns(samples, at, stride, side, angle);
	if (most === 0) return;
	if (mode === MODE.DOWN) smoothEdge(samples, at, stride, side, line, -1, most);
	if (mode === MODE.ACROSS) smoothEdge(samples, at, 1, side, line, 1, most);
}

/** @param direction 1 for the samples above, -1 for those to the left */
function setSource(line: Int32Array, side: number, angle: number, direction: number, inverse: number): void {
	const corner = 2 * side;
	for (let i = 0; i <= side; i++) source[ORIGIN + i] = numberAt(line, corner + direction * i);
	if (angle >= 0) {
		for (let i = side + 1; i <= 2 * side; i++) source[ORIGIN + i] = numberAt(line, corner + direction * i);
		return;
	}
	const last = (side * angle) >> 5;
	for (let i = -1; i >= last && last < -1; i--) {
		source[ORIGIN + i] = numberAt(line, corner - direction * ((i * inverse + 128) >> 8));
	}
}

function fillRows(samples: Uint16Array, at: number, stride: number, side: number, angle: number): void {
	for (let y = 0, place = at, aside = angle; y < side; y++, place += stride, aside += angle) {
		const from = ORIGIN + 1 + (aside >> 5);
		const part = aside & 31;
		if (part === 0) {
			for (let x = 0; x < side; x++) samples[place + x] = numberAt(source, from + x);
			continue;
		}
		let here = numberAt(source, from);
		for (let x = 0; x < side; x++) {
			const next = numberAt(source, from + x + 1);
			samples[place + x] = ((32 - part) * here + part * next + 16) >> 5;
			here = next;
		}
	}
}

function fillColumns(samples: Uint16Array, at: number, stride: number, side: number, angle: number): void {
	for (let x = 0, aside = angle; x < side; x++, aside += angle) {
		const from = ORIGIN + 1 + (aside >> 5);
		const part = aside & 31;
		let here = numberAt(source, from);
		for (let y = 0, place = at + x; y < side; y++, place += stride) {
			const next = numberAt(source, from + y + 1);
			samples[place] = ((32 - part) * here + part * next + 16) >> 5;
			here = next;
		}
	}
}

/** Bends the samples at one edge towards the neighbours beside them. @param direction of these in the line */
function smoothEdge(
	samples: Uint16Array,
	at: number,
	step: number,
	side: number,
	line: Int32Array,
	direction: number,
	most: number,
): void {
	const corner = 2 * side;
	const first = numberAt(line, corner - direction);
	const base = numberAt(line, corner);
	for (let i = 0, place = at; i < side; i++, place += step) {
		const value = first + ((numberAt(line, corner + direction * (1 + i)) - base) >> 1);
		samples[place] = value < 0 ? 0 : value > most ? most : value;
	}
}

/** A number at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function numberAt(numbers: Int32Array, place: number): number {
	return numbers[place] ?? 0;
}
