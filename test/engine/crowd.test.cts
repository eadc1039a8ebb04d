import { numberedPhoto, photoItem } from './photos.cts';
import { byItem, CORES, photoWorkflow, startStageOn, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(120_000);

describe.each(CORES)('a crowd of executions with one photo each on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	it('learns together that the credits of the day are used up', async () => {
		const { zoho, engine } = stage;
		const ids = zoho.records.addMany('Leads', 80);
		zoho.limits.credits = 12;
		zoho.limits.latencyMs = 50;
		await engine.storeCredentials({ zoho: zoho.connect() });
		const runs = ids.map(async (id, n) => {
			return await engine.run({
				workflow: photoWorkflow({ parameters: byItem() }),
				items: [photoItem(id, numberedPhoto(n))],
			});
		});
		const ended = await Promise.all(runs);
		expect(ended.filter(({ status }) => status === 'success')).toHaveLength(12);
		const told = ended.flatMap(({ error }) => (error === undefined ? [] : [`${error.message} ${error.description}`]));
		expect(told).toHaveLength(68);
		for (const text of told) expect(text).toContain('API credits of the last 24 hours');
		// Those that were on their way when the first was told.
		expect(zoho.calls.length).toBeLessThanOrEqual(12 + 12);
	});

	it.each([5, 10])('shares the calls that the org takes: %i at a time', async (concurrency) => {
		const { zoho, engine } = stage;
		const ids = zoho.records.addMany('Leads', 120);
		zoho.limits.concurrency = concurrency;
		zoho.limits.latencyMs = 200;
		await engine.storeCredentials({ zoho: zoho.connect() });
		const runs = ids.map(async (id, n) => {
			const items = [photoItem(id, numberedPhoto(n))];
			return await engine.run({ workflow: photoWorkflow({ parameters: byItem() }), items });
		});
		for (const { status } of await Promise.all(runs)) expect(status).toBe('success');
		expect(ids.filter((id, n) => zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(n)))).toEqual(ids);
		const refused = zoho.calls.filter(({ status }) => status === 429);
		expect(refused.length / zoho.calls.length).toBeLessThan(0.15);
	});
});
