import type { FaultAnswer } from '../emulator/faults/faultAnswers.cts';
import { numberedPhoto, photoItem } from './photos.cts';
import { byItem, CORES, startStageOn, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(120_000);

describe.each(CORES)('too many calls on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	/** Uploads so many different photos, so many at a time, and gives what came of it with the records' ids. */
	async function upload(photos: number, options: object = {}) {
		const ids = stage.zoho.records.addMany('Leads', photos);
		const run = await stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			{ parameters: byItem({ options: { parallelUploads: 10, ...options } }), onError: 'continueErrorOutput' },
		);
		return { ...run, ids };
	}

	/** Photos that lie on their records as they were sent. */
	const stored = (ids: string[]): number =>
		ids.filter((id, n) => stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(n))).length;

	/** Milliseconds between the calls before and after the longest pause in which none began, from the nth call on. */
	const longestPause = (): number => {
		const begun = stage.zoho.calls.map(({ at }) => at);
		return Math.max(...begun.slice(1).map((at, n) => at - (begun[n] ?? at)));
	};

	it.each(['TOO_MANY_REQUESTS', 'RATE_LIMIT_EXCEEDED'] as const)(
		'with %s: all photos stored, few refused',
		async (code) => {
			stage.zoho.limits.concurrency = 3;
			stage.zoho.limits.latencyMs = 200;
			stage.zoho.limits.tooManyCode = code;
			const { success, failure, ids } = await upload(60, { parallelUploads: 25 });
			expect(success.map(({ json }) => json.recordId)).toEqual(ids);
			expect(failure).toEqual([]);
			expect(stored(ids)).toBe(60);
			const refused = stage.zoho.calls.filter(({ status }) => status === 429);
			expect(refused.length).toBeGreaterThan(0);
			expect(refused.every((call) => call.code === code)).toBe(true);
			expect(refused.length / stage.zoho.calls.length).toBeLessThan(0.25);
		},
	);

	it('makes all calls pause together and go on with one less', async () => {
		stage.zoho.limits.latencyMs = 100;
		// The 11th call begins when ten are in progress, or follows on one of them.
		stage.zoho.faults.add({ when: { path: '/photo', nth: 11 }, answer: { kind: 'zoho', error: 'tooManyRequests' } });
		const { ids } = await upload(30);
		expect(stored(ids)).toBe(30);
		const refusedAt = stage.zoho.calls.findIndex(({ status }) => status === 429);
		// What was on its way already may still come in; then nobody calls for a quarter of a second at least.
		const after = stage.zoho.calls.slice(refusedAt);
		const gaps = after.slice(1).map(({ at }, n) => at - (after[n]?.at ?? at));
		const longest = Math.max(...gaps);
		expect(longest).toBeGreaterThanOrEqual(200);
		const resumed = after.slice(gaps.indexOf(longest) + 1);
		const ends = resumed.slice(0, 9).map(({ at, durationMs }) => at + durationMs);
		expect(resumed.length).toBeGreaterThan(10);
		expect(resumed[9]?.at).toBeGreaterThanOrEqual(Math.min(...ends));
	});

	it.each([
		['seconds', (): string => '2'],
		['a date', (): string => new Date(Math.ceil(Date.now() / 1000) * 1000 + 2000).toUTCString()],
	])('waits as long as Retry-After asks for in %s', async (_, value) => {
		const answer: FaultAnswer = { kind: 'zoho', error: 'tooManyRequests', headers: { 'retry-after': value() } };
		stage.zoho.faults.add({ when: { path: '/photo', nth: 3 }, answer });
		const { ids, failure } = await upload(8);
		expect(failure).toEqual([]);
		expect(stored(ids)).toBe(8);
		expect(longestPause()).toBeGreaterThanOrEqual(1500);
		expect(longestPause()).toBeLessThan(8000);
	});

	it('gives an item up after the time that was set, and goes on with the others', async () => {
		const ids = stage.zoho.records.addMany('Leads', 3);
		stage.zoho.faults.add({ when: { recordId: ids[1] }, answer: { kind: 'zoho', error: 'tooManyRequests' } });
		const { success, failure } = await stage.run(
			ids.map((id) => photoItem(id)),
			{
				parameters: byItem({ options: { maxRetries: 0, waitAtMost: 0.05 } }),
				onError: 'continueErrorOutput',
			},
		);
		expect(success.map(({ json }) => json.recordId)).toEqual([ids[0], ids[2]]);
		expect(failure).toHaveLength(1);
		const tries = stage.zoho.calls.filter(({ recordId }) => recordId === ids[1]);
		// Pauses of a quarter to half of a second, then of up to a second, two and four.
		expect(tries.length).toBeGreaterThanOrEqual(3);
		expect(tries.length).toBeLessThanOrEqual(5);
		expect(failure[0]?.json).toMatchObject({ error: { httpStatus: 429, attempts: tries.length, recordId: ids[1] } });
	});

	it('ends the run at once where the credits of the day are used up', async () => {
		stage.zoho.limits.credits = 12;
		stage.zoho.limits.latencyMs = 20;
		const { success, failure, ids } = await upload(60, { parallelUploads: 5 });
		expect(success).toHaveLength(12);
		expect(stored(ids)).toBe(12);
		expect(failure).toHaveLength(48);
		const codes = failure.map(({ json }) => JSON.stringify(json.error)).map((text) => /"code":"(\w+)"/.exec(text)?.[1]);
		expect(codes.filter((code) => code === 'NOT_ATTEMPTED').length).toBeGreaterThanOrEqual(43);
		// Whatever was in progress when the first was told, and nothing after it.
		expect(stage.zoho.calls.length).toBeLessThanOrEqual(17);
	});
});
