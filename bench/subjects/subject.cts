import type { CredentialData } from '../../test/emulator/accounts/connect.cts';
import type { Emulator } from '../../test/emulator/emulator.cts';
import type { Measures } from '../measure/probed.cts';
import type { PhotoFile } from '../work/photos.cts';
import type { Workload } from '../work/workload.cts';

/** One way to put photos on records. */
export interface Subject {
	/** Short name, for choosing on the command line. */
	key: string;
	/** As the report calls it. */
	name: string;
	/** Whether the subject can do a work at all. */
	does(work: Workload): boolean;
	/** Starts it in a process of its own that reaches the emulator alone. */
	start(emulator: Emulator, work: Workload): Promise<Running>;
}

/** Photos to put on records. */
export interface Job {
	photos: ReadonlyArray<PhotoFile & { recordId: string; email: string }>;
	credential: CredentialData;
	/** Whether it only loads and compiles the subject's code. */
	isWarmUp?: boolean;
}

/** A subject that has been started. */
export interface Running {
	/** Puts the photos on their records. */
	run(job: Job): Promise<Ran>;
	/** Ends the process. */
	close(): Promise<void>;
}

/** What a run took. */
export interface Ran {
	/** Seconds from the first thing done to the last, without preparing the input. */
	seconds: number;
	/** The longest that an execution of one photo beside a backfill took, in seconds. */
	longestSingle?: number;
	/** Processor time of the uploading alone, in seconds. */
	cpuSeconds: number;
	before: Measures;
	after: Measures;
}
