import { backoff } from '../../../nodes/ZohoCrmPhoto/network/backoff';
import type { Pace } from '../../../nodes/ZohoCrmPhoto/zoho/calls/pace';

/** How an org answers calls, in simulated milliseconds. */
export interface OrgRules {
	/** Calls that it takes at a time. */
	cap: number;
	/** How long a call takes that it serves. */
	latency: number;
	/** How long it takes to refuse one. */
	refusalLatency?: number;
}

/** What became of a run. */
export interface PacedRun {
	milliseconds: number;
	calls: number;
	refusals: number;
	/** Most calls in progress at a time, refused ones included. */
	peak: number;
	/** Calls in progress when each call began, itself included. */
	heights: number[];
	/** Times at which calls were refused. */
	refusedAt: number[];
}

/**
 * Lets workers make calls to a simulated org as the client does: a turn from the pace for each try, and after a refusal
 * a pause of everybody. Jest's fake timers must be on; they are moved on from here.
 *
 * @param workers calls that wait for a turn at a time
 */
export async function runPaced(pace: Pace, photos: number, workers: number, rules: OrgRules): Promise<PacedRun> {
	const start = Date.now();
	const run: PacedRun = { milliseconds: 0, calls: 0, refusals: 0, peak: 0, heights: [], refusedAt: [] };
	let served = 0;
	let open = 0;
	const call = async (): Promise<boolean> => {
		run.calls++;
		open++;
		run.heights.push(open);
		run.peak = Math.max(run.peak, open);
		const taken = served < rules.cap;
		if (taken) served++;
		const latency = taken ? rules.latency : (rules.refusalLatency ?? 0);
		if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
		if (taken) served--;
		open--;
		return taken;
	};
	let left = photos;
	const worker = async (): Promise<void> => {
		while (left > 0) {
			left--;
			for (let tries = 1; ; tries++) {
				const turn = await pace.enter();
				const taken = await call();
				const pause = backoff(tries, 0.5);
				if (taken) pace.succeeded(turn);
				else {
					run.refusals++;
					run.refusedAt.push(Date.now() - start);
					pace.throttled(turn, pause);
				}
				pace.leave();
				if (taken) break;
				await new Promise((resolve) => setTimeout(resolve, pause));
			}
		}
	};
	let ended = false;
	const all = Promise.all(Array.from({ length: workers }, worker)).then(() => {
		ended = true;
	});
	while (!ended) await jest.advanceTimersByTimeAsync(10);
	await all;
	run.milliseconds = Date.now() - start;
	return run;
}
