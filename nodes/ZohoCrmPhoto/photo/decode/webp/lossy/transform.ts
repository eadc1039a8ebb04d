const scratch = new Int32Array(16);

/** Multiplications with sqrt(2) * sin(pi / 8) and sqrt(2) * cos(pi / 8) - 1 in 16 binary places (RFC 6386, 14.3). */
const SINE = 35_468;
const COSINE = 20_091;

/**
 * Spreads the second order over the first coefficients of 16 blocks (RFC 6386, 14.3, inverse Walsh-Hadamard transform).
 * @param second 16 coefficients; zeros afterwards
 * @param blocks 16 blocks of 16 coefficients
 */
export function spreadSecondOrder(second: Int16Array, blocks: Int16Array): void {
	for (let i = 0; i < 4; i++) {
		const a0 = valueAt(second, i) + valueAt(second, 12 + i);
		const a1 = valueAt(second, 4 + i) + valueAt(second, 8 + i);
		const a2 = valueAt(second, 4 + i) - valueAt(second, 8 + i);
		const a3 = valueAt(second, i) - valueAt(second, 12 + i);
		scratch[i] = a0 + a1;
		scratch[8 + i] = a0 - a1;
		scratch[4 + i] = a3 + a2;
		scratch[12 + i] = a3 - a2;
	}
	for (let i = 0; i < 4; i++) {
		const d0 = sumAt(4 * i) + 3;
		const a0 = d0 + sumAt(4 * i + 3);
		const a1 = sumAt(4 * i + 1) + sumAt(4 * i + 2);
		const a2 = sumAt(4 * i + 1) - sumAt(4 * i + 2);
		const a3 = d0 - sumAt(4 * i + 3);
		blocks[64 * i] = (a0 + a1) >> 3;
		blocks[64 * i + 16] = (a3 + a2) >> 3;
		blocks[64 * i + 32] = (a0 - a1) >> 3;
		blocks[64 * i + 48] = (a3 - a2) >> 3;
	}
	second.fill(0);
}

/**
 * Adds a block's differences to what was predicted (RFC 6386, 14.3, inverse DCT, as libwebp orders it).
 * @param coefficients holds the block from `at` on; zeros afterwards
 * @param plane holds the prediction, its first sample at `to`
 */
export function addDifferences(
	coefficients: Int16Array,
	at: number,
	plane: Uint8ClampedArray,
	to: number,
	stride: number,
): void {
	for (let i = 0; i < 4; i++) {
		const first = valueAt(coefficients, at + i);
		const second = valueAt(coefficients, at + 4 + i);
		const third = valueAt(coefficients, at + 8 + i);
		const fourth = valueAt(coefficients, at + 12 + i);
		const a = first + third;
		const b = first - third;
		const c = ((second * SINE) >> 16) - (((fourth * COSINE) >> 16) + fourth);
		const d = ((second * COSINE) >> 16) + second + ((fourth * SINE) >> 16);
		scratch[4 * i] = a + d;
		scratch[4 * i + 1] = b + c;
		scratch[4 * i + 2] = b - c;
		scratch[4 * i + 3] = a - d;
	}
	for (let i = 0, q = to; i < 4; i++, q += stride) {
		const first = sumAt(i) + 4;
		const second = sumAt(4 + i);
		const third = sumAt(8 + i);
		const fourth = sumAt(12 + i);
		const a = first + third;
		const b = first - third;
		const c = ((second * SINE) >> 16) - (((fourth * COSINE) >> 16) + fourth);
		const d = ((second * COSINE) >> 16) + second + ((fourth * SINE) >> 16);
		plane[q] = sampleAt(plane, q) + ((a + d) >> 3);
		plane[q + 1] = sampleAt(plane, q + 1) + ((b + c) >> 3);
		plane[q + 2] = sampleAt(plane, q + 2) + ((b - c) >> 3);
		plane[q + 3] = sampleAt(plane, q + 3) + ((a - d) >> 3);
	}
	coefficients.fill(0, at, at + 16);
}

/** A coefficient at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function valueAt(values: Int16Array, place: number): number {
	return values[place] ?? 0;
}

function sumAt(place: number): number {
	return scratch[place] ?? 0;
}

/** As {@link valueAt}, for samples. */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}
