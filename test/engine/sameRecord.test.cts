import { numberedPhoto, photoItem } from './photos.cts';
import { byItem, startStage, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe('several photos for one record', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStage();
	}, 60_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	/** Fails where a call for the record began before the one before it was answered. */
	const expectOneAtATime = (id: string): void => {
		const calls = stage.zoho.calls.filter(({ recordId }) => recordId === id);
		const ends = calls.map(({ at, durationMs }) => at + durationMs);
		calls.slice(1).forEach(({ at }, n) => expect(at).toBeGreaterThanOrEqual(ends[n] ?? Infinity));
	};
	const sha = (id: string, module = 'Leads') => stage.zoho.photos.get(module, id)?.history;
	const parameters = byItem({ options: { parallelUploads: 10 } });

	it('go one after another in the input order, so that the last one wins, however long each takes', async () => {
		const [ada = '', grace = ''] = stage.zoho.records.addMany('Leads', 2);
		// Each call is quicker than the one before: side by side, the first would be stored last.
		[900, 500, 200].forEach((ms, n) => {
			stage.zoho.faults.add({ when: { recordId: ada, nth: n + 1 }, answer: { kind: 'slow', ms } });
		});
		const items = [1, 2, 3, 4].map((n) => photoItem(ada, numberedPhoto(n)));
		const { success } = await stage.run([...items, photoItem(grace, numberedPhoto(9))], { parameters });
		expect(success.map(({ json }) => json.recordId)).toEqual([ada, ada, ada, ada, grace]);
		expect(stage.zoho.photos.get('Leads', ada)).toMatchObject({ uploads: 4 });
		expect(stage.zoho.photos.get('Leads', ada)?.bytes.equals(numberedPhoto(4))).toBe(true);
		expectOneAtATime(ada);
	});

	it('keep their order through tries again', async () => {
		const id = stage.zoho.records.add('Leads');
		stage.zoho.faults.add({ when: { recordId: id, nth: [1, 3] }, answer: { kind: 'zoho', error: 'internalError' } });
		const { success } = await stage.run(
			[1, 2, 3].map((n) => photoItem(id, numberedPhoto(n))),
			{ parameters },
		);
		expect(success).toHaveLength(3);
		expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(3))).toBe(true);
		expect(stage.zoho.calls.map(({ status }) => status)).toEqual([500, 200, 500, 200, 200]);
		expectOneAtATime(id);
	});

	it('go on when one of them is refused', async () => {
		const id = stage.zoho.records.add('Leads');
		const { success, failure } = await stage.run(
			[photoItem(id, numberedPhoto(1)), photoItem(id, Buffer.from('no photo')), photoItem(id, numberedPhoto(3))],
			{ parameters, onError: 'continueErrorOutput' },
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(failure.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(3))).toBe(true);
	});

	it('do not hold up those for other records', async () => {
		stage.zoho.limits.latencyMs = 1500;
		const [busy = '', ...others] = stage.zoho.records.addMany('Leads', 11);
		await stage.run(
			[...[1, 2, 3, 4].map((n) => photoItem(busy, numberedPhoto(n))), ...others.map((id) => photoItem(id))],
			{ parameters },
		);
		const begun = stage.zoho.calls.map(({ recordId }) => recordId);
		// After the first call alone: the next for the same record, and all others beside it.
		expect(begun.lastIndexOf(busy)).toBeGreaterThan(begun.lastIndexOf(others.at(-1)));
		expect(stage.zoho.counters.peakConcurrentCalls).toBe(10);
	});

	it('are those of the same module; the same id of another module is another record', async () => {
		stage.zoho.limits.latencyMs = 1000;
		const id = stage.zoho.records.add('Leads');
		stage.zoho.records.add('Contacts', { id });
		const first = stage.zoho.records.add('Leads');
		const items = [
			photoItem(first),
			...['Leads', 'Contacts'].map((module) => photoItem(id, numberedPhoto(1), 'a.png', { module })),
		];
		const module = { __rl: true, mode: 'name', value: '={{ $json.module ?? "Leads" }}' };
		await stage.run(items, { parameters: byItem({ module, options: { parallelUploads: 10 } }) });
		expect(stage.zoho.counters.peakConcurrentCalls).toBe(2);
		expect(sha(id, 'Contacts')).toHaveLength(1);
	});
});
