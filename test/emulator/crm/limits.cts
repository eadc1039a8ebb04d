import type { CallLog } from '../callLog.cts';
import type { Answer } from '../network/answer.cts';
import { errorAnswer, zohoErrors } from './errors.cts';
import type { Org } from './orgs.cts';

/** How the answer to one call too many looks: both codes are in Zoho's documentation. */
export type TooManyCode = 'TOO_MANY_REQUESTS' | 'RATE_LIMIT_EXCEEDED';

/** Zoho's limits on API calls, each a number that a test may change. */
export class Limits {
	/** API calls in progress per org (5 to 25 by edition: API limits page). Default 25, the Ultimate edition's. */
	concurrency = 25;
	/** Milliseconds between the end of an accepted photo call's body and its answer. */
	latencyMs = 0;
	/** Milliseconds before the answer of any other accepted call. */
	otherLatencyMs = 0;
	/** API calls in 24 hours; undefined: so many that nobody notices. */
	credits: number | undefined = undefined;
	/** Seconds in a Retry-After header of this emulator's own 429; undefined: no such header, as Zoho documents none. */
	retryAfterSeconds: number | undefined = undefined;
	/** The code of this emulator's own 429. */
	tooManyCode: TooManyCode = 'TOO_MANY_REQUESTS';
	private readonly inProgress = new Map<string, number>();
	private readonly used = new Map<string, number>();

	constructor(private readonly log: CallLog) {}

	/**
	 * Takes one call of an org in.
	 * @returns the refusal when it is one too many, or a function that ends the call (calling it twice does nothing)
	 */
	enter(org: Org): Answer | (() => void) {
		const used = this.used.get(org.id) ?? 0;
		const running = this.inProgress.get(org.id) ?? 0;
		if (this.credits !== undefined && used >= this.credits) return this.tooMany('TOO_MANY_REQUESTS');
		// Assumption: refused calls cost no credit and hold no place.
		if (running >= this.concurrency) return this.tooMany(this.tooManyCode);
		this.used.set(org.id, used + 1);
		this.inProgress.set(org.id, running + 1);
		this.log.counters.peakConcurrentCalls = Math.max(this.log.counters.peakConcurrentCalls, running + 1);
		let ended = false;
		return () => {
			if (ended) return;
			ended = true;
			this.inProgress.set(org.id, (this.inProgress.get(org.id) ?? 1) - 1);
		};
	}

	/** `X-API-CREDITS-REMAINING`, sent only once half of the credits are used (API limits page). */
	headers(org: Org): Record<string, string> {
		if (this.credits === undefined) return {};
		const left = Math.max(0, this.credits - (this.used.get(org.id) ?? 0));
		return left * 2 <= this.credits ? { 'X-API-CREDITS-REMAINING': String(left) } : {};
	}

	/** Back to the defaults; calls in progress stay counted. */
	clear(): void {
		this.concurrency = 25;
		this.latencyMs = 0;
		this.otherLatencyMs = 0;
		this.credits = undefined;
		this.retryAfterSeconds = undefined;
		this.tooManyCode = 'TOO_MANY_REQUESTS';
		this.used.clear();
	}

	private tooMany(code: TooManyCode): Answer {
		const error = code === 'TOO_MANY_REQUESTS' ? zohoErrors.tooManyRequests : zohoErrors.rateLimitExceeded;
		const answer = errorAnswer(error);
		if (this.retryAfterSeconds === undefined) return answer;
		return { ...answer, headers: { ...answer.headers, 'retry-after': String(this.retryAfterSeconds) } };
	}
}
