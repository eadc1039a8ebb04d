import type { Failure } from '../../outcome';

/** Milliseconds for which a refusal of the whole org is taken as still true: somebody may have bought credits. */
const BELIEVED = 60_000;

/** A refusal that holds for all executions of an org, such as the day's API credits that are used up. */
export class OrgStop {
	private stop: { cause: Failure; until: number } | undefined;

	/** The refusal, for a minute after it came; undefined where calls are worth trying. */
	get cause(): Failure | undefined {
		return this.stop !== undefined && Date.now() < this.stop.until ? this.stop.cause : undefined;
	}

	/** Keeps a refusal in mind. */
	add(cause: Failure): void {
		this.stop = { cause, until: Date.now() + BELIEVED };
	}
}
