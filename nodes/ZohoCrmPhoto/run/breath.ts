import { sleep } from 'n8n-workflow';

/** Milliseconds after which the event loop is given back: other executions, and the signal of a cancel, need it too. */
const LONGEST_HOLD = 10;

/** Gives the event loop back now and then while items are looked at that need no call: promises alone never do. */
export class Breath {
	private last = Date.now();

	/** Whether the event loop has been held for long enough. */
	get isDue(): boolean {
		return Date.now() - this.last >= LONGEST_HOLD;
	}

	/** Gives it back once. */
	async take(): Promise<void> {
		await sleep(0);
		this.last = Date.now();
	}
}
