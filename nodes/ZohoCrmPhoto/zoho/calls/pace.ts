import { OrgPace, type Share, type Turn } from './orgPace';

/** One execution's part in the pace of its org: what it is given turns for, and what it tells of its answers. */
export class Pace {
	private readonly share: Share;

	/**
	 * @param most calls at a time that the user allows, from 1
	 * @param cancelled the execution's cancel signal: it ends every wait
	 * @param org the pace of the org; until {@link join} one of its own
	 */
	constructor(
		most: number,
		cancelled: AbortSignal | undefined,
		private org = new OrgPace(),
	) {
		this.share = { most, running: 0, queue: [], isCancelled: () => cancelled?.aborted === true };
		cancelled?.addEventListener('abort', () => this.org.next(), { once: true });
	}

	/** Takes part in the pace of an org from now on; nothing may be in progress or waiting unless it does so already. */
	join(org: OrgPace): void {
		this.org = org;
	}

	/**
	 * Waits for a turn. Each turn must be given back with {@link leave}.
	 *
	 * @returns the turn to hand to {@link succeeded} and {@link throttled}
	 */
	async enter(): Promise<Turn> {
		return await new Promise<Turn>((resolve) => this.org.enter(this.share, resolve));
	}

	/** Gives a turn back. */
	leave(): void {
		this.org.leave(this.share);
	}

	/** See {@link OrgPace.succeeded}. */
	succeeded(turn: Turn): void {
		this.org.succeeded(turn);
	}

	/** See {@link OrgPace.open}. */
	open(): void {
		this.org.open();
	}

	/** See {@link OrgPace.throttled}. */
	throttled(turn: Turn, milliseconds: number): void {
		this.org.throttled(turn, milliseconds);
	}
}
