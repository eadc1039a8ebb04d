import { wait } from '../../network/wait';

/** Calls at a time once it is known that the credential works: what every edition but Free allows (Zoho's API limits). */
const OPENING = 10;
/** Rounds of calls that must go well just below a height that was too much, before that height is tried again. */
const PROBE_AFTER = 10;
/** The same at most, after a height was too much again and again. */
const LONGEST_PROBE = 80;
/** Longest time between the starts of two calls, in milliseconds: enough for n8n to open a connection (bench/). */
const WIDEST_GAP = 10;

/** A caller's turn, to be given back with its answer. */
export interface Turn {
	/** Which reduction it came after. */
	era: number;
	/** When it began, in milliseconds since 1970. */
	begun: number;
}

/**
 * How many calls to Zoho go at a time, for one run of the node.
 *
 * The first call goes alone, unless the credential is known to work: it shows whether the token does, as older n8n renews
 * a token once per parallel call, and whether an error awaits that no later item can escape. A 429 makes all callers
 * pause together and halves the number; it creeps up again with every round of calls that goes well. Where it was too
 * much it stays below for a while, then tries again: Zoho counts calls in progress for the whole org, so other workflows
 * take part of the same allowance, and a 429 may have had another cause.
 *
 * Calls start a little apart, spread over half of the time that one takes. n8n opens a connection for each call, and
 * those opened at the same moment share one processor: all are as slow as all of them together, and end together, so
 * that the next round starts at the same moment again.
 */
export class Pace {
	private limit = 1;
	private running = 0;
	private opened = false;
	/** The number of calls at a time that met the last 429, until as many go well. */
	private ceiling = Infinity;
	private successes = 0;
	private probeAfter = PROBE_AFTER;
	private pause: Promise<void> | undefined;
	private pausedUntil = 0;
	/** Counts the reductions: a 429 of a call that started before the last one says nothing new. */
	private era = 0;
	/** How long the last call took that was answered, in milliseconds. */
	private duration = Infinity;
	private lastStart = -Infinity;
	private gap: Promise<void> | undefined;
	private readonly queue: Array<(turn: Turn) => void> = [];

	/**
	 * @param most calls at a time that the user allows, from 1
	 * @param cancelled the execution's cancel signal: it ends every wait
	 */
	constructor(
		private readonly most: number,
		private readonly cancelled: AbortSignal | undefined,
	) {
		cancelled?.addEventListener('abort', () => this.release(), { once: true });
	}

	/**
	 * Waits for a turn, in the order of the callers. Each turn must be given back with {@link leave}.
	 *
	 * @returns the turn to hand to {@link succeeded} and {@link throttled}
	 */
	async enter(): Promise<Turn> {
		return await new Promise<Turn>((resolve) => {
			this.queue.push(resolve);
			this.next();
		});
	}

	/** Gives a turn back. */
	leave(): void {
		this.running--;
		this.next();
	}

	/**
	 * An answer came that was neither a 429 nor an outage: the way is clear for more calls at a time.
	 *
	 * @param turn of the call that brought it
	 */
	succeeded({ era, begun }: Turn): void {
		this.duration = Date.now() - begun;
		if (!this.opened) {
			this.open();
			return;
		}
		// Calls from before the last reduction say nothing about the height after it.
		if (era !== this.era) return;
		if (++this.successes < this.needed()) return;
		this.successes = 0;
		if (this.limit === this.ceiling) this.ceiling = Infinity;
		this.limit = Math.min(this.most, this.limit + 1);
		this.next();
	}

	/** Ends the time of the first call alone, or keeps it from beginning: there is nothing (more) for it to find out. */
	open(): void {
		if (this.opened) return;
		this.opened = true;
		this.limit = Math.min(this.most, OPENING);
		this.next();
	}

	/**
	 * A 429 came: everybody pauses, and fewer calls go at a time.
	 *
	 * @param turn of the call that met it
	 * @param milliseconds how long to pause
	 */
	throttled({ era }: Turn, milliseconds: number): void {
		if (era === this.era) {
			this.era++;
			this.opened = true;
			this.probeAfter = this.limit === this.ceiling ? Math.min(LONGEST_PROBE, this.probeAfter * 2) : PROBE_AFTER;
			this.ceiling = Math.max(2, this.limit);
			this.limit = Math.max(1, Math.floor(this.limit / 2));
			this.successes = 0;
		}
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + milliseconds);
		this.pause ??= this.sitOut();
	}

	/**
	 * Successes in a row before one more call at a time: a quarter of a round of calls while nothing was too much, else a
	 * round, and many just below the ceiling. (Quicker, and refusals that take their time come for too many at once.)
	 */
	private needed(): number {
		if (this.ceiling === Infinity) return Math.ceil(this.limit / 4);
		return this.limit + 1 === this.ceiling ? this.limit * this.probeAfter : this.limit;
	}

	private async sitOut(): Promise<void> {
		for (let left = 1; left > 0 && this.cancelled?.aborted !== true; left = this.pausedUntil - Date.now()) {
			await wait(this.pausedUntil - Date.now(), this.cancelled);
		}
		this.pause = undefined;
		this.next();
	}

	private isFree(): boolean {
		return this.cancelled?.aborted === true || (this.pause === undefined && this.running < this.limit);
	}

	private next(): void {
		while (this.queue.length > 0 && this.isFree()) {
			const now = Date.now();
			const early = this.lastStart + Math.floor(Math.min(WIDEST_GAP, this.duration / (2 * this.limit))) - now;
			if (early > 0 && this.running > 0 && this.cancelled?.aborted !== true) {
				this.gap ??= this.sitOutGap(early);
				return;
			}
			this.running++;
			this.lastStart = now;
			this.queue.shift()?.({ era: this.era, begun: now });
		}
	}

	private async sitOutGap(milliseconds: number): Promise<void> {
		await wait(milliseconds, this.cancelled);
		this.gap = undefined;
		this.next();
	}

	/** Lets everybody through after a cancel: each caller looks at the signal before it sends. */
	private release(): void {
		this.next();
	}
}
