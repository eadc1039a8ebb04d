import { createHash } from 'crypto';

/**
 * Work on the same thing, one piece after another in the whole process: two executions that read a field, and then write
 * what they make of it, would else undo each other's work. Kept by hashes, and only while there is work.
 */
export class Turns {
	private readonly last = new Map<string, Promise<void>>();

	/** On how many things somebody works. */
	get size(): number {
		return this.last.size;
	}

	/**
	 * Does a piece of work when those before it on the same thing have ended.
	 *
	 * @param thing what is worked on
	 * @param cancelled ends the wait; work that has begun goes on
	 * @throws Error where the execution was cancelled before its turn, and whatever the work throws
	 */
	async take<T>(thing: string, work: () => Promise<T>, cancelled: AbortSignal | undefined): Promise<T> {
		const key = createHash('sha256').update(thing).digest('hex');
		const before = this.last.get(key) ?? Promise.resolve();
		let hasBegun = false;
		const own = before.then(async () => {
			if (cancelled?.aborted === true) throw new Error('The execution was cancelled');
			hasBegun = true;
			return await work();
		});
		const ended = own.then(
			() => undefined,
			() => undefined,
		);
		this.last.set(key, ended);
		void ended.then(() => {
			if (this.last.get(key) === ended) this.last.delete(key);
		});
		await eitherOf(before, cancelled);
		if (cancelled?.aborted === true && !hasBegun) throw new Error('The execution was cancelled');
		return await own;
	}
}

/** Settles with the work before, or at a cancel. */
async function eitherOf(before: Promise<void>, cancelled: AbortSignal | undefined): Promise<void> {
	let wake = (): void => undefined;
	const aborted = new Promise<void>((resolve) => {
		wake = resolve;
	});
	cancelled?.addEventListener('abort', wake, { once: true });
	if (cancelled?.aborted === true) wake();
	await Promise.race([before, aborted]);
	// A signal would keep every listener.
	cancelled?.removeEventListener('abort', wake);
}
