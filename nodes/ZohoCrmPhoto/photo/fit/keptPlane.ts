import type { RowSink } from '../decode/picture';
import { memoryFor } from '../spareMemory';
import type { Size } from './target';

/** Keeps a plane as it comes, sample by sample. */
export class KeptPlane implements RowSink {
	/** The plane, row by row. */
	readonly result: Uint8ClampedArray;

	readonly workPerRow: number;
	private at = 0;

	constructor(readonly size: Size) {
		const samples = size.width * size.height;
		this.result = new Uint8ClampedArray(memoryFor(samples), 0, samples);
		this.workPerRow = size.width >> 4;
	}

	take(samples: Uint8ClampedArray, at: number): void {
		this.result.set(samples.subarray(at, at + this.size.width), this.at);
		this.at += this.size.width;
	}
}
