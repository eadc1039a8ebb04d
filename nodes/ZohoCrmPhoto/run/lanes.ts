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

	/**
	 * @param count number of items
	 * @param keyOf gives an item's key, asked for once, in the input's order; items with the same key share a lane,
	 * undefined is a lane of its own
	 */
	constructor(
		private readonly count: number,
		private readonly keyOf: (item: number) => string | undefined,
	) {}

	/** The next item that may start, waiting for one where all are held up; undefined when there will be none. */
	async take(): Promise<number | undefined> {
		for (;;) {
			const item = this.released.shift() ?? this.firstOfItsLane();
			if (item !== undefined) {
				this.running++;
				return item;
			}
			if (this.running === 0) return undefined;
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
	}

	/** Tells that a taken item is done, which lets the next of its lane start. */
	end(item: number): void {
		this.running--;
		const lane = this.laneOf.get(item);
		if (lane !== undefined) this.release(lane);
		for (const wake of this.waiting.splice(0)) wake();
	}

	private firstOfItsLane(): number | undefined {
		while (this.fresh < this.count) {
			const item = this.fresh++;
			const lane = this.keyOf(item);
			if (lane === undefined) return item;
			this.laneOf.set(item, lane);
			const queue = this.queues.get(lane);
			if (queue === undefined) {
				this.queues.set(lane, []);
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
