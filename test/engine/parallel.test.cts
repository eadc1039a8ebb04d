import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { blackBmp } from '../emulator/photoSamples.cts';
import { numberedPhoto, photoItem } from './photos.cts';
import { byItem, CORES, startStageOn, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(120_000);

/** Parameters with this many uploads at a time. */
const atATime = (parallelUploads: number): object => ({ parameters: byItem({ options: { parallelUploads } }) });

describe.each(CORES)('many photos on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	it('come out in the input order, however long each takes, with the input they belong to', async () => {
		const ids = stage.zoho.records.addMany('Leads', 24);
		// The earlier the item, the longer its call.
		ids.slice(0, 8).forEach((recordId, n) => {
			stage.zoho.faults.add({ when: { recordId }, answer: { kind: 'slow', ms: 800 - n * 100 } });
		});
		const { success } = await stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			atATime(8),
		);
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		const ended = stage.zoho.calls.map(({ at, durationMs, recordId }) => ({ end: at + durationMs, recordId }));
		const inOrderOfEnd = ended.sort((one, other) => one.end - other.end).map(({ recordId }) => recordId);
		expect(inOrderOfEnd).not.toEqual(ids);
		ids.forEach((id, n) => expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(n))).toBe(true));
	});

	it('go first one alone, then as many at a time as set', async () => {
		stage.zoho.limits.latencyMs = 1500;
		const ids = stage.zoho.records.addMany('Leads', 13);
		await stage.run(
			ids.map((id) => photoItem(id)),
			atATime(6),
		);
		const begun = stage.zoho.calls.map(({ at }) => at - (stage.zoho.calls[0]?.at ?? 0));
		expect(begun[1]).toBeGreaterThanOrEqual(1450);
		expect(stage.zoho.counters.peakConcurrentCalls).toBe(6);
		expect(begun).toHaveLength(13);
	});

	it('go as many at a time as set from the first on where n8n has noted that the token serves', async () => {
		stage.zoho.limits.latencyMs = 1500;
		const ids = stage.zoho.records.addMany('Leads', 12);
		const { success } = await stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			atATime(6),
			{ credential: stage.zoho.connect({ timed: true }) },
		);
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		const begun = stage.zoho.calls.map(({ at }) => at - (stage.zoho.calls[0]?.at ?? 0));
		expect(begun[5]).toBeLessThan(1450);
		expect(begun[6]).toBeGreaterThanOrEqual(1450);
		expect(stage.zoho.counters.peakConcurrentCalls).toBe(6);
	});

	it('cost one renewal where such a token was revoked before its time', async () => {
		stage.zoho.limits.latencyMs = 300;
		const ids = stage.zoho.records.addMany('Leads', 30);
		const credential = stage.zoho.connect({ timed: true });
		stage.zoho.tokens.expireAll();
		const { success, tokenUpdates } = await stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			atATime(10),
			{ credential },
		);
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		expect(tokenUpdates).toBe(1);
		expect(stage.zoho.tokenCalls).toHaveLength(1);
		expect(stage.zoho.calls.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
		ids.forEach((id, n) => expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(n))).toBe(true));
	});

	it('go one after another where one at a time is set', async () => {
		stage.zoho.limits.latencyMs = 30;
		const ids = stage.zoho.records.addMany('Leads', 6);
		await stage.run(
			ids.map((id) => photoItem(id)),
			atATime(1),
		);
		expect(stage.zoho.counters.peakConcurrentCalls).toBe(1);
		expect(stage.zoho.calls.map(({ recordId }) => recordId)).toEqual(ids);
	});

	it('go five at a time where nothing is set', async () => {
		stage.zoho.limits.latencyMs = 1200;
		const ids = stage.zoho.records.addMany('Leads', 16);
		await stage.run(ids.map((id) => photoItem(id)));
		expect(stage.zoho.counters.peakConcurrentCalls).toBe(5);
	});

	it('cost one renewal where the token has run out before the run', async () => {
		stage.zoho.limits.latencyMs = 1500;
		const ids = stage.zoho.records.addMany('Leads', 30);
		const { status, tokenUpdates } = await stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			atATime(10),
			{ credential: stage.zoho.connect({ expired: true }) },
		);
		expect(status).toBe('success');
		expect(tokenUpdates).toBe(1);
		expect(stage.zoho.tokenCalls).toHaveLength(1);
		// The first call alone met the old token, and all others had the new one.
		expect(stage.zoho.calls.map(({ tokenGeneration }) => tokenGeneration)).toEqual([1, ...Array<number>(30).fill(2)]);
		expect(stage.zoho.counters.peakConcurrentCalls).toBe(10);
		expect(stage.zoho.photos.count).toBe(30);
	});

	it('cost one renewal where the token runs out in the middle, with ten calls in progress', async () => {
		stage.zoho.limits.latencyMs = 50;
		const ids = stage.zoho.records.addMany('Leads', 60);
		const credential = stage.zoho.connect();
		stage.zoho.tokens.expireAfterCalls(25);
		const { success } = await stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			atATime(10),
			{ credential },
		);
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		expect(stage.zoho.tokenCalls.map(({ outcome }) => outcome)).toEqual(['ok']);
		expect(stage.zoho.calls.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
		ids.forEach((id, n) => {
			expect(stage.zoho.photos.get('Leads', id)).toMatchObject({ uploads: 1 });
			expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(n))).toBe(true);
		});
	});
});

describe('the memory of a run', () => {
	it('depends on how many photos are uploaded at a time, not on how many there are', async () => {
		const stage = await startStageOn('root');
		const folder = await mkdtemp(path.join(tmpdir(), 'memory-'));
		try {
			const file = path.join(folder, 'large.bmp');
			const bytes = blackBmp(1800, 1480);
			await writeFile(file, bytes);
			stage.zoho.photos.keepBytes = false;
			const ids = stage.zoho.records.addMany('Leads', 40);
			const items = ids.map((id) => ({ json: { id }, binary: { data: { data: { file }, fileName: 'large.bmp' } } }));
			const base = (await stage.engine.memory()).rss;
			const { success } = await stage.run(items, atATime(2), { omitOutput: ['Source'] });
			expect(success).toHaveLength(40);
			// All together they have more than 300 million bytes.
			expect((await stage.engine.memory()).rss - base).toBeLessThan(150_000_000);
		} finally {
			await stage.close();
			await rm(folder, { recursive: true });
		}
	});
});
