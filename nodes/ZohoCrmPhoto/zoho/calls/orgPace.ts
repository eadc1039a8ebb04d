import { wait } from '../../network/wait';

/** Calls at a time once it is known that the credential works: what every edition but Free allows (Zoho's API limits). */
const OPENING = 10;
/** Calls at a time that the largest edition allows (Zoho's API limits). */
const MOST = 25;
/**
 * Rounds of calls that must go well just below a height that was too much, before that height is tried again: as many as
 * there are calls in one, from the fewest to the most. Few at a time are soon more again, as others may have gone.
 */
const ROUNDS = { fewest: 2, most: 10 };
/** How many times as many rounds at most, after a height was too much again and again. */
const MOST_PATIENCE = 8;
/** Longest time between the starts of two calls, in milliseconds: enough for n8n to open a connection (bench/). */
const WIDEST_GAP = 10;
/** Longest piece of a pause, in milliseconds: how long a timer goes on after the last who waited has gone. */
const STEP = 100;

/** A caller's turn, to be given back with its answer. */
export interface Turn {
	/** Which reduction it came after. */
	era: number;
	/** When it began, in milliseconds since 1970. */
	begun: number;
}

/** One execution's part in an org's pace: its callers that wait, and how many calls it may have in progress. */
export interface Share {
	/** Calls at a time that the user allows this execution, from 1. */
	readonly most: number;
	/** Its calls in progress. */
	running: number;
	/** Its callers that wait for a turn, in the order in which they came. */
	readonly queue: Array<(turn: Turn) => void>;
	/** Whether the execution is cancelled: then nobody of it waits any more. */
	isCancelled(): boolean;
}

/**
 * How many calls to Zoho go at a time, for all executions of the process that sign with the same connection: Zoho counts
 * calls in progress for the whole org. Turns go round the executions, so that one photo never waits behind a backfill.
 *
 * The first call goes alone, unless the credential is known to work: it shows whether the token does, as older n8n renews
 * a token once per parallel call, and whether an error awaits that no later item can escape. A 429 makes all callers
 * pause together and lowers the number by the calls that were refused, which leaves those that were served; it creeps up
 * again with every round of calls that goes well. Where it was too much it stays below for a while, then tries again: other
 * programs and other processes of n8n take part of the same allowance, and a 429 may have had another cause.
 *
 * Calls start a little apart, spread over half of the time that one takes. n8n opens a connection for each call, and
 * those opened at the same moment share one processor: all are as slow as all of them together, and end together, so
 * that the next round starts at the same moment again.
 */
export class OrgPace {
	private limit = 1;
	private running = 0;
	private opened = false;
	/** The number of calls at a time that met the last 429, until as many go well. */
	private ceiling = Infinity;
	private successes = 0;
	/** How many times as many rounds as at first go well below the ceiling before it is tried. */
	private patience = 1;
	private pausedUntil = 0;
	private pause: Promise<void> | undefined;
	/** Counts the reductions: a 429 of a call that started before the last one says nothing new. */
	private era = 0;
	/** When a call last went well, in milliseconds since 1970; 0 for never. */
	lastSuccess = 0;
	/** How long the last call took that was answered, in milliseconds. */
	private duration = Infinity;
	private lastStart = -Infinity;
	private gap: Promise<void> | undefined;
	/** Executions with a call in progress or a caller that waits; whose turn is next stands first. */
	private readonly shares: Share[] = [];

	/** @param grew is told when more calls at a time may go than before */
	constructor(private readonly grew: () => void = () => undefined) {}

	/** Whether nobody calls or waits. */
	get isIdle(): boolean {
		return this.shares.length === 0;
	}

	/** Has a caller wait for a turn, which must be given back with {@link leave}. */
	enter(share: Share, give: (turn: Turn) => void): void {
		if (!this.shares.includes(share)) this.shares.push(share);
		share.queue.push(give);
		this.next();
	}

	/** Gives a turn back. */
	leave(share: Share): void {
		this.running--;
		share.running--;
		if (share.running === 0 && share.queue.length === 0) this.forget(share);
		this.next();
	}

	/**
	 * An answer came that was neither a 429 nor an outage: the way is clear for more calls at a time.
	 *
	 * @param turn of the call that brought it
	 */
	succeeded({ era, begun }: Turn): void {
		this.lastSuccess = Date.now();
		this.duration = this.lastSuccess - begun;
		if (!this.opened) {
			this.open();
			return;
		}
		// Calls from before the last reduction say nothing about the height after it.
		if (era !== this.era) return;
		if (++this.successes < this.needed()) return;
		this.successes = 0;
		if (this.limit === this.ceiling) this.ceiling = Infinity;
		if (this.limit < this.wanted()) this.limit++;
		this.grew();
		this.next();
	}

	/** Ends the time of the first call alone, or keeps it from beginning: there is nothing (more) for it to find out. */
	open(): void {
		if (this.opened) return;
		this.opened = true;
		this.limit = OPENING;
		this.grew();
		this.next();
	}

	/**
	 * A 429 came: everybody pauses, and fewer calls go at a time.
	 *
	 * @param turn of the call that met it
	 * @param milliseconds how long to pause
	 */
	throttled({ era }: Turn, milliseconds: number): void {
		if (era === this.era) this.lower();
		// Another one of the calls that were too many together.
		else if (era === this.era - 1) this.limit = Math.max(1, this.limit - 1);
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + milliseconds);
		this.next();
	}

	/** The first refusal of calls that went out together: one too many, or half where few were on the way. */
	private lower(): void {
		const height = this.height();
		const half = Math.floor(height / 2);
		const tooMuch = this.running > half ? Math.min(height, this.running) : height;
		this.era++;
		this.opened = true;
		this.patience = tooMuch === this.ceiling ? Math.min(MOST_PATIENCE, this.patience * 2) : 1;
		this.ceiling = Math.max(2, tooMuch);
		this.limit = Math.max(1, half, Math.min(this.running, height) - 1);
		this.successes = 0;
	}

	/** Gives turns to whoever may have one now; also to be called when an execution is cancelled. */
	next(): void {
		for (const share of this.shares.filter((one) => one.isCancelled())) {
			while (share.queue.length > 0) this.start(share);
		}
		for (let share = this.whoseTurn(); share !== undefined; share = this.whoseTurn()) {
			const now = Date.now();
			if (this.pausedUntil > now) {
				this.pause ??= this.sitOut();
				return;
			}
			if (this.running >= this.height()) return;
			const early = this.lastStart + Math.floor(Math.min(WIDEST_GAP, this.duration / (2 * this.height()))) - now;
			if (early > 0 && this.running > 0) {
				this.gap ??= this.sitOutGap(early);
				return;
			}
			this.start(share);
		}
	}

	/** Calls at a time that the executions at hand would make, as far as any org takes them. */
	private wanted(): number {
		return Math.min(
			MOST,
			this.shares.reduce((sum, { most }) => sum + most, 0),
		);
	}

	/** Calls at a time that may be in progress now. */
	height(): number {
		return Math.max(1, Math.min(this.limit, this.wanted()));
	}

	/**
	 * Successes in a row before one more call at a time: a quarter of a round of calls while nothing was too much, else a
	 * round, and many just below the ceiling. (Quicker, and refusals that take their time come for too many at once.)
	 */
	private needed(): number {
		const height = this.height();
		if (this.ceiling === Infinity) return Math.ceil(height / 4);
		const rounds = Math.min(ROUNDS.most, Math.max(ROUNDS.fewest, height));
		return height + 1 === this.ceiling ? height * rounds * this.patience : height;
	}

	private whoseTurn(): Share | undefined {
		return this.shares.find(({ queue, running, most }) => queue.length > 0 && running < most);
	}

	private start(share: Share): void {
		this.running++;
		share.running++;
		this.lastStart = Date.now();
		this.forget(share);
		this.shares.push(share);
		share.queue.shift()?.({ era: this.era, begun: this.lastStart });
	}

	private forget(share: Share): void {
		const place = this.shares.indexOf(share);
		if (place >= 0) this.shares.splice(place, 1);
	}

	private async sitOut(): Promise<void> {
		for (let left = 1; left > 0 && this.whoseTurn() !== undefined; left = this.pausedUntil - Date.now()) {
			await wait(Math.min(STEP, this.pausedUntil - Date.now()), undefined);
		}
		this.pause = undefined;
		this.next();
	}

	private async sitOutGap(milliseconds: number): Promise<void> {
		await wait(milliseconds, undefined);
		this.gap = undefined;
		this.next();
	}
}
