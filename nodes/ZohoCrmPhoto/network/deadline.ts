import { wait } from './wait';

/** Milliseconds that n8n's own time-out may be late before a call is given up without it. */
export const GRACE = 250;

/** Longest piece of a wait, in milliseconds: how long n8n's timer outlives work that ended before its time. */
const STEP = 500;

/**
 * Gives up waiting for work that takes too long. The work itself goes on unseen, as nothing can end it.
 *
 * n8n's own time-out of a request begins with an open connection in versions before 2.41 (axios sets it on the socket): a
 * proxy that never answers its CONNECT holds such a request for ever. A renewal of the token has five minutes or no limit.
 *
 * @param milliseconds how long to wait
 * @param cancelled the execution's cancel signal, for work that does not end with it by itself
 * @throws Late when the time is up or the execution cancelled, and whatever the work rejects with
 */
export async function within<T>(milliseconds: number, work: Promise<T>, cancelled?: AbortSignal): Promise<T> {
	const state = { settled: false };
	const settle = (): void => {
		state.settled = true;
	};
	work.then(settle, settle);
	return await Promise.race([work, late(milliseconds, state, cancelled)]);
}

/** What {@link within} throws; its code is the one of Node's own time-outs. */
export class Late extends Error {
	readonly code = 'ETIMEDOUT';
}

async function late(milliseconds: number, state: { settled: boolean }, cancelled?: AbortSignal): Promise<never> {
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0 && !state.settled && cancelled?.aborted !== true; left = end - Date.now()) {
		await wait(Math.min(left, STEP), cancelled);
	}
	throw new Late(`timeout of ${milliseconds} ms exceeded`);
}
