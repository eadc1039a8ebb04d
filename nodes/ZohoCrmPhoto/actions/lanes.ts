/**
 * Hands out items to workers: in the input's order, but never two of one lane at a time.
 *
 * Items for the same record share a lane, so that the last of them wins, as it would one after another.
 */
export class Lanes {
	private readonly ready: number[] = [];
	/** What still waits in each lane, by the index of the lane's item that goes first. */
	private readonly following = new Map<number, number>();
	private readonly waiting: Array<() => void> = [];
	private running = 0;

	/** @param keys one key for each item; items with the same key share a lane, undefined is a lane of its own */
	constructor(keys: ReadonlyArray<string | undefined>) {
		const lastOf = new Map<string, number>();
		keys.forEach((key, index) => {
			const before = key === undefined ? undefined : lastOf.get(key);
			if (before === undefined) this.ready.push(index);
			else this.following.set(before, index);
			if (key !== undefined) lastOf.set(key, index);
		});
		// Taken from the end, so that taking is quick however many items there are.
		this.ready.reverse();
	}

	/** The next item that may start, waiting for one where all are held up; undefined when there will be none. */
	async take(): Promise<number | undefined> {
		while (this.ready.length === 0) {
			if (this.running === 0) return undefined;
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		this.running++;
		return this.ready.pop();
	}

	/** Tells that a taken item is done, which lets the next of its lane start. */
	end(index: number): void {
		this.running--;
		const next = this.following.get(index);
		if (next !== undefined) this.insert(next);
		for (const wake of this.waiting.splice(0)) wake();
	}

	/** Puts an item among the ready ones where the input's order wants it. */
	private insert(index: number): void {
		let low = 0;
		let high = this.ready.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.ready[middle] ?? 0) > index) low = middle + 1;
			else high = middle;
		}
		this.ready.splice(low, 0, index);
	}
}
