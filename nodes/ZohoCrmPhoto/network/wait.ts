import { sleep } from 'n8n-workflow';

/** Longest piece of a wait, in milliseconds: n8n's timer goes on that long after a wait that was broken off. */
const STEP = 100;

/**
 * Waits as n8n lets a node wait: its own timers are not allowed to community nodes, and n8n's `sleep` cannot be ended,
 * so a wait goes in short pieces and is left at once when the execution is cancelled.
 *
 * @param milliseconds how long; nothing happens for 0 or less
 * @param cancelled the execution's cancel signal, if it has one
 */
export async function wait(milliseconds: number, cancelled: AbortSignal | undefined): Promise<void> {
	const end = Date.now() + milliseconds;
	let wake = (): void => undefined;
	const aborted = new Promise<void>((resolve) => {
		wake = resolve;
	});
	cancelled?.addEventListener('abort', wake, { once: true });
	for (let left = milliseconds; left > 0 && cancelled?.aborted !== true; left = end - Date.now()) {
		await Promise.race([sleep(Math.min(left, STEP)), aborted]);
	}
	// A run waits often, and its signal would keep every listener.
	cancelled?.removeEventListener('abort', wake);
}
