import type { InputItem } from './harness/engine.cts';
import { numberedPhoto, photoItem } from './photos.cts';
import { CORES, startStageOn, type PhotoNodeSettings, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

/** The node set to find each item's record by what its JSON has in `value`. */
function byField(more: object = {}, module = 'Contacts'): PhotoNodeSettings {
	return {
		parameters: {
			module: { __rl: true, mode: 'name', value: module },
			recordId: { __rl: true, mode: 'field', value: '={{ $json.value }}' },
			...more,
		},
		onError: 'continueErrorOutput',
	};
}

function itemFor(value: unknown, n = 0): InputItem {
	return photoItem('', numberedPhoto(n), 'photo.png', { value });
}

describe.each(CORES)('Records by what people know, on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	const contact = (fields: Record<string, string>, more: object = {}): string =>
		stage.zoho.records.add('Contacts', { fields, ...more });
	const queries = (): string[] => stage.zoho.calls.flatMap(({ selectQuery }) => selectQuery ?? []);
	const photoOf = (id: string, module = 'Contacts') => stage.zoho.photos.get(module, id);

	it('puts the photo on the contact with the e-mail address, by one call more, and says which one it is', async () => {
		const id = contact({ Email: 'ada@example.com' });
		const { success, failure } = await stage.run([itemFor('ada@example.com')], byField());
		expect(failure).toEqual([]);
		expect(success[0]?.json).toMatchObject({ code: 'SUCCESS', module: 'Contacts', recordId: id });
		expect(photoOf(id)?.bytes.equals(numberedPhoto(0))).toBe(true);
		expect(stage.zoho.calls.map(({ method, path, status }) => [method, path, status])).toEqual([
			['POST', '/crm/v8/coql', 200],
			['POST', `/crm/v8/Contacts/${id}/photo`, 200],
		]);
		expect(queries()).toEqual([
			"select id, Email, Full_Name from Contacts where Email in ('ada@example.com') order by Modified_Time desc limit 200",
		]);
	});

	it('finds a record that was made a moment ago, and compares without regard to case and spaces around', async () => {
		const id = contact({ Email: 'Ada.Lovelace@Example.com' });
		const { success } = await stage.run([itemFor('  ada.lovelace@example.COM\n')], byField());
		expect(success[0]?.json.recordId).toBe(id);
	});

	it.each([
		['Products', 'Product_Code', 'AB-17'],
		['Accounts', 'Account_Name', 'Zylker & Sons'],
		['Deals', 'Deal_Name', 'Engine order'],
		['Vendors', 'Email', 'relay@example.com'],
		['Pets', 'Email', 'laika@example.com'],
		['Leads', 'Email', 'lead@example.com'],
	])('looks in %s for %s where no field is named', async (module, field, value) => {
		const named = field.endsWith('_Name') ? { name: value } : { fields: { [field]: value } };
		const id = stage.zoho.records.add(module, named);
		const { success } = await stage.run([itemFor(value)], byField({}, module));
		expect(success[0]?.json).toMatchObject({ module, recordId: id });
		expect(photoOf(id, module)?.uploads).toBe(1);
	});

	it('takes any field of a record, also by expression', async () => {
		const id = contact({ Email: '', Last_Name: 'Noether', Phone: '+49 30 1234567' });
		const options = { matchField: '={{ $json.field }}' };
		const items = [
			{ ...itemFor('Noether'), json: { value: 'Noether', field: 'Last_Name' } },
			{ ...itemFor(''), json: { value: id, field: 'id' } },
		];
		const { success, failure } = await stage.run(items, byField({ options }));
		expect(failure).toEqual([]);
		expect(success.map(({ json }) => json.recordId)).toEqual([id, id]);
	});

	it('finds a phone number that is written with digits alone', async () => {
		const id = contact({ Phone: '+49301234567' });
		const { success } = await stage.run([itemFor('0049 (30) 123-4567')], byField({ options: { matchField: 'Phone' } }));
		expect(success[0]?.json.recordId).toBe(id);
	});

	it('finds a record by a field of numbers', async () => {
		stage.zoho.coql.numberFields.add('Product_Code');
		const id = stage.zoho.records.add('Products', { fields: { Product_Code: '4711' } });
		const { success, failure } = await stage.run([itemFor(4711), itemFor('none')], byField({}, 'Products'));
		expect(success.map(({ json }) => json.recordId)).toEqual([id]);
		expect(failure[0]?.json.error).toMatchObject({ code: 'INVALID_QUERY' });
	});

	it('says which value no record has, and goes on with the others', async () => {
		const id = contact({ Email: 'ada@example.com' });
		const { success, failure, node } = await stage.run(
			[itemFor('nobody@example.com'), itemFor('ada@example.com')],
			byField(),
		);
		expect(success.map(({ json }) => json.recordId)).toEqual([id]);
		expect(failure[0]?.json.error).toEqual({
			message: "No record of Contacts has 'nobody@example.com' in the field Email [item 0]",
			description: expect.stringContaining('Field to Match'),
			code: 'RECORD_NOT_FOUND',
			module: 'Contacts',
			recordId: 'nobody@example.com',
		});
		expect(JSON.stringify(node.hints)).toContain('1 of 2 photos uploaded, 1 not uploaded: record not found');
	});

	it('does not find a deleted record', async () => {
		contact({ Email: 'gone@example.com' }, { condition: 'deleted' });
		const { failure } = await stage.run([itemFor('gone@example.com')], byField());
		expect(failure[0]?.json.error).toMatchObject({ code: 'RECORD_NOT_FOUND' });
	});

	it('names the records where several match, the one changed last first, five at most', async () => {
		const ids = [1, 2, 3, 4, 5, 6, 7].map((n) =>
			contact({ Email: 'info@example.com' }, { name: `Person ${n}`, modifiedAt: 1_000_000 * n }),
		);
		const { failure } = await stage.run([itemFor('info@example.com')], byField());
		const named = [7, 6, 5, 4, 3].map((n) => `Person ${n} (${ids[n - 1]})`).join(', ');
		expect(failure[0]?.json.error).toMatchObject({
			code: 'SEVERAL_RECORDS_FOUND',
			message: `7 records of Contacts have 'info@example.com' in the field Email: ${named} and 2 more [item 0]`,
			recordId: 'info@example.com',
		});
		expect(stage.zoho.photos.count).toBe(0);
	});

	it('takes the one changed last of several where that is wished', async () => {
		contact({ Email: 'info@example.com' }, { modifiedAt: 1_000_000 });
		const newest = contact({ Email: 'info@example.com' }, { modifiedAt: 3_000_000 });
		contact({ Email: 'info@example.com' }, { modifiedAt: 2_000_000 });
		const { success } = await stage.run(
			[itemFor('info@example.com')],
			byField({ options: { severalMatches: 'newest' } }),
		);
		expect(success.map(({ json }) => json.recordId)).toEqual([newest]);
	});

	it('downloads and deletes by field too', async () => {
		const id = contact({ Email: 'ada@example.com' });
		await stage.run([itemFor('ada@example.com', 4)], byField());
		const download = await stage.run([itemFor('ada@example.com')], byField({ operation: 'download' }));
		expect(download.success[0]?.json).toMatchObject({ recordId: id, hasPhoto: true });
		const deleted = await stage.run([itemFor('ada@example.com')], byField({ operation: 'delete' }));
		expect(deleted.success[0]?.json).toMatchObject({ recordId: id, message: 'Photo deleted' });
		expect(photoOf(id)).toBeUndefined();
	});

	it.each([
		['', 'INVALID_DATA', 'is empty'],
		[null, 'INVALID_DATA', 'is empty'],
		[1e21, 'INVALID_DATA', 'rounded'],
	])('refuses the value %j without a call', async (value, code, says) => {
		const { failure } = await stage.run([itemFor(value)], byField());
		expect(failure[0]?.json.error).toMatchObject({ code, message: expect.stringContaining(says) });
		expect(stage.zoho.calls).toEqual([]);
	});

	it.each([
		[{ matchField: 'Email) or (id' }, 'Field to Match'],
		[{ matchField: "Email'" }, 'Field to Match'],
		[{ severalMatches: 'all' }, 'If Several Records Match'],
	])('refuses the options %j without a call', async (options, name) => {
		const { failure } = await stage.run([itemFor('ada@example.com')], byField({ options }));
		expect(failure[0]?.json.error).toMatchObject({ code: 'INVALID_PARAMETER', message: expect.stringContaining(name) });
		expect(stage.zoho.calls).toEqual([]);
	});

	it('names the field that the module does not have, by one call for all', async () => {
		const items = Array.from({ length: 120 }, (_, n) => itemFor(`value ${n}`));
		const { failure } = await stage.run(items, byField({ options: { matchField: 'Shoe_Size' } }));
		expect(failure).toHaveLength(120);
		for (const { json } of failure) {
			expect(json.error).toMatchObject({
				code: 'INVALID_QUERY',
				message: expect.stringContaining("cannot look for records of Contacts by a field 'Shoe_Size'"),
			});
		}
		expect(stage.zoho.calls.length).toBeLessThanOrEqual(2);
	});

	it('names the scope that is missing, and asks once', async () => {
		const items = Array.from({ length: 120 }, (_, n) => itemFor(`person${n}@example.com`));
		const credential = stage.zoho.connect({ scopes: 'ZohoCRM.modules.CREATE,ZohoCRM.modules.READ' });
		const { failure } = await stage.run(items, byField(), { credential });
		expect(failure.map(({ json }) => Object(json.error).code)).toEqual([
			'OAUTH_SCOPE_MISMATCH',
			...Array<string>(119).fill('NOT_ATTEMPTED'),
		]);
		expect(failure[0]?.json.error).toMatchObject({
			message: expect.stringContaining('ZohoCRM.coql.READ'),
			description: expect.stringContaining('connect the account again'),
		});
		expect(stage.zoho.calls.length).toBeLessThanOrEqual(2);
	});

	it('asks for the values of fifty items in one call, and for each value once', async () => {
		const ids = Array.from({ length: 120 }, (_, n) => contact({ Email: `person${n}@example.com` }));
		const items = ids.map((_, n) => itemFor(`person${n}@example.com`, n));
		const { success } = await stage.run(items, byField());
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		ids.forEach((id, n) => expect(photoOf(id)?.bytes.equals(numberedPhoto(n))).toBe(true));
		expect(queries().map((query) => query.split('@').length - 1)).toEqual([50, 50, 20]);

		stage.zoho.clearLog();
		const again = Array.from({ length: 90 }, (_, n) => itemFor(`person${n % 3}@example.com`, n));
		await stage.run(again, byField());
		expect(queries()).toHaveLength(1);
	});

	it('asks for each module by itself where items differ in it', async () => {
		const people = Array.from({ length: 40 }, (_, n) => {
			const module = n % 2 === 0 ? 'Leads' : 'Contacts';
			return { module, id: stage.zoho.records.add(module, { fields: { Email: `p${n}@example.com` } }) };
		});
		const items = people.map(({ module }, n) =>
			photoItem('', numberedPhoto(n), 'a.png', { module, value: `p${n}@example.com` }),
		);
		const module = { __rl: true, mode: 'name', value: '={{ $json.module }}' };
		const { success } = await stage.run(items, byField({ module }));
		expect(success.map(({ json }) => json.recordId)).toEqual(people.map(({ id }) => id));
		expect(queries()).toHaveLength(2);
	});

	it('lets the last photo of a record win, whichever value led to it and however long each takes', async () => {
		const id = contact({ Email: 'ada@example.com', Phone: '+49301234567' });
		const others = Array.from({ length: 30 }, (_, n) => contact({ Email: `p${n}@example.com` }));
		[900, 400, 0].forEach((ms, n) => {
			stage.zoho.faults.add({ when: { recordId: id, nth: n + 1 }, answer: { kind: 'slow', ms } });
		});
		const item = (value: string, field: string, n: number): InputItem =>
			photoItem('', numberedPhoto(n), 'a.png', { value, field });
		const items = [
			item('ada@example.com', 'Email', 101),
			...others.map((_, n) => item(`p${n}@example.com`, 'Email', n)),
			item('+49 30 1234567', 'Phone', 102),
			item('ADA@example.com', 'Email', 103),
		];
		const options = { matchField: '={{ $json.field }}', parallelUploads: 10 };
		const { success } = await stage.run(items, byField({ options }));
		expect(success).toHaveLength(33);
		expect(photoOf(id)).toMatchObject({ uploads: 3 });
		expect(photoOf(id)?.bytes.equals(numberedPhoto(103))).toBe(true);
	});

	it.each([
		["O'Brien@example.com", 1],
		['Ada "Countess" Lovelace', 1],
		[`both ' and " in one`, 1],
		['back\\slash', 1],
		['ends with a backslash\\', 1],
		["') or id is not null or Email in ('", 1],
		['") or (id is not null) or Email in ("', 1],
		[`\\') or "\\") or ('' = ''`, 1],
		['a, b) limit 200 --', 1],
		['((((', 1],
		['émoji 🙂 漢字', 1],
		['%', 1],
		['line\nend', 0],
		['nul\u0000', 0],
		['x'.repeat(5000), 0],
	])('cannot be led astray by the value %j', async (value, calls) => {
		const others = [1, 2, 3].map((n) => contact({ Email: `p${n}@example.com` }));
		const none = await stage.run([itemFor(value)], byField());
		expect(none.failure[0]?.json.error).toMatchObject({ code: 'RECORD_NOT_FOUND' });
		expect(queries()).toHaveLength(calls);
		expect(stage.zoho.photos.count).toBe(0);
		if (calls === 0) return;
		const id = contact({ Email: value });
		const { success } = await stage.run([itemFor(value), itemFor('p1@example.com')], byField());
		expect(success.map(({ json }) => json.recordId)).toEqual([id, others[0]]);
	});

	it('asks by itself for a value for which Zoho refuses the query, so that it does not fail the others', async () => {
		const ids = Array.from({ length: 8 }, (_, n) => contact({ Email: `p${n}@example.com` }));
		const refusesOdd = { code: 'SYNTAX_ERROR', details: {}, message: 'error occured while parsing', status: 'error' };
		stage.zoho.faults.add({
			when: { path: '/coql', nth: [1, 2, 4, 6] },
			answer: { kind: 'http', status: 400, body: refusesOdd },
		});
		const { success, failure } = await stage.run(
			ids.map((_, n) => itemFor(`p${n}@example.com`)),
			byField(),
		);
		expect(success).toHaveLength(7);
		expect(failure.map(({ json }) => Object(json.error).code)).toEqual(['SYNTAX_ERROR']);
	});

	it('splits a question that has more answers than a call holds', async () => {
		for (let n = 0; n < 230; n++) contact({ Email: 'crowd@example.com' });
		const id = contact({ Email: 'ada@example.com' }, { modifiedAt: 1_000_000 });
		const { success, failure } = await stage.run([itemFor('crowd@example.com'), itemFor('ada@example.com')], byField());
		expect(success.map(({ json }) => json.recordId)).toEqual([id]);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'SEVERAL_RECORDS_FOUND',
			message: expect.stringContaining('200 or more records'),
		});
	});

	it('sends nothing after the first failure of a node set to stop', async () => {
		const ids = Array.from({ length: 10 }, (_, n) => contact({ Email: `p${n}@example.com` }));
		const values = ids.map((_, n) => (n === 1 ? 'nobody@example.com' : `p${n}@example.com`));
		const settings = { ...byField({ options: { parallelUploads: 1 } }), onError: 'stopWorkflow' as const };
		const { node } = await stage.run(
			values.map((value) => itemFor(value)),
			settings,
		);
		expect(node.error?.message).toContain("No record of Contacts has 'nobody@example.com'");
		expect(stage.zoho.calls.filter(({ path }) => path.endsWith('/photo'))).toHaveLength(1);
	});

	it('keeps waiting through an outage of Zoho as any call does', async () => {
		const id = contact({ Email: 'ada@example.com' });
		stage.zoho.faults.add({ when: { path: '/coql', nth: 1 }, answer: { kind: 'zoho', error: 'internalError' } });
		const { success } = await stage.run([itemFor('ada@example.com')], byField());
		expect(success[0]?.json.recordId).toBe(id);
	});
});
