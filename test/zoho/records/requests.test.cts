import type { IHttpRequestOptions } from 'n8n-workflow';

import { ZohoClient } from '../../../nodes/ZohoCrmPhoto/zoho/calls/client';
import { hasPhoto } from '../../../nodes/ZohoCrmPhoto/zoho/records/existing';
import { photoModules } from '../../../nodes/ZohoCrmPhoto/zoho/records/modules';
import { Pace } from '../../../nodes/ZohoCrmPhoto/zoho/calls/pace';
import { deletePhoto, downloadPhoto, uploadPhoto } from '../../../nodes/ZohoCrmPhoto/zoho/records/photo';
import { findRecords } from '../../../nodes/ZohoCrmPhoto/zoho/records/records';
import { formSent } from '../../formSent.cts';
import { ScriptedDoor, type Scripted } from '../door.cts';
import { answerOf, refusalBody } from '../samples.cts';

const SETTINGS = { apiVersion: 'v8', maxRetries: 0, waitAtMost: 0, timeout: 1000 };
const ADDRESS = { module: 'Leads', recordId: '3000000038009' };
const SUCCESS = { code: 'SUCCESS', details: {}, message: 'photo uploaded successfully', status: 'success' };
const PHOTO = answerOf(200, 'bytes', { 'content-type': 'image/png' });
const MISMATCH = answerOf(401, refusalBody('OAUTH_SCOPE_MISMATCH', 'Unauthorized'));

type Script = (n: number, options: IHttpRequestOptions) => Scripted;

/** A client and what it sends, each as `METHOD path?query`. */
function clientOf(script: Script): { zoho: ZohoClient; door: ScriptedDoor; sent: () => string[] } {
	const door = new ScriptedDoor(script);
	const zoho = new ZohoClient(door, new Pace(5, undefined));
	const line = ({ method, url, qs }: IHttpRequestOptions): string => {
		const given = Object.entries(qs ?? {}).map(([name, value]) => `${name}=${String(value)}`);
		const query = given.join('&');
		return `${method} ${url.replace('https://www.zohoapis.com/crm/v8', '')}${query === '' ? '' : `?${query}`}`;
	};
	return { zoho, door, sent: () => door.requests.map(line) };
}

/** The parts of a form: the name of each, and the file's name, type and text. */
async function contentOf(body: unknown): Promise<unknown[]> {
	const parts = [...(await formSent(body))].map(async ([name, part]) =>
		typeof part === 'string' ? [name, part] : [name, part.name, part.type, await part.text()],
	);
	return await Promise.all(parts);
}

describe('photos', () => {
	test('an upload is one named file under `file`, and gives what Zoho said', async () => {
		const parts: Array<Promise<unknown[]>> = [];
		const { zoho, sent } = clientOf((_, { body }) => {
			parts.push(contentOf(body));
			return answerOf(200, SUCCESS);
		});
		const file = { bytes: Buffer.from('picture'), fileName: 'Ada "ä".jpg', mimeType: 'image/jpeg' };
		expect(await uploadPhoto(zoho, ADDRESS, file, false, SETTINGS)).toEqual({ ok: true, value: SUCCESS });
		expect(await parts[0]).toEqual([['file', 'Ada "ä".jpg', 'image/jpeg', 'picture']]);
		expect(await uploadPhoto(zoho, ADDRESS, file, true, SETTINGS)).toEqual({ ok: true, value: SUCCESS });
		expect(sent()).toEqual([
			'POST /Leads/3000000038009/photo',
			'POST /Leads/3000000038009/photo?restrict_triggers=workflow',
		]);
	});

	test('gives the envelope alone where Zoho wraps it as it does for records', async () => {
		const { zoho } = clientOf(() => answerOf(200, { data: [SUCCESS] }));
		expect(await deletePhoto(zoho, ADDRESS, SETTINGS)).toEqual({ ok: true, value: SUCCESS });
	});

	test('a deletion and a download', async () => {
		const { zoho, sent } = clientOf((n) => (n === 1 ? answerOf(200, SUCCESS) : PHOTO));
		expect(await deletePhoto(zoho, ADDRESS, SETTINGS)).toEqual({ ok: true, value: SUCCESS });
		expect(await downloadPhoto(zoho, ADDRESS, SETTINGS)).toMatchObject({
			ok: true,
			value: { body: Buffer.from('bytes') },
		});
		expect(sent()).toEqual(['DELETE /Leads/3000000038009/photo', 'GET /Leads/3000000038009/photo']);
	});

	test.each([
		['upload', 'put the photo on'],
		['download', 'download the photo of'],
		['delete', 'delete the photo of'],
	])('a refused %s is told as such', async (operation, phrase) => {
		const { zoho } = clientOf(() => answerOf(403, refusalBody('NO_PERMISSION')));
		const file = { bytes: Buffer.from('x'), fileName: 'a.png', mimeType: 'image/png' };
		const outcome =
			operation === 'upload'
				? await uploadPhoto(zoho, ADDRESS, file, false, SETTINGS)
				: await (operation === 'delete' ? deletePhoto : downloadPhoto)(zoho, ADDRESS, SETTINGS);
		expect(outcome).toMatchObject({
			ok: false,
			failure: { code: 'NO_PERMISSION', message: expect.stringContaining(phrase) },
		});
	});

	test('no value leads out of its place in the address', async () => {
		const { zoho, sent } = clientOf(() => answerOf(200, SUCCESS));
		await deletePhoto(zoho, { module: '../a?b', recordId: '1/2#' }, SETTINGS);
		expect(sent()).toEqual(['DELETE /..%2Fa%3Fb/1%2F2%23/photo']);
	});
});

describe('whether a record has a photo', () => {
	const record = (value: unknown): Scripted => answerOf(200, { data: [{ id: '1', Record_Image: value }] });

	test.each([
		['an id', record('abc'), true],
		['nothing', record(null), false],
		['an empty text', record(''), false],
	])('the record says %s', async (_, answer, has) => {
		const { zoho, sent } = clientOf(() => answer);
		expect(await hasPhoto(zoho, ADDRESS, SETTINGS)).toEqual({ ok: true, value: has });
		expect(sent()).toEqual(['GET /Leads/3000000038009?fields=Record_Image']);
	});

	test.each([
		['a photo', PHOTO, { ok: true, value: true }],
		['none', answerOf(204), { ok: true, value: false }],
		['one held back', answerOf(400, refusalBody('NOT_APPROVED')), { ok: true, value: true }],
		['one in validation', answerOf(400, refusalBody('RECORD_LOCKED')), { ok: true, value: true }],
		['a refusal', answerOf(403, refusalBody('NO_PERMISSION')), { ok: false, failure: { code: 'NO_PERMISSION' } }],
	])('the record does not say, and the photo tells of %s', async (_, answer, outcome) => {
		for (const silent of [
			answerOf(200, { data: [{ id: '1' }] }),
			answerOf(200, { data: [] }),
			answerOf(200, { data: ['odd'] }),
			answerOf(200, { info: 1 }),
			answerOf(204),
			answerOf(400, refusalBody('INVALID_QUERY')),
		]) {
			const { zoho, sent } = clientOf((n) => (n === 1 ? silent : answer));
			expect(await hasPhoto(zoho, ADDRESS, SETTINGS)).toMatchObject(outcome);
			expect(sent()[1]).toBe('GET /Leads/3000000038009/photo');
		}
	});

	test('what no later item can escape is told at once', async () => {
		const { zoho, sent } = clientOf(() => MISMATCH);
		expect(await hasPhoto(zoho, ADDRESS, SETTINGS)).toMatchObject({
			ok: false,
			failure: { code: 'OAUTH_SCOPE_MISMATCH' },
		});
		expect(sent()).toHaveLength(1);
		expect(await hasPhoto(zoho, ADDRESS, SETTINGS)).toMatchObject({ ok: false, failure: { code: 'NOT_ATTEMPTED' } });
		expect(sent()).toHaveLength(1);
	});
});

describe('modules that can have photos', () => {
	const module = (apiName: unknown, more: object = {}): object => ({
		api_name: apiName,
		plural_label: `${String(apiName)} of ours`,
		generated_type: 'default',
		...more,
	});
	const names = async (script: Script): Promise<string[]> => {
		const outcome = await photoModules(clientOf(script).zoho, SETTINGS);
		if (!outcome.ok) throw new Error(outcome.failure.code);
		return outcome.value.map(({ apiName, label }) => `${apiName}: ${label}`);
	};

	test('are asked for by the feature, and sorted by the labels of the org', async () => {
		const modules = [
			module('Vendors'),
			module('Leads', { plural_label: 'Prospects' }),
			module('Accounts', { plural_label: '' }),
		];
		const { zoho, sent } = clientOf(() => answerOf(200, { modules }));
		expect(await photoModules(zoho, SETTINGS)).toEqual({
			ok: true,
			value: [
				{ apiName: 'Accounts', label: 'Accounts' },
				{ apiName: 'Leads', label: 'Prospects' },
				{ apiName: 'Vendors', label: 'Vendors of ours' },
			],
		});
		expect(sent()).toEqual(['GET /settings/modules?feature_name=record_image']);
	});

	test.each(['Calls', 'Events', 'Tasks', 'Notes', 'Attachments'])(
		'%s in the answer shows that nothing was filtered',
		async (other) => {
			const modules = [
				module(other),
				module('Leads'),
				module('Quotes'),
				module('My_Thing', { generated_type: 'custom' }),
			];
			const { zoho, sent } = clientOf(() => answerOf(200, { modules }));
			expect(await photoModules(zoho, SETTINGS)).toMatchObject({
				value: [{ apiName: 'Leads' }, { apiName: 'My_Thing' }],
			});
			expect(sent()).toEqual(['GET /settings/modules?feature_name=record_image', 'GET /settings/modules']);
		},
	);

	test('a filter that gives nothing, or is refused, is not trusted', async () => {
		const all = answerOf(200, { modules: [module('Deals')] });
		expect(await names((n) => (n === 1 ? answerOf(200, { modules: [] }) : all))).toEqual(['Deals: Deals of ours']);
		expect(await names((n) => (n === 1 ? answerOf(204) : all))).toEqual(['Deals: Deals of ours']);
		expect(await names((n) => (n === 1 ? answerOf(400, refusalBody('INVALID_DATA')) : all))).toEqual([
			'Deals: Deals of ours',
		]);
	});

	test('hidden, unusable and nameless ones are left out', async () => {
		const modules = [
			module('Leads', { status: 'visible', api_supported: true, viewable: true }),
			module('Contacts', { generated_type: undefined }),
			module('Accounts', { status: 'user_hidden' }),
			module('Products', { api_supported: false }),
			module('Vendors', { viewable: false }),
			module('Deals', { generated_type: 'linking' }),
			module(''),
			'odd',
		];
		expect(await names(() => answerOf(200, { modules }))).toEqual([
			'Contacts: Contacts of ours',
			'Leads: Leads of ours',
		]);
	});

	test('without the scope the documented ones are given', async () => {
		expect((await names(() => MISMATCH)).map((name) => name.split(':')[0])).toEqual([
			'Accounts',
			'Contacts',
			'Deals',
			'Leads',
			'Products',
			'Vendors',
		]);
	});

	test.each(['OAUTH_SCOPE_MISMATCH', 'NO_PERMISSION', 'AUTHORIZATION_FAILED'])(
		'the documented ones where the second call is refused with %s too',
		async (code) => {
			const { zoho } = clientOf((_, options) =>
				options.qs?.feature_name === undefined
					? answerOf(403, refusalBody(code))
					: answerOf(400, refusalBody('INVALID_DATA')),
			);
			const outcome = await photoModules(zoho, SETTINGS);
			expect(outcome.ok && outcome.value.map(({ apiName }) => apiName)).toContain('Leads');
		},
	);

	test('the documented ones for a user who may not read the settings', async () => {
		const { zoho } = clientOf(() => answerOf(403, refusalBody('NO_PERMISSION')));
		const outcome = await photoModules(zoho, SETTINGS);
		expect(outcome.ok && outcome.value.map(({ apiName }) => apiName)).toContain('Leads');
	});

	test('another refusal is told', async () => {
		const { zoho } = clientOf(() => answerOf(403, refusalBody('FEATURE_NOT_SUPPORTED')));
		expect(await photoModules(zoho, SETTINGS)).toMatchObject({
			ok: false,
			failure: { code: 'FEATURE_NOT_SUPPORTED', message: expect.stringContaining('read the list of modules') },
		});
	});
});

describe('records', () => {
	const page = (records: object[], info: object = {}): Scripted => answerOf(200, { data: records, info });

	test.each([
		['Leads', 'Full_Name', 'Email', 'Email,Company'],
		['contacts', 'Full_Name', 'Email', 'Email,Account_Name'],
		['Accounts', 'Account_Name', 'Phone', 'Website,Phone'],
		['Deals', 'Deal_Name', 'Stage', 'Account_Name,Stage'],
		['Products', 'Product_Name', 'Product_Code', 'Product_Code'],
		['Vendors', 'Vendor_Name', 'Email', 'Email,Phone'],
		['My_Module', 'Name', 'Email', 'Email'],
	])('of %s are named by %s, and told apart by fields such as %s', async (module, field, second, seconds) => {
		const { zoho, sent } = clientOf(() =>
			page([
				{ id: '1', [field]: 'Ada', [second]: 'S' },
				{ id: '2', [second]: ' ' },
				{ [field]: 'no id' },
				{ id: 3 },
				{ id: '4000000123456', [field]: 'Ada' },
			]),
		);
		expect(await findRecords(zoho, module, '', undefined, SETTINGS)).toEqual({
			ok: true,
			value: {
				records: [
					{ id: '1', label: 'Ada (S)' },
					{ id: '2', label: '2' },
					{ id: '4000000123456', label: 'Ada (...23456)' },
				],
				next: undefined,
			},
		});
		expect(sent()).toEqual([
			`GET /${module}?fields=id,${field},${seconds}&sort_by=Modified_Time&sort_order=desc&per_page=200`,
		]);
	});

	test('of one name and one e-mail address are told apart by their ids', async () => {
		const twin = { Full_Name: 'Ada', Email: 'ada@example.com' };
		const { zoho } = clientOf(() =>
			page([
				{ id: '3000000000001', ...twin },
				{ id: '3000000000002', ...twin },
				{ id: '3000000000003', Full_Name: 'Ada', Company: 'Zylker' },
			]),
		);
		const outcome = await findRecords(zoho, 'Leads', '', undefined, SETTINGS);
		expect(outcome.ok && outcome.value.records.map(({ label }) => label)).toEqual([
			'Ada (...00001, ada@example.com)',
			'Ada (...00002, ada@example.com)',
			'Ada (Zylker)',
		]);
	});

	test('are told apart by the name of the record that a field leads to', async () => {
		const { zoho } = clientOf(() =>
			page([
				{ id: '1', Full_Name: 'Ada', Account_Name: { name: 'Zylker', id: '9' } },
				{ id: '2', Account_Name: {} },
			]),
		);
		const outcome = await findRecords(zoho, 'Contacts', '', undefined, SETTINGS);
		expect(outcome.ok && outcome.value.records.map(({ label }) => label)).toEqual(['Ada (Zylker)', '2']);
	});

	const ID = '3000000038009';
	test.each([
		[ID, `GET /Leads/${ID}?fields=id,Full_Name,Email,Company`],
		[`https://crm.zoho.eu/crm/org1/tab/Leads/${ID}`, `GET /Leads/${ID}?fields=id,Full_Name,Email,Company`],
		['ada@example.com', 'GET /Leads/search?fields=id,Full_Name,Email,Company&email=ada@example.com'],
	])('are found by %s alone', async (word, asked) => {
		const { zoho, sent } = clientOf(() => page([{ id: ID, Full_Name: 'Ada' }], { more_records: true }));
		expect(await findRecords(zoho, 'Leads', word, undefined, SETTINGS)).toEqual({
			ok: true,
			value: { records: [{ id: ID, label: 'Ada (...38009)' }], next: undefined },
		});
		expect(sent()).toEqual([asked]);
	});

	test.each([
		['nobody', () => answerOf(204)],
		['a refusal of the id', () => answerOf(400, refusalBody('INVALID_DATA'))],
	])('are searched for by the word where it leads to %s', async (_, answer) => {
		const { zoho, sent } = clientOf((n) => (n === 1 ? answer() : page([{ id: '7', Full_Name: 'Ada' }])));
		expect(await findRecords(zoho, 'Leads', ID, undefined, SETTINGS)).toMatchObject({
			value: { records: [{ id: '7' }] },
		});
		expect(sent()[1]).toBe(`GET /Leads/search?fields=id,Full_Name,Email,Company&word=${ID}&per_page=200`);
	});

	test.each([
		[ID, () => answerOf(403, refusalBody('NO_PERMISSION'))],
		[ID, () => MISMATCH],
		['ada@example.com', () => answerOf(403, refusalBody('NO_PERMISSION'))],
	])('are not searched for where the call for %s says that none will do', async (word, answer) => {
		const { zoho, sent } = clientOf(answer);
		expect(await findRecords(zoho, 'Leads', word, undefined, SETTINGS)).toMatchObject({ ok: false });
		expect(sent()).toHaveLength(1);
	});

	test('are looked for by an e-mail address among the newest where the scope for searching is missing', async () => {
		const records = [
			{ id: '1', Full_Name: 'Ada', Email: 'ada@example.com' },
			{ id: '2', Full_Name: 'Bob' },
		];
		const { zoho, sent } = clientOf((n) => (n === 1 ? MISMATCH : page(records)));
		expect(await findRecords(zoho, 'Leads', 'ada@example.com', undefined, SETTINGS)).toMatchObject({
			value: { records: [{ id: '1' }] },
		});
		expect(sent().map((line) => line.split('?')[0])).toEqual(['GET /Leads/search', 'GET /Leads']);
	});

	test('of another page are those of the word again', async () => {
		const { zoho, sent } = clientOf(() => page([]));
		await findRecords(zoho, 'Leads', 'ada@example.com', '2', SETTINGS);
		expect(sent()[0]).toMatch(/search\?.*word=ada@example\.com&per_page=200&page=2$/);
	});

	test('two letters are searched for, one is looked for among the newest', async () => {
		const { zoho, sent } = clientOf(() =>
			page([
				{ id: '1', Full_Name: 'Ada' },
				{ id: '2', Full_Name: 'Bob' },
			]),
		);
		expect(await findRecords(zoho, 'Leads', 'ad', undefined, SETTINGS)).toMatchObject({ value: { records: [{}, {}] } });
		expect(await findRecords(zoho, 'Leads', 'B', undefined, SETTINGS)).toMatchObject({
			value: { records: [{ id: '2' }] },
		});
		expect(sent()[0]).toBe('GET /Leads/search?fields=id,Full_Name,Email,Company&word=ad&per_page=200');
		expect(sent()[1]).toMatch(/^GET \/Leads\?.*sort_by/);
	});

	test('without the scope for searching the newest are looked through', async () => {
		const { zoho, sent } = clientOf((n) =>
			n === 1
				? MISMATCH
				: page([
						{ id: '1', Full_Name: 'Ada' },
						{ id: '2', Full_Name: 'Bob' },
					]),
		);
		expect(await findRecords(zoho, 'Leads', 'ADA', undefined, SETTINGS)).toMatchObject({
			ok: true,
			value: { records: [{ id: '1' }] },
		});
		expect(sent()).toHaveLength(2);
	});

	test('another refusal is told', async () => {
		const refused = answerOf(400, refusalBody('INVALID_MODULE'));
		expect(await findRecords(clientOf(() => refused).zoho, 'Leads', 'ada', undefined, SETTINGS)).toMatchObject({
			ok: false,
			failure: { code: 'INVALID_MODULE' },
		});
		const both = clientOf(() => MISMATCH);
		expect(await findRecords(both.zoho, 'Leads', 'ada', undefined, SETTINGS)).toMatchObject({
			ok: false,
			failure: { code: 'OAUTH_SCOPE_MISMATCH', message: expect.stringContaining('ZohoCRM.modules.leads.READ,') },
		});
	});

	test.each([
		[undefined, {}, '2', ''],
		['2', {}, '3', '&page=2'],
		['9', {}, '10', '&page=9'],
		['10', { next_page_token: 'T' }, 'T', '&page=10'],
		['10', {}, undefined, '&page=10'],
		['T', { next_page_token: 'U' }, 'U', '&page_token=T'],
		['T', {}, undefined, '&page_token=T'],
		['123', { next_page_token: 'U' }, 'U', '&page_token=123'],
	])('page %s with %j is followed by %s', async (from, info, next, query) => {
		const { zoho, sent } = clientOf(() => page([{ id: '1' }], { more_records: true, ...info }));
		expect(await findRecords(zoho, 'Leads', '', from, SETTINGS)).toMatchObject({ value: { next } });
		expect(sent()[0]?.endsWith(`per_page=200${query}`)).toBe(true);
		const last = clientOf(() => page([{ id: '1' }], { ...info, more_records: false }));
		expect(await findRecords(last.zoho, 'Leads', '', from, SETTINGS)).toMatchObject({ value: { next: undefined } });
	});

	test('none', async () => {
		const { zoho } = clientOf(() => answerOf(204));
		expect(await findRecords(zoho, 'Leads', '', undefined, SETTINGS)).toEqual({
			ok: true,
			value: { records: [], next: undefined },
		});
	});
});
