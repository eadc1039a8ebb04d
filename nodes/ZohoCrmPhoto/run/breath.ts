import { sleep } from 'n8n-workflow';

/** Milliseconds after which the event loop is given back: other executions, and the signal of a cancel, need it too. */
const LONGEST_HOLD = 10;

/** Gives the event loop back now and then while items are looked at that need no call: promises alone never do. */
export class Breath {
	/** Since when the event loop has not turned, in milliseconds since 1970; undefined where that is not known. */
	private heldSince: number | undefined;

	/** Whether the event loop has been held for long enough. Whoever waited for a call has given it back already. */
	isDue(): boolean {
		if (this.heldSince !== undefined) return Date.now() - this.heldSince >= LONGEST_HOLD;
		this.heldSince = Date.now();
		void sleep(0).then(() => (this.heldSince = undefined));
		return false;
	}

	/** Gives it back once. */
	async take(): Promise<void> {
		await sleep(0);
	}
}
