/**
 * A gate through which one piece of work goes at a time, in the order of asking, however many ask in parallel.
 *
 * @returns a function that runs a piece of work when those before it have ended, well or not, and gives its result
 */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return async (work) => {
		const turn = last.then(work);
		last = turn.catch(() => undefined);
		return await turn;
	};
}
