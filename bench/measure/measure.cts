import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { startEmulator } from '../../test/emulator/emulator.cts';
import type { Ran, Subject } from '../subjects/subject.cts';
import { makePhotos } from '../work/photos.cts';
import type { Workload } from '../work/workload.cts';

/** What one subject did with one work, once. */
export interface Result {
	/** Photos that lie at the emulator byte for byte (shrunk ones: that lie there at all). */
	stored: number;
	sent: number;
	seconds: number;
	/** The longest that an execution of one photo beside a backfill took, in seconds; 0 where there was none. */
	longestSingle: number;
	/** Calls to the photo address. */
	calls: number;
	/** Those that were answered with 429. */
	refusals: number;
	/** Milliseconds of processor time for one photo. */
	cpuPerPhoto: number;
	/** Megabytes of resident memory at its highest, above what the process had before. */
	memory: number;
	/** The longest that the event loop was held, in milliseconds. */
	longestStallMs: number;
}

/** Photos of each work that a subject puts on records before it is measured, so that its code is loaded and compiled. */
const WARM_UP = 5;

/** Measures one subject on one work: an emulator and a process of its own, warmed up, then measured once. */
export async function measure(subject: Subject, work: Workload): Promise<Result> {
	const files = await makePhotos(work.photos);
	const emulator = await startEmulator();
	const { zoho } = emulator;
	const count = work.processes ?? 1;
	const processes = await Promise.all(Array.from({ length: count }, async () => await subject.start(emulator, work)));
	try {
		const ids = zoho.records.addMany('Leads', files.length);
		const photos = files.map((file, index) => ({ ...file, recordId: ids[index] ?? '' }));
		for (const one of processes) {
			const credential = zoho.connect({ timed: true });
			await one.run({ photos: photos.slice(0, WARM_UP), credential, isWarmUp: true });
		}
		zoho.photos.clear();
		zoho.clearLog();

		zoho.photos.keepBytes = false;
		zoho.limits.concurrency = work.cap;
		zoho.limits.latencyMs = work.latencyMs;
		const credential = zoho.connect({ expired: work.expired, timed: true });
		const rans = await Promise.all(
			processes.map(async (one, place) => {
				return await one.run({ photos: photos.filter((_, n) => n % count === place), credential });
			}),
		);
		const sum = (of: (ran: Ran) => number): number => rans.reduce((all, ran) => all + of(ran), 0);
		const longest = (of: (ran: Ran) => number): number => Math.max(...rans.map(of));

		let stored = 0;
		for (const { file, recordId } of photos) {
			const photo = zoho.photos.get('Leads', recordId);
			if (photo === undefined) continue;
			if (work.columns.includes('stall') || photo.sha256 === (await sha256(file))) stored++;
		}
		const calls = zoho.calls.filter(({ path }) => path.endsWith('/photo'));
		return {
			stored,
			sent: photos.length,
			seconds: longest(({ seconds }) => seconds),
			longestSingle: longest(({ longestSingle }) => longestSingle ?? 0),
			calls: calls.length,
			refusals: calls.filter(({ status }) => status === 429).length,
			cpuPerPhoto: (sum(({ cpuSeconds }) => cpuSeconds) * 1000) / photos.length,
			memory: sum(({ before, after }) => after.peakMemory - before.memory) / 1e6,
			longestStallMs: longest(({ after }) => after.longestStallMs),
		};
	} finally {
		await Promise.all(processes.map(async (one) => await one.close()));
		await emulator.close();
	}
}

async function sha256(file: string): Promise<string> {
	return createHash('sha256')
		.update(await readFile(file))
		.digest('hex');
}
