import { AAN } from '../../formats/jpegTables';

/** Turns samples into quantised coefficients: the Arai-Agui-Nakajima transform, as libjpeg's jfdctflt.c. */
export class ForwardDct {
	private readonly factors = new Float64Array(64);
	private readonly rows = new Float64Array(64);

	/** @param steps the quantisation table, 64 steps row by row */
	constructor(steps: Uint8Array) {
		steps.forEach((step, i) => {
			this.factors[i] = 1 / (step * read(AAN, i >> 3) * read(AAN, i & 7) * 8);
		});
	}

	/**
	 * One block of 8 x 8 samples.
	 * @param samples hold the block
	 * @param from where its first sample stands
	 * @param stride from one of its rows to the next
	 * @param coefficients take 64 quantised coefficients, row by row
	 */
	block(samples: Uint8ClampedArray, from: number, stride: number, coefficients: Int32Array): void {
		const { rows, factors } = this;
		for (let r = 0, at = from; r < 64; r += 8, at += stride) {
			const s0 = sample(samples, at);
			const s1 = sample(samples, at + 1);
			const s2 = sample(samples, at + 2);
			const s3 = sample(samples, at + 3);
			const s4 = sample(samples, at + 4);
			const s5 = sample(samples, at + 5);
			const s6 = sample(samples, at + 6);
			const s7 = sample(samples, at + 7);
			const odd0 = s0 - s7;
			const odd1 = s1 - s6;
			const odd2 = s2 - s5;
			const odd3 = s3 - s4;
			const even0 = s0 + s7 + s3 + s4;
			const even3 = s0 + s7 - s3 - s4;
			const even1 = s1 + s6 + s2 + s5;
			const even2 = s1 + s6 - s2 - s5;
			rows[r] = even0 + even1 - 1024;
			rows[r + 4] = even0 - even1;
			const z1 = (even2 + even3) * 0.7071067811865476;
			rows[r + 2] = even3 + z1;
			rows[r + 6] = even3 - z1;
			const t10 = odd3 + odd2;
			const t11 = odd2 + odd1;
			const t12 = odd1 + odd0;
			const z5 = (t10 - t12) * 0.3826834323650898;
			const z2 = 0.5411961001461969 * t10 + z5;
			const z4 = 1.3065629648763766 * t12 + z5;
			const z3 = t11 * 0.7071067811865476;
			const z11 = odd0 + z3;
			const z13 = odd0 - z3;
			rows[r + 5] = z13 + z2;
			rows[r + 3] = z13 - z2;
			rows[r + 1] = z11 + z4;
			rows[r + 7] = z11 - z4;
		}
		for (let x = 0; x < 8; x++) {
			const s0 = read(rows, x);
			const s1 = read(rows, x + 8);
			const s2 = read(rows, x + 16);
			const s3 = read(rows, x + 24);
			const s4 = read(rows, x + 32);
			const s5 = read(rows, x + 40);
			const s6 = read(rows, x + 48);
			const s7 = read(rows, x + 56);
			const odd0 = s0 - s7;
			const odd1 = s1 - s6;
			const odd2 = s2 - s5;
			const odd3 = s3 - s4;
			const even0 = s0 + s7 + s3 + s4;
			const even3 = s0 + s7 - s3 - s4;
			const even1 = s1 + s6 + s2 + s5;
			const even2 = s1 + s6 - s2 - s5;
			const z1 = (even2 + even3) * 0.7071067811865476;
			const t10 = odd3 + odd2;
			const t11 = odd2 + odd1;
			const t12 = odd1 + odd0;
			const z5 = (t10 - t12) * 0.3826834323650898;
			const z2 = 0.5411961001461969 * t10 + z5;
			const z4 = 1.3065629648763766 * t12 + z5;
			const z3 = t11 * 0.7071067811865476;
			const z11 = odd0 + z3;
			const z13 = odd0 - z3;
			coefficients[x] = rounded((even0 + even1) * read(factors, x));
			coefficients[x + 32] = rounded((even0 - even1) * read(factors, x + 32));
			coefficients[x + 16] = rounded((even3 + z1) * read(factors, x + 16));
			coefficients[x + 48] = rounded((even3 - z1) * read(factors, x + 48));
			coefficients[x + 40] = rounded((z13 + z2) * read(factors, x + 40));
			coefficients[x + 24] = rounded((z13 - z2) * read(factors, x + 24));
			coefficients[x + 8] = rounded((z11 + z4) * read(factors, x + 8));
			coefficients[x + 56] = rounded((z11 - z4) * read(factors, x + 56));
		}
	}
}

/** Nearest whole number, for -16384 to 16384; Math.round is several times slower in V8. */
function rounded(value: number): number {
	return ((value + 16384.5) | 0) - 16384;
}

/** A sample at a place within the array. */
function sample(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}

/** An array's value at a place within it. (Not shared with other files: V8 inlines it for one kind of array only.) */
function read(values: Float64Array, place: number): number {
	return values[place] ?? 0;
}
