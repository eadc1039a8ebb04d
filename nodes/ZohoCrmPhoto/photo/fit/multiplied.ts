import type { RowSink } from '../decode/picture';
import type { Work } from '../work';

/** Samples between two looks at whether to pause. */
const STEP = 4096;

/** Keeps a row of alpha for the colours of the same row, and hands it on. */
export class AlphaRow implements RowSink {
	readonly row: Uint8ClampedArray;

	/** Whether nothing can be seen through the rows so far. */
	isOpaque = true;

	constructor(
		private readonly next: RowSink,
		width: number,
	) {
		this.row = new Uint8ClampedArray(width);
	}

	get workPerRow(): number {
		return this.next.workPerRow;
	}

	take(samples: Uint8ClampedArray, at: number): void {
		this.row.set(samples.subarray(at, at + this.row.length));
		this.isOpaque &&= this.row.every((opacity) => opacity === 255);
		this.next.take(this.row, 0);
	}
}

/**
 * Multiplies rows of a colour by alpha before they are scaled: what cannot be seen must not colour what can (the same that
 * ImageMagick does by weighting with alpha).
 */
export class MultipliedRows implements RowSink {
	private readonly row: Uint8ClampedArray;

	constructor(
		private readonly next: RowSink,
		private readonly alpha: AlphaRow,
	) {
		this.row = new Uint8ClampedArray(alpha.row.length);
	}

	get workPerRow(): number {
		return this.next.workPerRow + (this.row.length >> 3);
	}

	take(samples: Uint8ClampedArray, at: number): void {
		const { row } = this;
		const alpha = this.alpha.row;
		for (let x = 0; x < row.length; x++) row[x] = (sampleAt(samples, at + x) * sampleAt(alpha, x)) / 255;
		this.next.take(row, 0);
	}
}

/** Takes the multiplication by alpha back, in place. */
export function* divided(samples: Uint8ClampedArray, alpha: Uint8ClampedArray): Work<void> {
	for (let i = 0; i < samples.length; i++) {
		const opacity = sampleAt(alpha, i);
		if (opacity > 0 && opacity < 255) samples[i] = (sampleAt(samples, i) * 255) / opacity;
		if (i % STEP === STEP - 1) yield STEP >> 2;
	}
}

/** Lays a plane of a colour on white, in place. */
export function* onWhite(samples: Uint8ClampedArray, alpha: Uint8ClampedArray): Work<void> {
	for (let i = 0; i < samples.length; i++) {
		const opacity = sampleAt(alpha, i);
		if (opacity < 255) samples[i] = 255 + ((sampleAt(samples, i) - 255) * opacity) / 255;
		if (i % STEP === STEP - 1) yield STEP >> 2;
	}
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}
