import type { Failure } from '../../outcome';

/** Milliseconds for which a refused renewal is not asked for again: a crowd would use up what Zoho allows in ten minutes. */
const REMEMBERED = 60_000;

/**
 * Renewals of one connection's token, one at a time for all executions of the process. n8n before 2.41 renews once for each
 * execution that asks, and Zoho gives out ten tokens in ten minutes.
 */
export class Renewals {
	private last: Promise<void> = Promise.resolve();
	private lost: { accessToken: string; failure: Failure; until: number } | undefined;

	/**
	 * Runs a renewal when those before it have ended.
	 *
	 * @param cancelled ends the wait: the work then begins at once, and is to look at the signal itself
	 * @param work its `hold` keeps the next renewal waiting for a request that goes on after the work has given it up
	 */
	async one<T>(
		cancelled: AbortSignal | undefined,
		work: (hold: (request: Promise<unknown>) => void) => Promise<T>,
	): Promise<T> {
		const before = this.last;
		const held: Array<Promise<unknown>> = [];
		const hold = (request: Promise<unknown>): void => {
			held.push(request.catch(() => undefined));
		};
		const run = this.begin(before, cancelled, async () => await work(hold));
		this.last = Promise.allSettled([before, run]).then(async () => {
			await Promise.all(held);
		});
		return await run;
	}

	/** Why this token could not be renewed a moment ago; undefined where it is worth asking. */
	refusalOf(accessToken: string): Failure | undefined {
		if (this.lost === undefined || this.lost.accessToken !== accessToken) return undefined;
		return Date.now() < this.lost.until ? this.lost.failure : undefined;
	}

	/** Keeps in mind why a token could not be renewed. */
	refused(accessToken: string, failure: Failure): void {
		this.lost = { accessToken, failure, until: Date.now() + REMEMBERED };
	}

	private async begin<T>(
		before: Promise<void>,
		cancelled: AbortSignal | undefined,
		work: () => Promise<T>,
	): Promise<T> {
		let wake = (): void => undefined;
		const aborted = new Promise<void>((resolve) => {
			wake = resolve;
		});
		cancelled?.addEventListener('abort', wake, { once: true });
		if (cancelled?.aborted !== true) await Promise.race([before, aborted]);
		cancelled?.removeEventListener('abort', wake);
		return await work();
	}
}
