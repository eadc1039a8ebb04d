import { numberedPhoto, photoItem } from './photos.cts';
import { photoWorkflow, byItem, startStage, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(120_000);

const EXECUTIONS = 40;

// Of the cores, 2.41 alone has executions wait for each other's renewal, so the older cores are left out.
describe('many executions at once whose token has run out', () => {
	let stage: Stage;

	beforeAll(async () => {
		// Long enough for the renewal of one to fall between two readings of another.
		stage = await startStage({ credentialReadMs: 20 });
	}, 60_000);
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
});
