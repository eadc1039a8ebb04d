import { wait } from './wait';

/** Milliseconds that n8n's own time-out may be late before a call is given up without it. */
export const GRACE = 250;

/** Longest piece of a wait, in milliseconds: how long n8n's timer outlives work that ended before its time. */
const STEP = 100;

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
	return await new Promise<T>((resolve, reject) => {
		const pending: Pending = { giveUp: reject };
		const settle = (): void => {
			pending.giveUp = undefined;
		};
		work.then(settle, settle);
		work.then(resolve, reject);
		void giveUpAfter(milliseconds, pending, cancelled);
	});
}

/** Work that is waited for. The timer outlives it: what it gave is not held that long, of a thousand calls megabytes. */
interface Pending {
	giveUp: ((reason: Late) => void) | undefined;
}

/** What {@link within} throws; its code is the one of Node's own time-outs. */
export class Late extends Error {
	readonly code = 'ETIMEDOUT';
}

async function giveUpAfter(milliseconds: number, pending: Pending, cancelled?: AbortSignal): Promise<void> {
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0 && pending.giveUp && cancelled?.aborted !== true; left = end - Date.now()) {
		await wait(Math.min(left, STEP), cancelled);
	}
	pending.giveUp?.(new Late(`timeout of ${milliseconds} ms exceeded`));
}
