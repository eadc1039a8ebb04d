import { setTimeout as pass } from 'node:timers/promises';

import { numberedPhoto, photoItem } from './photos.cts';
import { byItem, CORES, startStageOn, type PhotoRun, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

/** Waits until something is so, ten seconds at most. */
async function until(isSo: () => boolean): Promise<void> {
	for (let left = 1000; left > 0 && !isSo(); left--) await pass(10);
	expect(isSo()).toBe(true);
}

describe.each(CORES)('a cancelled execution on n8n-core %s', (core) => {
	let stage: Stage;
	let runs = 0;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	/** Starts a run of 40 photos and gives a way to cancel it, which tells when it had ended. */
	function start(options: object = {}) {
		const ids = stage.zoho.records.addMany('Leads', 40);
		const executionId = `cancelled ${++runs}`;
		const running: Promise<PhotoRun> = stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			{ parameters: byItem({ options: { parallelUploads: 4, ...options } }), onError: 'continueErrorOutput' },
			{ executionId },
		);
		const cancel = async () => {
			const begin = Date.now();
			expect(await stage.engine.cancel(executionId)).toBe(true);
			const result = await running.catch((reason: unknown) => String(reason));
			return { result, milliseconds: Date.now() - begin };
		};
		return { ids, cancel };
	}

	/** Nothing that reached Zoho is called a failure, and nothing else is made up. */
	function expectNoFailures(result: PhotoRun | string): void {
		if (typeof result === 'string') {
			// n8n reports no output of a node that it cancelled before its end.
			expect(result).toMatch(/did not run/);
			return;
		}
		expect(result.status).toBe('canceled');
		expect(result.failure).toEqual([]);
	}

	it('starts no new call and ends within those in flight', async () => {
		stage.zoho.limits.latencyMs = 600;
		const { cancel } = start();
		await until(() => stage.zoho.calls.length >= 5);
		const begun = stage.zoho.calls.length;
		const { result, milliseconds } = await cancel();
		expectNoFailures(result);
		expect(milliseconds).toBeLessThan(3000);
		await pass(1500);
		// A call may have been on its way when the cancel came.
		expect(stage.zoho.calls.length).toBeLessThanOrEqual(begun + 4);
	});

	it('ends at once in a pause that Zoho has asked for', async () => {
		stage.zoho.faults.add({
			when: { path: '/photo' },
			answer: { kind: 'zoho', error: 'tooManyRequests', headers: { 'retry-after': '300' } },
		});
		const { cancel } = start();
		await until(() => stage.zoho.calls.some(({ status }) => status === 429));
		await pass(300);
		const begun = stage.zoho.calls.length;
		const { result, milliseconds } = await cancel();
		expectNoFailures(result);
		expect(milliseconds).toBeLessThan(2000);
		await pass(500);
		expect(stage.zoho.calls).toHaveLength(begun);
	});

	it('ends at once between two tries', async () => {
		stage.zoho.faults.add({ when: { path: '/photo' }, answer: { kind: 'zoho', error: 'serviceUnavailable' } });
		const { cancel } = start({ maxRetries: 10 });
		// By the fourth try the wait is two seconds and more.
		await until(() => stage.zoho.calls.length >= 4);
		await pass(100);
		const { result, milliseconds } = await cancel();
		expectNoFailures(result);
		expect(milliseconds).toBeLessThan(1500);
		const begun = stage.zoho.calls.length;
		await pass(3000);
		expect(stage.zoho.calls).toHaveLength(begun);
	});
});
