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
					module: 'Leads',
					recordId: id,
					code: 'SKIPPED',
					message: 'the record already has a photo',
					status: 'skipped',
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

	it('puts the first of two photos for one record among others, and tries the second where the first is refused', async () => {
		const [ada = '', grace = '', alan = ''] = stage.zoho.records.addMany('Leads', 3);
		const { success, failure } = await stage.run(
			[
				photoItem(ada, numberedPhoto(1)),
				photoItem(grace, Buffer.from('no photo')),
				photoItem(alan),
				photoItem(ada, numberedPhoto(2)),
				photoItem(grace, numberedPhoto(3)),
			],
			keep,
		);
		expect(success.map(({ json }) => [json.recordId, json.code])).toEqual([
			[ada, 'SUCCESS'],
			[alan, 'SUCCESS'],
			[ada, 'SKIPPED'],
			[grace, 'SUCCESS'],
		]);
		expect(failure).toHaveLength(1);
		expect(stage.zoho.photos.get('Leads', ada)?.bytes.equals(numberedPhoto(1))).toBe(true);
	});

	it('looks for the photo itself where the record does not show the field', async () => {
		const [has = '', hasNot = ''] = stage.zoho.records.addMany('Leads', 2);
		await stage.run([photoItem(has)]);
		stage.zoho.faults.add({
			when: { path: '/Leads', method: 'GET', nth: 1 },
			answer: { kind: 'http', status: 200, body: { data: [{ id: hasNot }, { id: has }] } },
		});
		stage.zoho.clearLog();
		const { success } = await stage.run([photoItem(has), photoItem(hasNot)], keep);
		expect(success.map(({ json }) => json.code)).toEqual(['SKIPPED', 'SUCCESS']);
		expect([...called()].sort()).toEqual([
			'GET /Leads',
			`GET /Leads/${has}/photo`,
			`GET /Leads/${hasNot}/photo`,
			`POST /Leads/${hasNot}/photo`,
		]);
	});

	it('learns of a hundred records in one call, and sends what is missing', async () => {
		const ids = stage.zoho.records.addMany('Leads', 250);
		const items = ids.map((id) => photoItem(id));
		const without = new Set([3, 104, 249]);
		await stage.run(items.filter((_, n) => !without.has(n)));
		stage.zoho.clearLog();
		const { success } = await stage.run(items, keep);
		expect(success.map(({ json }) => json.code)).toEqual(ids.map((_, n) => (without.has(n) ? 'SUCCESS' : 'SKIPPED')));
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		const [lists, others] = [called().filter((call) => call === 'GET /Leads'), called()];
		expect(lists).toHaveLength(3);
		expect(others).toHaveLength(6);
		expect(stage.zoho.calls[0]?.query).toEqual({ fields: 'Record_Image', ids: ids.slice(0, 100).join(',') });
	});

	it('is in step with the loop: photos go out before all records were asked for', async () => {
		const ids = stage.zoho.records.addMany('Leads', 220);
		await stage.run(
			ids.map((id) => photoItem(id)),
			keep,
		);
		const order = called().map((call) => call.split(' ')[0]);
		expect(order.filter((method) => method === 'GET')).toHaveLength(3);
		// Two calls for a hundred records each, and the third when the second hundred are worked on.
		expect(order.indexOf('POST')).toBeLessThanOrEqual(2);
		expect(order.lastIndexOf('GET')).toBeGreaterThan(80);
	});

	it('asks for the records of each module by themselves', async () => {
		const people = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? 'Leads' : 'Contacts')).map((module) => ({
			module,
			id: stage.zoho.records.add(module),
		}));
		const module = { __rl: true, mode: 'name', value: '={{ $json.module }}' };
		const { success } = await stage.run(
			people.map(({ id, ...more }) => photoItem(id, numberedPhoto(1), 'a.png', more)),
			{ ...keep, parameters: byItem({ module, options: { existingPhoto: 'keep' } }) },
		);
		expect(success.map(({ json }) => json.recordId)).toEqual(people.map(({ id }) => id));
		expect(called().filter((call) => call.startsWith('GET'))).toEqual(
			expect.arrayContaining(['GET /Leads', 'GET /Contacts']),
		);
		expect(called()).toHaveLength(22);
	});

	it('explains a record that is not in the answer, in the words of Zoho, and goes on with the others', async () => {
		const [one = '', other = ''] = stage.zoho.records.addMany('Leads', 2);
		const gone = stage.zoho.records.magicId('deleted');
		await stage.run([photoItem(one)]);
		const { success, failure } = await stage.run([photoItem(one), photoItem(gone), photoItem(other)], keep);
		expect(success.map(({ json }) => json.code)).toEqual(['SKIPPED', 'SUCCESS']);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'INVALID_DATA',
			message: `Zoho CRM did not find record ${gone} of Leads [item 1]`,
			recordId: gone,
		});
	});

	it('asks for each record by itself where Zoho does not tell of several at a time', async () => {
		const ids = stage.zoho.records.addMany('Leads', 120);
		const items = ids.map((id) => photoItem(id));
		await stage.run(items);
		stage.zoho.clearLog();
		const refusal = { code: 'INVALID_DATA', details: { param_name: 'ids' }, message: 'invalid data', status: 'error' };
		stage.zoho.faults.add({
			when: { path: '/Leads', method: 'GET', nth: 1 },
			answer: { kind: 'http', status: 400, body: refusal },
		});
		const { success } = await stage.run(items, keep);
		expect(success.map(({ json }) => json.code)).toEqual(ids.map(() => 'SKIPPED'));
		// The call for the last twenty had gone out already.
		expect(called().filter((call) => call === 'GET /Leads').length).toBeLessThanOrEqual(2);
		expect(called().length).toBeGreaterThan(100);
	});

	it('asks by e-mail and for the photos of a hundred records together', async () => {
		const ids = Array.from({ length: 200 }, (_, n) =>
			stage.zoho.records.add('Leads', { fields: { Email: `p${n}@example.com` } }),
		);
		await stage.run(ids.map((id) => photoItem(id)));
		stage.zoho.clearLog();
		const { success } = await stage.run(
			ids.map((_, n) => ({ json: { value: `P${n}@example.com` } })),
			{
				...keep,
				parameters: {
					module: { __rl: true, mode: 'name', value: 'Leads' },
					recordId: { __rl: true, mode: 'field', value: '={{ $json.value }}' },
					options: { existingPhoto: 'keep' },
				},
			},
		);
		expect(success.map(({ json }) => [json.code, json.recordId])).toEqual(ids.map((id) => ['SKIPPED', id]));
		expect([...called()].sort()).toEqual(['GET /Leads', 'GET /Leads', ...Array<string>(4).fill('POST /coql')]);
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
