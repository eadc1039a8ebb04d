import type { Work } from '../../work';
import type { Scan } from './scan';

/** Takes the rows of one component's plane, from the top. */
export interface RowSink {
	/** What one row costs, in the unit of `Work`. */
	workPerRow: number;
	/** @param at where in `samples` the row begins; it is only there during the call */
	take(samples: Uint8ClampedArray, at: number): void;
}

/** A picture being decoded, scan by scan. */
export interface Picture {
	/** Decodes a scan. @returns where its data ends */
	scan(scan: Scan): Work<number>;
	/** Whether every sample was decoded, so that nothing further needs to be read. */
	whole(): boolean;
	/** Hands over what is not yet handed over, after the last scan. @param ended whether the file has an end marker */
	finish(ended: boolean): Iterable<number>;
}
