import { sleep } from 'n8n-workflow';

/** Milliseconds that n8n's own time-out may be late before a call is given up without it. */
export const GRACE = 250;

/** Milliseconds between two looks at what is waited for. */
const BEAT = 100;

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
		const deadline: Deadline = { end: Date.now() + milliseconds, milliseconds, cancelled, giveUp: reject };
		const settle = (): void => {
			DEADLINES.delete(deadline);
		};
		work.then(settle, settle);
		work.then(resolve, reject);
		DEADLINES.add(deadline);
		watching ??= watch();
	});
}

/** Work that is waited for, and until when. */
interface Deadline {
	end: number;
	milliseconds: number;
	cancelled: AbortSignal | undefined;
	giveUp: (reason: Late) => void;
}

/**
 * What is waited for now, in all executions of the process: n8n's timer cannot be ended, so one for all looks after them, and
 * a call that was answered is not held until its own would have gone off.
 */
const DEADLINES = new Set<Deadline>();
let watching: Promise<void> | undefined;

/** What {@link within} throws; its code is the one of Node's own time-outs. */
export class Late extends Error {
	readonly code = 'ETIMEDOUT';
}

/** Looks after the deadlines until there are none. */
async function watch(): Promise<void> {
	while (DEADLINES.size > 0) {
		await sleep(BEAT);
		for (const deadline of DEADLINES) {
			if (Date.now() < deadline.end && deadline.cancelled?.aborted !== true) continue;
			DEADLINES.delete(deadline);
			deadline.giveUp(new Late(`timeout of ${deadline.milliseconds} ms exceeded`));
		}
	}
	watching = undefined;
}
