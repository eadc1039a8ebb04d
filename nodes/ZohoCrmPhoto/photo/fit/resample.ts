import type { Work } from '../work';
import { memoryFor } from '../spareMemory';

/** Lobes of the Lanczos window on each side: 3, as ImageMagick's own default for making pictures smaller. */
const LOBES = 3;

/** How much each source sample counts in each result sample, along one axis. */
export interface Weights {
	/** Source samples that count in one result sample; the same number for all. */
	taps: number;
	/** The first of them, for each result sample. */
	first: Int32Array;
	/** `taps` weights for each result sample, adding up to 1. */
	weight: Float32Array;
}

function lanczos(x: number): number {
	if (x === 0) return 1;
	if (x <= -LOBES || x >= LOBES) return 0;
	const angle = Math.PI * x;
	return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
}

/** Weights that were computed, for planes of the same size: those of a large picture take some milliseconds. */
export class WeightTables {
	private readonly known = new Map<string, Weights>();

	/**
	 * The weights along an axis.
	 * @param from source samples
	 * @param to result samples
	 * @param ratio source samples for one result sample (a plane with fewer samples than pixels covers up to a sample more than the
	 * picture, so this is not always the quotient of the two)
	 */
	*of(from: number, to: number, ratio: number): Work<Weights> {
		const name = `${from} ${to} ${ratio}`;
		const weights = this.known.get(name) ?? (yield* weightsFor(from, to, ratio));
		this.known.set(name, weights);
		return weights;
	}
}

/** Result samples whose weights are computed between two looks at whether to pause, and what one costs in the unit of `Work`. */
const STEP = 256;
const WORK_PER_RESULT = 8;

function* weightsFor(from: number, to: number, ratio: number): Work<Weights> {
	const stretch = Math.max(1, ratio);
	const reach = LOBES * stretch;
	const taps = Math.min(from, Math.floor(2 * reach) + 2);
	const first = new Int32Array(to);
	const weight = new Float32Array(to * taps);
	for (let i = 0; i < to; i++) {
		const centre = Math.min((i + 0.5) * ratio, from) - 0.5;
		const start = Math.min(Math.max(Math.ceil(centre - reach), 0), from - taps);
		let sum = 0;
		for (let tap = 0; tap < taps; tap++) {
			const counts = lanczos((start + tap - centre) / stretch);
			weight[i * taps + tap] = counts;
			sum += counts;
		}
		for (let w = i * taps; w < (i + 1) * taps; w++) weight[w] = weightAt(weight, w) / sum;
		first[i] = start;
		if (i % STEP === STEP - 1) yield STEP * WORK_PER_RESULT;
	}
	return { taps, first, weight };
}

/**
 * Scales one plane of samples while its rows arrive, so that no more than the result and a few rows are held. Lanczos
 * over the samples as stored (not in linear light), as ImageMagick's `-resize` does; each axis by itself, so the time
 * grows with the number of samples and not with the scale.
 */
export class PlaneScaler {
	/** The scaled plane, row by row; whole once every source row was taken. */
	readonly result: Uint8ClampedArray;

	/** The work of one source row, in the unit of `Work`: 32 multiplications take about as long as one sample. */
	readonly workPerRow: number;

	private readonly squeezed: Float32Array;
	private readonly sums: Float64Array[];
	private row = 0;
	private firstOpen = 0;

	/**
	 * @param size of the result, in samples
	 * @param across weights along a row
	 * @param down weights along a column
	 * @param ratioY source samples for one result sample along a column
	 */
	constructor(
		readonly size: { width: number; height: number },
		private readonly across: Weights,
		private readonly down: Weights,
		ratioY: number,
	) {
		const samples = size.width * size.height;
		this.result = new Uint8ClampedArray(memoryFor(samples), 0, samples);
		this.squeezed = new Float32Array(size.width);
		const open = Math.min(size.height, Math.ceil(this.down.taps / ratioY) + 2);
		this.sums = Array.from({ length: open }, () => new Float64Array(size.width));
		this.workPerRow = Math.ceil((size.width * (this.across.taps + this.down.taps / ratioY)) / 32);
	}

	/**
	 * Takes the next row of the source plane.
	 * @param samples holds the row
	 * @param at where in it the row begins
	 */
	take(samples: Uint8ClampedArray, at: number): void {
		const { taps, first, weight } = this.down;
		this.squeeze(samples, at);
		for (let y = this.firstOpen; y < this.size.height && placeAt(first, y) <= this.row; y++) {
			const sums = this.sums[y % this.sums.length];
			const tap = this.row - placeAt(first, y);
			if (sums === undefined) break;
			this.add(sums, weightAt(weight, y * taps + tap));
			if (tap === taps - 1) {
				this.result.set(sums, y * this.size.width);
				sums.fill(0);
				this.firstOpen = y + 1;
			}
		}
		this.row++;
	}

	private squeeze(samples: Uint8ClampedArray, at: number): void {
		const { taps, first, weight } = this.across;
		const squeezed = this.squeezed;
		let w = 0;
		for (let x = 0; x < squeezed.length; x++) {
			let sum = 0;
			const start = at + placeAt(first, x);
			const end = start + taps;
			for (let s = start; s < end; s++) sum += weightAt(weight, w++) * sampleAt(samples, s);
			squeezed[x] = sum;
		}
	}

	private add(sums: Float64Array, weight: number): void {
		if (weight === 0) return;
		const squeezed = this.squeezed;
		for (let x = 0; x < squeezed.length; x++) sums[x] = sumAt(sums, x) + weight * weightAt(squeezed, x);
	}
}

/** A weight, or a sample on its way, at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function weightAt(weights: Float32Array, place: number): number {
	return weights[place] ?? 0;
}

/** As {@link weightAt}, for sums. */
function sumAt(sums: Float64Array, place: number): number {
	return sums[place] ?? 0;
}

/** As {@link weightAt}, for places. */
function placeAt(places: Int32Array, index: number): number {
	return places[index] ?? 0;
}

/** As {@link weightAt}, for samples. */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}
