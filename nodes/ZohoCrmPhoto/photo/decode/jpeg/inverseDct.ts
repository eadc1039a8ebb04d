import { AAN, ZIGZAG } from '../../formats/jpegTables';
import type { BlockTransform } from './blockTransform';
import { DcReach } from './dcReach';

/** By zigzag place: whether a block whose last coefficient stands there has coefficients in rows 4 to 7. */
const LOW_ROWS_EMPTY = Uint8Array.from({ length: 64 }, (_, last) =>
	ZIGZAG.subarray(0, last + 1).every((place) => place < 32) ? 1 : 0,
);

/** Turns blocks into 8 x 8 samples: the Arai-Agui-Nakajima transform, as libjpeg's jidctflt.c. */
export class InverseDct implements BlockTransform {
	readonly side = 8;
	private readonly factors = new Float64Array(64);
	private readonly reach: DcReach;
	private readonly columns = new Float64Array(64);

	/** @param steps the quantisation table, 64 steps row by row */
	constructor(steps: Uint16Array) {
		steps.forEach((step, i) => {
			this.factors[i] = (step * read(AAN, i >> 3) * read(AAN, i & 7)) / 8;
		});
		this.reach = new DcReach(steps);
	}

	checkLevel(dc: number): void {
		this.reach.check(dc);
	}

	block(
		coefficients: Int16Array,
		from: number,
		last: number,
		samples: Uint8ClampedArray,
		to: number,
		stride: number,
	): void {
		const { factors, columns } = this;
		const dc = coefficients[from] ?? 0;
		this.reach.check(dc);
		if (last === 0) {
			const level = dc * read(factors, 0) + 128;
			for (let y = 0, at = to; y < 8; y++, at += stride) samples.fill(level, at, at + 8);
			return;
		}
		const half = LOW_ROWS_EMPTY[last] === 1;
		for (let x = 0; x < 8; x++) {
			const c = from + x;
			const in0 = term(coefficients, c, factors, x);
			const in1 = term(coefficients, c + 8, factors, x + 8);
			const in2 = term(coefficients, c + 16, factors, x + 16);
			const in3 = term(coefficients, c + 24, factors, x + 24);
			let in4 = 0;
			let in5 = 0;
			let in6 = 0;
			let in7 = 0;
			if (!half) {
				in4 = term(coefficients, c + 32, factors, x + 32);
				in5 = term(coefficients, c + 40, factors, x + 40);
				in6 = term(coefficients, c + 48, factors, x + 48);
				in7 = term(coefficients, c + 56, factors, x + 56);
			}
			const even0 = in0 + in4;
			const even1 = in0 - in4;
			const even3 = in2 + in6;
			const even2 = (in2 - in6) * 1.4142135623730951 - even3;
			const sum0 = even0 + even3;
			const sum3 = even0 - even3;
			const sum1 = even1 + even2;
			const sum2 = even1 - even2;
			const z13 = in5 + in3;
			const z10 = in5 - in3;
			const z11 = in1 + in7;
			const z12 = in1 - in7;
			const odd7 = z11 + z13;
			const z5 = (z10 + z12) * 1.8477590650225735;
			const odd6 = z5 - z10 * 2.613125929752753 - odd7;
			const odd5 = (z11 - z13) * 1.4142135623730951 - odd6;
			const odd4 = z5 - z12 * 1.0823922002923938 - odd5;
			columns[x] = sum0 + odd7;
			columns[x + 56] = sum0 - odd7;
			columns[x + 8] = sum1 + odd6;
			columns[x + 48] = sum1 - odd6;
			columns[x + 16] = sum2 + odd5;
			columns[x + 40] = sum2 - odd5;
			columns[x + 24] = sum3 + odd4;
			columns[x + 32] = sum3 - odd4;
		}
		for (let r = 0, at = to; r < 64; r += 8, at += stride) {
			const in1 = read(columns, r + 1);
			const in3 = read(columns, r + 3);
			const in5 = read(columns, r + 5);
			const in7 = read(columns, r + 7);
			const level = read(columns, r) + 128;
			const in4 = read(columns, r + 4);
			const in2 = read(columns, r + 2);
			const in6 = read(columns, r + 6);
			const even0 = level + in4;
			const even1 = level - in4;
			const even3 = in2 + in6;
			const even2 = (in2 - in6) * 1.4142135623730951 - even3;
			const sum0 = even0 + even3;
			const sum3 = even0 - even3;
			const sum1 = even1 + even2;
			const sum2 = even1 - even2;
			const z13 = in5 + in3;
			const z10 = in5 - in3;
			const z11 = in1 + in7;
			const z12 = in1 - in7;
			const odd7 = z11 + z13;
			const z5 = (z10 + z12) * 1.8477590650225735;
			const odd6 = z5 - z10 * 2.613125929752753 - odd7;
			const odd5 = (z11 - z13) * 1.4142135623730951 - odd6;
			const odd4 = z5 - z12 * 1.0823922002923938 - odd5;
			samples[at] = sum0 + odd7;
			samples[at + 7] = sum0 - odd7;
			samples[at + 1] = sum1 + odd6;
			samples[at + 6] = sum1 - odd6;
			samples[at + 2] = sum2 + odd5;
			samples[at + 5] = sum2 - odd5;
			samples[at + 3] = sum3 + odd4;
			samples[at + 4] = sum3 - odd4;
		}
	}
}

/** A coefficient times its factor; like those of {@link read}, its places are always within. */
function term(coefficients: Int16Array, c: number, factors: Float64Array, f: number): number {
	return (coefficients[c] ?? 0) * (factors[f] ?? 0);
}

/** An array's value at a place within it. (Not shared with other files: V8 inlines it for one kind of array only.) */
function read(values: Float64Array, place: number): number {
	return values[place] ?? 0;
}
