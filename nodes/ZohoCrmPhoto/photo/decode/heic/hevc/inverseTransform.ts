/** Cosines as the standard rounds them, by the angle in 64ths of half a turn (ITU-T H.265, 8.6.4.2, equations 8-302 ff.). */
const COSINES = [
	...[64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67, 64, 61, 57, 54, 50, 46, 43, 38, 36, 31, 25, 22],
	...[18, 13, 9, 4, 0],
];

/** The matrices of the cosine transform by log2 of the side less 2: a row for each frequency. */
const MATRICES = [4, 8, 16, 32].map((side) =>
	Int32Array.from({ length: side * side }, (_, i) => {
		const frequency = Math.floor(i / side);
		if (frequency === 0) return 64;
		// With n samples, the angle (2 i + 1) k pi / (2 n) is (2 i + 1) k (32 / n) pi / 64.
		const turn = ((2 * (i % side) + 1) * frequency * (32 / side)) % 128;
		const angle = turn > 64 ? 128 - turn : turn;
		return angle > 32 ? -(COSINES[64 - angle] ?? 0) : (COSINES[angle] ?? 0);
	}),
);

/** The matrix of the sine transform, for luma blocks of 4 (8-300). */
const SINES = Int32Array.from([29, 55, 74, 84, 74, 74, 0, -74, 84, -29, -74, 55, 55, -84, 74, -29]);

const NONE = new Int32Array(0);
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
	const matrix = isSine ? SINES : (MATRICES[log - 2] ?? NONE);
	if (isSine) {
		transformSmallColumns(coefficients, lastX);
		addSmallRows(target, shift);
	} else {
		transformColumns(coefficients, matrix, side, lastX, lastY);
		addRows(target, matrix, lastX, shift);
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

function transformColumns(
	coefficients: Int32Array,
	matrix: Int32Array,
	side: number,
	lastX: number,
	lastY: number,
): void {
	const half = side >> 1;
	for (let x = 0; x <= lastX; x++) {
		for (let y = 0; y < half; y++) {
			let even = 1 << (FIRST_SHIFT - 1);
			let odd = 0;
			for (let k = 0; k <= lastY; k += 2) even += numberAt(matrix, k * side + y) * numberAt(coefficients, k * side + x);
			for (let k = 1; k <= lastY; k += 2) odd += numberAt(matrix, k * side + y) * numberAt(coefficients, k * side + x);
			columns[y * side + x] = clipped((even + odd) >> FIRST_SHIFT);
			columns[(side - 1 - y) * side + x] = clipped((even - odd) >> FIRST_SHIFT);
		}
	}
}

function addRows({ samples, at, stride, log, depth }: Target, matrix: Int32Array, lastX: number, shift: number): void {
	const side = 1 << log;
	const half = side >> 1;
	const most = (1 << depth) - 1;
	const round = 1 << (shift - 1);
	for (let y = 0, place = at; y < side; y++, place += stride) {
		const row = y * side;
		for (let x = 0; x < half; x++) {
			let even = round;
			let odd = 0;
			for (let k = 0; k <= lastX; k += 2) even += numberAt(matrix, k * side + x) * numberAt(columns, row + k);
			for (let k = 1; k <= lastX; k += 2) odd += numberAt(matrix, k * side + x) * numberAt(columns, row + k);
			const left = sampleAt(samples, place + x) + ((even + odd) >> shift);
			samples[place + x] = left < 0 ? 0 : left > most ? most : left;
			const mirrored = place + side - 1 - x;
			const right = sampleAt(samples, mirrored) + ((even - odd) >> shift);
			samples[mirrored] = right < 0 ? 0 : right > most ? most : right;
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
