/** What items of one lane have in common. */
type Key = string | undefined;

/**
 * Hands out items to workers: in the input's order, but never two of one lane at a time.
 *
 * Items for the same record share a lane, so that the last of them wins, as it would one after another. An item is looked
 * at when its turn comes: the first call does not wait for the expressions of a thousand items.
 */
export class Lanes {
	/** The first item that nobody has looked at. */
	private fresh = 0;
	/** By lane that has an item taken: the items that wait for it. */
	private readonly queues = new Map<string, number[]>();
	private readonly laneOf = new Map<number, string>();
	/** Items that have waited for their lane and may start, in the input's order. */
	private readonly released: number[] = [];
	private readonly waiting: Array<() => void> = [];
	private running = 0;
	/** Whether the key of an item is being looked for: those after it wait, as it may turn out to be of their lane. */
	private isLooking = false;

	/**
	 * @param count number of items
	 * @param keyOf gives an item's key, at once or later, and never rejects; asked for once, in the input's order, for the
	 * next item when the key of the one before it is known. Items with the same key share a lane, undefined is a lane of its own
	 */
	constructor(
		private readonly count: number,
		private readonly keyOf: (item: number) => Key | Promise<Key>,
	) {}

	/** The next item that may start, waiting for one where all are held up; undefined when there will be none. */
	async take(): Promise<number | undefined> {
		for (;;) {
			const item = this.firstReleased() ?? (await this.firstOfItsLane());
			if (item !== undefined) return item;
			// Much may have happened while that item was looked for.
			if (this.released.length > 0 || (this.fresh < this.count && !this.isLooking)) continue;
			if (this.running === 0 && !this.isLooking) return undefined;
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
	}

	/** Tells that a taken item is done, which lets the next of its lane start. */
	end(item: number): void {
		this.running--;
		const lane = this.laneOf.get(item);
		if (lane !== undefined) this.release(lane);
		this.wake();
	}

	private wake(): void {
		for (const wake of this.waiting.splice(0)) wake();
	}

	private firstReleased(): number | undefined {
		const item = this.released.shift();
		if (item !== undefined) this.running++;
		return item;
	}

	/** The next item whose lane is free; undefined where there is none, or another worker is looking. */
	private async firstOfItsLane(): Promise<number | undefined> {
		while (this.fresh < this.count && !this.isLooking) {
			const item = this.fresh++;
			const key = this.keyOf(item);
			this.isLooking = key instanceof Promise;
			const lane = key instanceof Promise ? await key : key;
			// No await from here to its place in the lane: whoever wakes up may not get in between.
			if (this.isLooking) this.wake();
			this.isLooking = false;
			const queue = lane === undefined ? undefined : this.queues.get(lane);
			if (lane !== undefined) this.laneOf.set(item, lane);
			if (queue === undefined) {
				if (lane !== undefined) this.queues.set(lane, []);
				this.running++;
				return item;
			}
			queue.push(item);
		}
		return undefined;
	}

	private release(lane: string): void {
		const next = this.queues.get(lane)?.shift();
		if (next === undefined) {
			this.queues.delete(lane);
			return;
		}
		this.released.push(next);
		this.released.sort((one, other) => one - other);
	}
}
