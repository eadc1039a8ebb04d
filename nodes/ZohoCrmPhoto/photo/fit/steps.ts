import { damaged, isDamaged, isRefused } from '../decode/refusal';
import type { Work } from '../work';

/**
 * Samples to decode between two pauses: about 10 ms. The first steps are shorter, each by a half more than the one
 * before, as V8 has not compiled the loops yet.
 */
const STEP = 1 << 18;
const FIRST_STEP = 1 << 12;

/** Does work in steps, with the event loop given back between them. */
export class Steps {
	private done = 0;
	private most = FIRST_STEP;

	/** @param pause gives the event loop back; when it rejects, the work ends with its reason */
	constructor(private readonly pause: () => Promise<void>) {}

	/**
	 * Does a piece of work.
	 * @returns its result
	 * @throws Refused or Damaged, whatever it is in the work that fails; and what the pause rejects with
	 */
	async run<Result>(work: Work<Result>): Promise<Result> {
		for (;;) {
			const step = next(work);
			if (step.done === true) return step.value;
			this.done += step.value;
			if (this.done >= this.most) {
				this.done = 0;
				this.most = Math.min(1.5 * this.most, STEP);
				await this.pause();
			}
		}
	}
}

function next<Result>(work: Work<Result>): IteratorResult<number, Result> {
	try {
		return work.next();
	} catch (fault) {
		throw isRefused(fault) || isDamaged(fault) ? fault : damaged('its data does not hold together');
	}
}
