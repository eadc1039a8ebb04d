import type { BlockTransform, Halvings } from './blockTransform';
import { DcReach } from './dcReach';

const COS_1 = Math.cos(Math.PI / 8);
const COS_2 = Math.SQRT1_2;
const COS_3 = Math.cos((3 * Math.PI) / 8);

/**
 * Turns blocks into 4 x 4 or 2 x 2 samples, or their mean alone: the low frequencies of 8 samples, taken as those of fewer, are
 * the block made smaller, without what is too fine for it. As libjpeg's jidctred.c, but for its use of some higher frequencies.
 */
export class ReducedDct implements BlockTransform {
	readonly side: number;
	/** By place of a coefficient: its step, and the scale of both ways of the transform. */
	private readonly factors = new Float64Array(64);
	private readonly values = new Float64Array(16);
	private readonly reach: DcReach;

	/** @param steps the quantisation table, 64 steps row by row */
	constructor(steps: Uint16Array, halvings: Halvings) {
		this.side = 8 >> halvings;
		this.reach = new DcReach(steps);
		steps.forEach((step, place) => {
			this.factors[place] = step * scaleOf(place >> 3) * scaleOf(place & 7);
		});
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
		const { factors, side } = this;
		this.reach.check(coefficients[from] ?? 0);
		if (last === 0 || side === 1) {
			const level = term(coefficients, from, factors, 0) + 128;
			for (let y = 0, at = to; y < side; y++, at += stride) samples.fill(level, at, at + side);
		} else if (side === 2) this.twoByTwo(coefficients, from, samples, to, stride);
		else this.fourByFour(coefficients, from, samples, to, stride);
	}

	private twoByTwo(
		coefficients: Int16Array,
		from: number,
		samples: Uint8ClampedArray,
		to: number,
		stride: number,
	): void {
		const { factors } = this;
		const level = term(coefficients, from, factors, 0) + 128;
		const across = term(coefficients, from, factors, 1) * COS_2;
		const down = term(coefficients, from, factors, 8) * COS_2;
		const both = term(coefficients, from, factors, 9) / 2;
		samples[to] = level + across + down + both;
		samples[to + 1] = level - across + down - both;
		samples[to + stride] = level + across - down - both;
		samples[to + stride + 1] = level - across - down + both;
	}

	private fourByFour(
		coefficients: Int16Array,
		from: number,
		samples: Uint8ClampedArray,
		to: number,
		stride: number,
	): void {
		const { factors, values } = this;
		for (let x = 0; x < 4; x++) {
			for (let row = 0; row < 4; row++) values[4 * row + x] = term(coefficients, from, factors, 8 * row + x);
			toFourSamples(values, x, 4);
		}
		for (let row = 0, at = to; row < 16; row += 4, at += stride) {
			toFourSamples(values, row, 1);
			for (let x = 0; x < 4; x++) samples[at + x] = numberAt(values, row + x) + 128;
		}
	}
}

/** Four frequencies become four samples, in place. @param step from one to the next */
function toFourSamples(values: Float64Array, at: number, step: number): void {
	const mean = numberAt(values, at);
	const first = numberAt(values, at + step);
	const second = numberAt(values, at + 2 * step) * COS_2;
	const third = numberAt(values, at + 3 * step);
	const outer = first * COS_1 + third * COS_3;
	const inner = first * COS_3 - third * COS_1;
	values[at] = mean + second + outer;
	values[at + step] = mean - second + inner;
	values[at + 2 * step] = mean - second - inner;
	values[at + 3 * step] = mean + second - outer;
}

/** ITU-T T.81, A.3.3: half for each frequency, and a root of 2 less for the lowest; the same for any number of samples. */
function scaleOf(frequency: number): number {
	return frequency === 0 ? Math.SQRT1_2 / 2 : 1 / 2;
}

/** A coefficient times its factor; like those of {@link numberAt}, its places are always within. */
function term(coefficients: Int16Array, from: number, factors: Float64Array, place: number): number {
	return (coefficients[from + place] ?? 0) * (factors[place] ?? 0);
}

/** A number at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function numberAt(numbers: Float64Array, place: number): number {
	return numbers[place] ?? 0;
}
