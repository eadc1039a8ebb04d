import type { Work } from '../../work';
import type { Scan } from './scan';

/** A picture being decoded, scan by scan. */
export interface Picture {
	/** Decodes a scan. @returns where its data ends */
	scan(scan: Scan): Work<number>;
	/** Whether every sample was decoded, so that nothing further needs to be read. */
	whole(): boolean;
	/** Hands over what is not yet handed over, after the last scan. @param ended whether the file has an end marker */
	finish(ended: boolean): Iterable<number>;
}
