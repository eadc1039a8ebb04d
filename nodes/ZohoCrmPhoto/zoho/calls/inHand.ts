/** Files beyond the calls that may go now, so that no call waits for a file to be read and looked at. */
const AHEAD = 5;
/** Bytes of files that wait for their call or are being sent, in the whole process. */
const MOST_BYTES = 150_000_000;

/** Whoever takes files in hand: one execution. */
export interface Holder {
	/** Whether the execution is cancelled: then nothing of it waits any more. */
	isCancelled(): boolean;
}

/**
 * Which items of an org may get their bytes: as many as calls may go now, and a few more. The others wait without them, so
 * that a crowd of executions does not fill the memory with photos that wait. Turns go round the executions.
 */
export class FilesInHand {
	private taken = 0;
	/** By execution that waits, in the order of their turns: what to call when an item may go on. */
	private readonly waiting = new Map<Holder, Array<() => void>>();

	/** @param calls gives how many calls may be in progress now */
	constructor(private readonly calls: () => number) {}

	/** How many items have a file in hand. */
	get count(): number {
		return this.taken;
	}

	/** Waits until one more file may be taken in hand; to be given back with {@link give}. */
	async take(holder: Holder): Promise<void> {
		await new Promise<void>((resolve) => {
			const queue = this.waiting.get(holder);
			if (queue === undefined) this.waiting.set(holder, [resolve]);
			else queue.push(resolve);
			this.next();
		});
	}

	/** Gives one back. */
	give(): void {
		this.taken--;
		this.next();
	}

	/** Lets those go on who may; also to be called when an execution is cancelled. */
	next(): void {
		for (const holder of [...this.waiting.keys()].filter((one) => one.isCancelled())) {
			while (this.waiting.has(holder)) this.letGo(holder);
		}
		for (let [first] = this.waiting.keys(); first !== undefined; [first] = this.waiting.keys()) {
			if (this.taken >= this.calls() + AHEAD) return;
			this.letGo(first);
		}
	}

	private letGo(holder: Holder): void {
		const queue = this.waiting.get(holder) ?? [];
		this.taken++;
		queue.shift()?.();
		// Whoever had a turn goes to the end.
		this.waiting.delete(holder);
		if (queue.length > 0) this.waiting.set(holder, queue);
	}
}

/** The bytes in hand of the whole process: some 150 MB, and one file for each org whatever the others hold. */
export class BytesInHand {
	private held = 0;
	private readonly waiting: Array<{ bytes: number; mayAlways: () => boolean; go: () => void }> = [];

	/** Bytes in hand now. */
	get total(): number {
		return this.held;
	}

	/**
	 * Waits until so many bytes more may be loaded, in the order of asking.
	 *
	 * @param mayAlways whether they may be loaded whatever is held: nothing else of the org is in hand, or it is cancelled
	 */
	async reserve(bytes: number, mayAlways: () => boolean): Promise<void> {
		await new Promise<void>((go) => {
			this.waiting.push({ bytes, mayAlways, go });
			this.next();
		});
	}

	/** Counts bytes that have come already; a negative number gives them back. */
	add(bytes: number): void {
		this.held += bytes;
		if (bytes < 0) this.next();
	}

	/** Lets those go on who may; also to be called when an execution is cancelled. */
	next(): void {
		let isFull = false;
		for (const one of [...this.waiting]) {
			isFull ||= this.held > 0 && this.held + one.bytes > MOST_BYTES;
			if (isFull && !one.mayAlways()) continue;
			this.waiting.splice(this.waiting.indexOf(one), 1);
			this.held += one.bytes;
			one.go();
		}
	}
}

/** One item's file in hand. */
export class Hand {
	private bytes = 0;

	constructor(
		private readonly files: FilesInHand,
		private readonly all: BytesInHand,
		private readonly holder: Holder,
	) {}

	/** Waits until the file's bytes may be loaded. @param bytes its size, as far as it is known before */
	async need(bytes: number): Promise<void> {
		// A file that is fetched again has its room already.
		const more = Math.max(0, bytes - this.bytes);
		await this.all.reserve(more, () => this.files.count <= 1 || this.holder.isCancelled());
		this.bytes += more;
	}

	/** Counts what has come of a file whose size was not known before. @param bytes all that is there now */
	hold(bytes: number): void {
		if (bytes <= this.bytes) return;
		this.all.add(bytes - this.bytes);
		this.bytes = bytes;
	}

	/** Gives everything back; to be called once. */
	release(): void {
		this.all.add(-this.bytes);
		this.bytes = 0;
		this.files.give();
	}
}
