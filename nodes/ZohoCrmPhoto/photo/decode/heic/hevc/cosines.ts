/** Cosines as the standard rounds them, by the angle in 64ths of half a turn (ITU-T H.265, 8.6.4.2, equations 8-302 ff.). */
const COSINES = [
	...[64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67, 64, 61, 57, 54, 50, 46, 43, 38, 36, 31, 25, 22],
	...[18, 13, 9, 4, 0],
];

/** The matrix of the cosine transform of a side: a row for each frequency. */
function matrixOf(side: number): Int32Array {
	return Int32Array.from({ length: side * side }, (_, i) => {
		const frequency = Math.floor(i / side);
		if (frequency === 0) return 64;
		// With n samples, the angle (2 i + 1) k pi / (2 n) is (2 i + 1) k (32 / n) pi / 64.
		const turn = ((2 * (i % side) + 1) * frequency * (32 / side)) % 128;
		const angle = turn > 64 ? 128 - turn : turn;
		return angle > 32 ? -(COSINES[64 - angle] ?? 0) : (COSINES[angle] ?? 0);
	});
}

/** The odd frequencies of 16 and 32 samples, each a row for the first half of the samples: the second mirrors it. */
const ODD16 = oddRows(16);
const ODD32 = oddRows(32);

function oddRows(side: number): Int32Array {
	const matrix = matrixOf(side);
	const half = side >> 1;
	return Int32Array.from({ length: half * half }, (_, i) => {
		return matrix[(2 * Math.floor(i / half) + 1) * side + (i % half)] ?? 0;
	});
}

/** The sums of the last transform; they are there until the next one. */
export const sums = new Int32Array(32);

/**
 * Sums up the cosines of a line of coefficients (ITU-T H.265, 8.6.4.2), by even and odd frequencies apart.
 * @param log log2 of their number, 2 to 5
 * @param at the first one, and `step` to the next
 * @param last the last one that may be other than 0
 */
export function sumCosines(log: number, line: Int32Array, at: number, step: number, last: number): void {
	if (log === 2) sum4(line, at, step);
	else if (log === 3) sum8(line, at, step);
	else if (log === 4) sum16(line, at, step, last);
	else {
		sum16(line, at, 2 * step, last >> 1);
		addOdd(ODD32, 16, line, at + step, 2 * step, last);
	}
}

function sum4(line: Int32Array, at: number, step: number): void {
	const c1 = numberAt(line, at + step);
	const c3 = numberAt(line, at + 3 * step);
	const mean = 64 * numberAt(line, at);
	const slow = 64 * numberAt(line, at + 2 * step);
	const outer = 83 * c1 + 36 * c3;
	const inner = 36 * c1 - 83 * c3;
	sums[0] = mean + slow + outer;
	sums[1] = mean - slow + inner;
	sums[2] = mean - slow - inner;
	sums[3] = mean + slow - outer;
}

function sum8(line: Int32Array, at: number, step: number): void {
	const c1 = numberAt(line, at + step);
	const c2 = numberAt(line, at + 2 * step);
	const c3 = numberAt(line, at + 3 * step);
	const c5 = numberAt(line, at + 5 * step);
	const c6 = numberAt(line, at + 6 * step);
	const c7 = numberAt(line, at + 7 * step);
	const mean = 64 * numberAt(line, at);
	const slow = 64 * numberAt(line, at + 4 * step);
	const outer = 83 * c2 + 36 * c6;
	const inner = 36 * c2 - 83 * c6;
	const e0 = mean + slow + outer;
	const e1 = mean - slow + inner;
	const e2 = mean - slow - inner;
	const e3 = mean + slow - outer;
	const o0 = 89 * c1 + 75 * c3 + 50 * c5 + 18 * c7;
	const o1 = 75 * c1 - 18 * c3 - 89 * c5 - 50 * c7;
	const o2 = 50 * c1 - 89 * c3 + 18 * c5 + 75 * c7;
	const o3 = 18 * c1 - 50 * c3 + 75 * c5 - 89 * c7;
	sums[0] = e0 + o0;
	sums[1] = e1 + o1;
	sums[2] = e2 + o2;
	sums[3] = e3 + o3;
	sums[4] = e3 - o3;
	sums[5] = e2 - o2;
	sums[6] = e1 - o1;
	sums[7] = e0 - o0;
}

function sum16(line: Int32Array, at: number, step: number, last: number): void {
	sum8(line, at, 2 * step);
	addOdd(ODD16, 8, line, at + step, 2 * step, last);
}

/** Adds the odd frequencies to the sums of the even ones, which mirror. @param half how many of each there are */
function addOdd(rows: Int32Array, half: number, line: Int32Array, at: number, step: number, last: number): void {
	const count = Math.min(half, (last + 1) >> 1);
	for (let i = 0; i < half; i++) {
		let odd = 0;
		for (let k = 0, row = i, place = at; k < count; k++, row += half, place += step) {
			odd += Math.imul(numberAt(rows, row), numberAt(line, place));
		}
		const even = numberAt(sums, i);
		sums[i] = even + odd;
		sums[2 * half - 1 - i] = even - odd;
	}
}

/** A number at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function numberAt(numbers: Int32Array, place: number): number {
	return numbers[place] ?? 0;
}
