import { sumCosines, sums } from './cosines';

/** The matrix of the sine transform, for luma blocks of 4 (8-300). */
const SINES = Int32Array.from([29, 55, 74, 84, 74, 74, 0, -74, 84, -29, -74, 55, 55, -84, 74, -29]);

const FIRST_SHIFT = 7;
const HIGHEST = 32_767;
const LOWEST = -32_768;

/** Between the two passes; it is used again. */
const columns = new Int32Array(32 * 32);

/** A block that differences are added to. */
export interface Target {
	samples: Uint16Array;
	at: number;
	stride: number;
	/** log2 of the side. */
	log: number;
	/** Bits of a sample. */
	depth: number;
}

/**
 * Adds the cosine (for luma blocks of 4: the sine) transform of coefficients to samples (ITU-T H.265, 8.6.4.2), and clears the
 * coefficients.
 * @param lastX the last column with a coefficient, and `lastY` the last row
 */
export function addTransformed(
	target: Target,
	coefficients: Int32Array,
	lastX: number,
	lastY: number,
	isSine: boolean,
): void {
	const { log, depth } = target;
	const side = 1 << log;
	const shift = 20 - depth;
	if (lastX === 0 && lastY === 0 && !isSine) {
		const level = (64 * ((64 * numberAt(coefficients, 0) + 64) >> FIRST_SHIFT) + (1 << (shift - 1))) >> shift;
		coefficients[0] = 0;
		if (level !== 0) addLevel(target, level);
		return;
	}
	if (isSine) {
		transformSmallColumns(coefficients, lastX);
		addSmallRows(target, shift);
	} else {
		transformColumns(coefficients, log, lastX, lastY);
		addRows(target, lastX, shift);
	}
	coefficients.fill(0, 0, (lastY + 1) * side);
}

function addLevel({ samples, at, stride, log, depth }: Target, level: number): void {
	const side = 1 << log;
	const most = (1 << depth) - 1;
	for (let y = 0, place = at; y < side; y++, place += stride) {
		for (let x = place; x < place + side; x++) {
			const value = sampleAt(samples, x) + level;
			samples[x] = value < 0 ? 0 : value > most ? most : value;
		}
	}
}

/** Each column becomes a row of `columns`. */
function transformColumns(coefficients: Int32Array, log: number, lastX: number, lastY: number): void {
	const side = 1 << log;
	const round = 1 << (FIRST_SHIFT - 1);
	for (let x = 0; x <= lastX; x++) {
		sumCosines(log, coefficients, x, side, lastY);
		const at = x << log;
		for (let y = 0; y < side; y++) columns[at + y] = clipped((numberAt(sums, y) + round) >> FIRST_SHIFT);
	}
	columns.fill(0, (lastX + 1) << log, side << log);
}

function addRows({ samples, at, stride, log, depth }: Target, lastX: number, shift: number): void {
	const side = 1 << log;
	const most = (1 << depth) - 1;
	const round = 1 << (shift - 1);
	for (let y = 0, place = at; y < side; y++, place += stride) {
		sumCosines(log, columns, y, side, lastX);
		for (let x = 0; x < side; x++) {
			const value = sampleAt(samples, place + x) + ((numberAt(sums, x) + round) >> shift);
			// Nearly all are within: the sign of both differences tells so at once.
			samples[place + x] = (value | (most - value)) >= 0 ? value : value < 0 ? 0 : most;
		}
	}
}

function transformSmallColumns(coefficients: Int32Array, lastX: number): void {
	columns.fill(0, 0, 16);
	for (let x = 0; x <= lastX; x++) {
		for (let y = 0; y < 4; y++) {
			let sum = 1 << (FIRST_SHIFT - 1);
			for (let k = 0; k < 4; k++) sum += numberAt(SINES, 4 * k + y) * numberAt(coefficients, 4 * k + x);
			columns[4 * y + x] = clipped(sum >> FIRST_SHIFT);
		}
	}
}

function addSmallRows({ samples, at, stride, depth }: Target, shift: number): void {
	const most = (1 << depth) - 1;
	const round = 1 << (shift - 1);
	for (let y = 0, place = at; y < 4; y++, place += stride) {
		for (let x = 0; x < 4; x++) {
			let sum = round;
			for (let k = 0; k < 4; k++) sum += numberAt(SINES, 4 * k + x) * numberAt(columns, 4 * y + k);
			const value = sampleAt(samples, place + x) + (sum >> shift);
			samples[place + x] = value < 0 ? 0 : value > most ? most : value;
		}
	}
}

/** ITU-T H.265, 8.6.4.2: a block without transform is 7 bits finer than its samples, as far as the shift after it goes. */
const SKIP_SHIFT = 7;

/**
 * Adds coefficients to samples as they are: of blocks without transform (8.6.2, 8.6.4.2), or without loss.
 * @param isLossless whether they are the differences themselves
 */
export function addUntransformed(
	{ samples, at, stride, log, depth }: Target,
	coefficients: Int32Array,
	lastX: number,
	lastY: number,
	isLossless: boolean,
): void {
	const shift = 20 - depth;
	const most = (1 << depth) - 1;
	for (let y = 0; y <= lastY; y++) {
		for (let x = 0; x <= lastX; x++) {
			const place = (y << log) + x;
			const level = numberAt(coefficients, place);
			if (level === 0) continue;
			coefficients[place] = 0;
			const difference = isLossless ? level : ((level << SKIP_SHIFT) + (1 << (shift - 1))) >> shift;
			const value = sampleAt(samples, at + y * stride + x) + difference;
			samples[at + y * stride + x] = value < 0 ? 0 : value > most ? most : value;
		}
	}
}

function clipped(value: number): number {
	return value < LOWEST ? LOWEST : value > HIGHEST ? HIGHEST : value;
}

/** A number at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function numberAt(numbers: Int32Array, place: number): number {
	return numbers[place] ?? 0;
}

/** As {@link numberAt}, for samples. */
function sampleAt(samples: Uint16Array, place: number): number {
	return samples[place] ?? 0;
}
