import { numberedPhoto, photoItem } from './photos.cts';
import { byItem, CORES, startStageOn, type PhotoNodeSettings, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('Keeping an existing photo, on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	const keep: PhotoNodeSettings = {
		parameters: byItem({ options: { existingPhoto: 'keep' } }),
		onError: 'continueErrorOutput',
	};
	const called = (): string[] => stage.zoho.calls.map(({ method, path }) => `${method} ${path.replace('/crm/v8', '')}`);

	it('leaves the record alone and says so, by one call that costs few bytes', async () => {
		const [id = ''] = stage.zoho.records.addMany('Leads', 1);
		await stage.run([photoItem(id, numberedPhoto(1))]);
		stage.zoho.clearLog();
		const { success, failure } = await stage.run([photoItem(id, numberedPhoto(2))], keep);
		expect(failure).toEqual([]);
		expect(success).toEqual([
			{
				json: {
					code: 'SKIPPED',
					details: {},
					message: 'the record already has a photo',
					status: 'skipped',
					module: 'Leads',
					recordId: id,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(called()).toEqual([`GET /Leads/${id}`]);
		expect(stage.zoho.calls[0]?.query).toEqual({ fields: 'Record_Image' });
		expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(1))).toBe(true);
	});

	it('lets a backfill be run again and again: only what is missing is sent', async () => {
		const ids = stage.zoho.records.addMany('Leads', 12);
		const items = ids.map((id, n) => photoItem(id, numberedPhoto(n)));
		await stage.run(items.slice(0, 5), keep);
		const { success } = await stage.run(items, keep);
		expect(success.map(({ json }) => json.code)).toEqual(ids.map((_, n) => (n < 5 ? 'SKIPPED' : 'SUCCESS')));
		const third = await stage.run(items, keep);
		expect(third.success.map(({ json }) => json.code)).toEqual(ids.map(() => 'SKIPPED'));
		expect(third.node.hints).toEqual([]);
		expect(ids.map((id) => stage.zoho.photos.get('Leads', id)?.uploads)).toEqual(ids.map(() => 1));
	});

	it('needs no file for a record that is left alone', async () => {
		const [id = ''] = stage.zoho.records.addMany('Leads', 1);
		await stage.run([photoItem(id)]);
		const { success } = await stage.run([{ json: { id } }], keep);
		expect(success[0]?.json.code).toBe('SKIPPED');
	});

	it('puts the first of two photos for one record, and keeps it', async () => {
		const [id = ''] = stage.zoho.records.addMany('Leads', 1);
		const { success } = await stage.run([photoItem(id, numberedPhoto(1)), photoItem(id, numberedPhoto(2))], keep);
		expect(success.map(({ json }) => json.code)).toEqual(['SUCCESS', 'SKIPPED']);
		expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(1))).toBe(true);
	});

	it('looks for the photo itself where the record does not show the field', async () => {
		const [has = '', hasNot = ''] = stage.zoho.records.addMany('Leads', 2);
		await stage.run([photoItem(has)]);
		for (const id of [has, hasNot]) {
			stage.zoho.faults.add({
				when: { path: `/Leads/${id}`, method: 'GET', nth: 1 },
				answer: { kind: 'http', status: 200, body: { data: [{ id }] } },
			});
		}
		stage.zoho.clearLog();
		const { success } = await stage.run([photoItem(has), photoItem(hasNot)], keep);
		expect(success.map(({ json }) => json.code)).toEqual(['SKIPPED', 'SUCCESS']);
		expect(called().filter((call) => call.includes(has))).toEqual([`GET /Leads/${has}`, `GET /Leads/${has}/photo`]);
		expect(called().filter((call) => call.includes(hasNot))).toEqual([
			`GET /Leads/${hasNot}`,
			`GET /Leads/${hasNot}/photo`,
			`POST /Leads/${hasNot}/photo`,
		]);
	});

	it('takes a photo that waits for its approval for one that is there', async () => {
		const id = stage.zoho.records.magicId('imagePending');
		stage.zoho.faults.add({
			when: { path: `/Leads/${id}`, method: 'GET', nth: 1 },
			answer: { kind: 'http', status: 200, body: { data: [{ id }] } },
		});
		const { success } = await stage.run([photoItem(id)], keep);
		expect(success[0]?.json.code).toBe('SKIPPED');
		expect(stage.zoho.photos.count).toBe(0);
	});

	it('names the scope that looking for a photo lacks, and sends nothing', async () => {
		const ids = stage.zoho.records.addMany('Leads', 5);
		const credential = stage.zoho.connect({ scopes: 'ZohoCRM.modules.CREATE' });
		const { failure } = await stage.run(
			ids.map((id) => photoItem(id)),
			keep,
			{ credential },
		);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'OAUTH_SCOPE_MISMATCH',
			message: expect.stringContaining('ZohoCRM.modules.leads.READ'),
		});
		expect(failure).toHaveLength(5);
		expect(stage.zoho.photos.count).toBe(0);
		expect(stage.zoho.calls.length).toBeLessThanOrEqual(2);
	});

	it.each(['deleted', 'noPermission'] as const)('sends nothing to a record "%s", and says why', async (condition) => {
		const id = stage.zoho.records.magicId(condition);
		const { success, failure } = await stage.run([photoItem(id)], keep);
		expect(success).toEqual([]);
		expect(failure[0]?.json.error).toMatchObject({ recordId: id, httpStatus: expect.any(Number) });
		expect(stage.zoho.photos.count).toBe(0);
	});
});
