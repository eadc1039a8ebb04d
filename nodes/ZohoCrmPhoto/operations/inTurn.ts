/** By what is worked on: settles when the last piece of work that is known for it has ended. */
const TURNS = new Map<string, Promise<unknown>>();

/**
 * Runs a piece of work when those before it on the same thing have ended, in the whole process: two executions that read a
 * field, and then write what they make of it, would else undo each other's work.
 *
 * @param key what is worked on
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
	const before = TURNS.get(key) ?? Promise.resolve();
	const own = before.then(work);
	const ended = own.catch(() => undefined);
	TURNS.set(key, ended);
	try {
		return await own;
	} finally {
		if (TURNS.get(key) === ended) TURNS.delete(key);
	}
}
