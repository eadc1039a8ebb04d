import { numberedPhoto, photoItem } from './photos.cts';
import { byItem, CORES, photoWorkflow, startStageOn, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(120_000);

const EXECUTIONS = 40;

describe.each(CORES)('many executions at once whose token has run out, on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		// Long enough for the renewal of one to fall between two readings of another.
		stage = await startStageOn(core, { credentialReadMs: 20 });
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	it.each([1, 2, 3, 4, 5])('renew it once, and each photo arrives (started %i ms apart)', async (apart) => {
		const { zoho, engine } = stage;
		const ids = zoho.records.addMany('Leads', EXECUTIONS);
		await engine.storeCredentials({ zoho: zoho.connect({ expired: true }) });
		const runs = ids.map(async (id, n) => {
			await new Promise((resolve) => setTimeout(resolve, n * apart));
			const items = [photoItem(id, numberedPhoto(n))];
			return await engine.run({ workflow: photoWorkflow({ parameters: byItem() }), items });
		});
		for (const { status } of await Promise.all(runs)) expect(status).toBe('success');
		expect(zoho.tokenCalls.map(({ outcome }) => outcome)).toEqual(['ok']);
		ids.forEach((id, n) => expect(zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(n))).toBe(true));
	});

	it('ask once where Zoho refuses, and the next run with a new token goes well', async () => {
		const { zoho, engine } = stage;
		const ids = zoho.records.addMany('Leads', 25);
		const credential = zoho.connect({ expired: true });
		await engine.storeCredentials({ zoho: credential });
		const answer = { kind: 'http', status: 200, body: { error: 'Access Denied', status: 'failure' } } as const;
		zoho.faults.add({ when: { host: 'accounts.zoho.com' }, answer });
		const start = async (id: string, n: number) => {
			const items = [photoItem(id, numberedPhoto(n))];
			return await engine.run({ workflow: photoWorkflow({ parameters: byItem() }), items });
		};
		const runs = await Promise.all(ids.map(start));
		for (const { error } of runs) expect(error?.message).toContain('Access Denied');
		expect(zoho.tokenCalls).toHaveLength(1);

		zoho.faults.clear();
		await engine.storeCredentials({ zoho: zoho.connect() });
		expect((await start(ids[0] ?? '', 0)).status).toBe('success');
	});
});
