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
	/** Calls of every kind, those that find records among them. */
	allCalls: number;
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
	const isFitting = work.columns.includes('stall');
	const count = work.processes ?? 1;
	const processes = await Promise.all(Array.from({ length: count }, async () => await subject.start(emulator, work)));
	try {
		const photos = files.map((file, index) => {
			const email = `person-${index}@example.com`;
			return { ...file, recordId: zoho.records.add('Leads', { fields: { Email: email } }), email };
		});
		const bases: number[] = [];
		for (const one of processes) {
			const credential = zoho.connect({ timed: true });
			const warm = await one.run({ photos: photos.slice(0, WARM_UP), credential, isWarmUp: true });
			bases.push(warm.before.memory);
		}
		zoho.photos.clear();
		zoho.clearLog();

		zoho.photos.keepBytes = false;
		for (const { file, fileName, recordId } of photos.slice(0, work.kept ?? 0)) {
			zoho.photos.put({
				module: 'Leads',
				recordId,
				fileName,
				mimeType: 'image/jpeg',
				width: 480,
				height: 480,
				storedAt: zoho.clock.now(),
				bytes: await readFile(file),
			});
			const record = zoho.records.get('Leads', recordId);
			if (record !== undefined) zoho.records.touchImage(record, '1');
		}
		zoho.limits.otherLatencyMs = work.latencyMs;
		zoho.limits.concurrency = work.cap;
		zoho.limits.latencyMs = work.latencyMs;
		const credential = zoho.connect({ expired: work.expired, timed: true });
		const rans = await Promise.all(
			processes.map(async (one, place) => {
				return await one.run({ photos: photos.filter((_, n) => n % count === place), credential });
			}),
		);
		const sum = (of: (ran: Ran, n: number) => number): number => rans.reduce((all, ran, n) => all + of(ran, n), 0);
		const longest = (of: (ran: Ran) => number): number => Math.max(...rans.map(of));

		let stored = 0;
		for (const { file, recordId } of photos) {
			const photo = zoho.photos.get('Leads', recordId);
			if (photo === undefined) continue;
			if (isFitting || photo.sha256 === (await sha256(file))) stored++;
		}
		const calls = zoho.calls.filter(({ path }) => path.endsWith('/photo'));
		return {
			stored,
			sent: photos.length,
			seconds: longest(({ seconds }) => seconds),
			longestSingle: longest(({ longestSingle }) => longestSingle ?? 0),
			calls: calls.length,
			allCalls: zoho.calls.length,
			refusals: calls.filter(({ status }) => status === 429).length,
			cpuPerPhoto: (sum(({ cpuSeconds }) => cpuSeconds) * 1000) / photos.length,
			// Making a photo fit leaves a heap as large as it was at its highest: there the base is what the process had before any.
			memory: sum(({ before, after }, n) => after.peakMemory - ((isFitting ? bases[n] : before.memory) ?? 0)) / 1e6,
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
