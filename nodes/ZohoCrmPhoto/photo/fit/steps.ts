import { damaged, isDamaged, isRefused } from '../decode/refusal';
import type { Work } from '../work';

/** Samples to decode between two pauses: about 10 ms. */
const STEP = 1 << 18;

/** Milliseconds by the clock after which there is a pause whatever was done: code that V8 has not compiled yet takes longer, and a slow machine. */
const LONGEST_STEP = 10;

/** Does work in steps, with the event loop given back between them. */
export class Steps {
	private done = 0;

	/** @param pause gives the event loop back; when it rejects, the work ends with its reason */
	constructor(private readonly pause: () => Promise<void>) {}

	/**
	 * Does a piece of work.
	 * @returns its result
	 * @throws Refused or Damaged, whatever it is in the work that fails; and what the pause rejects with
	 */
	async run<Result>(work: Work<Result>): Promise<Result> {
		for (let begun = Date.now(); ; ) {
			const step = next(work);
			if (step.done === true) return step.value;
			this.done += step.value;
			if (this.done >= STEP || Date.now() - begun >= LONGEST_STEP) {
				this.done = 0;
				await this.pause();
				begun = Date.now();
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
