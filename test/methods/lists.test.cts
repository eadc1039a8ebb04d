import { NodeApiError, type IHttpRequestOptions, type ILoadOptionsFunctions } from 'n8n-workflow';

import { searchImageFields } from '../../nodes/ZohoCrmPhoto/methods/searchImageFields';
import { searchModules } from '../../nodes/ZohoCrmPhoto/methods/searchModules';
import { searchRecords } from '../../nodes/ZohoCrmPhoto/methods/searchRecords';
import { refusal, zohoAnswer } from '../run/execution.cts';
import { strict } from '../strict.cts';

const TOKEN = { access_token: 'token', refresh_token: 'refresh', api_domain: 'https://www.zohoapis.eu' };

/** The editor's context, with Zoho's part given by the test. */
function editor(answer: (options: IHttpRequestOptions) => unknown, more: object = {}) {
	const requests: IHttpRequestOptions[] = [];
	const context = strict<ILoadOptionsFunctions>('context', {
		getNode: () => ({ id: '1', name: 'Photo', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} }),
		getCredentials: async () => ({ dataCenter: 'zoho.eu', oauthTokenData: TOKEN }),
		getCurrentNodeParameter: () => ({ mode: 'list', value: 'Leads' }),
		helpers: strict('helpers', {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions): Promise<unknown> {
				requests.push(options);
				return await answer(options);
			},
		}),
		...more,
	});
	return { context, requests };
}

const listed = (api_name: string, plural_label: string) => ({ api_name, plural_label, generated_type: 'default' });
const MODULES = zohoAnswer(200, { modules: [listed('Leads', 'Prospects'), listed('Accounts', 'Accounts')] });

describe('searchModules', () => {
	it.each([
		[undefined, ['Accounts', 'Prospects (Leads)']],
		['', ['Accounts', 'Prospects (Leads)']],
		[' LEAD', ['Prospects (Leads)']],
		['prosp', ['Prospects (Leads)']],
		['x', []],
	])('finds by label and API name: %j', async (filter, names) => {
		const { context } = editor(() => MODULES);
		const { results } = await searchModules.call(context, filter);
		expect(results.map(({ name }) => name)).toEqual(names);
	});

	it('throws why there is no list: what Zoho answered, or what is missing', async () => {
		const refusing = editor(() => refusal(403, 'FEATURE_NOT_SUPPORTED'));
		const refused = await searchModules.call(refusing.context).catch((fault: unknown) => fault);
		expect(refused).toBeInstanceOf(NodeApiError);
		expect(refused).toMatchObject({ httpCode: '403', context: { data: { code: 'FEATURE_NOT_SUPPORTED' } } });
		expect(refusing.requests).toHaveLength(1);
		const { context } = editor(() => MODULES, { getCredentials: async () => ({}) });
		const missing = await searchModules.call(context).catch((fault: unknown) => fault);
		expect(missing).toBeInstanceOf(NodeApiError);
		expect(missing).toMatchObject({
			message: expect.stringContaining('not connected'),
			description: expect.stringMatching(/\w/),
			httpCode: '401',
		});
	});
});

describe('searchRecords', () => {
	const found = zohoAnswer(200, {
		data: [
			{ id: '1', Full_Name: 'Ada', Email: 'ada@example.com' },
			{ id: '2', Full_Name: null },
		],
		info: { more_records: true },
	});

	it('names each record, leads to it, and tells where the next page begins', async () => {
		const { context } = editor(() => found);
		expect(await searchRecords.call(context)).toEqual({
			results: [
				{ name: 'Ada (ada@example.com)', value: '1', url: 'https://crm.zoho.eu/crm/tab/Leads/1' },
				{ name: '2', value: '2', url: 'https://crm.zoho.eu/crm/tab/Leads/2' },
			],
			paginationToken: '2',
		});
	});

	it('goes on where it is told, with what is looked for', async () => {
		const { context, requests } = editor(() => found);
		await searchRecords.call(context, ' ada ', '3');
		expect(requests[0]).toMatchObject({
			url: 'https://www.zohoapis.eu/crm/v8/Leads/search',
			qs: { word: 'ada', page: 3 },
		});
	});

	it.each([
		['zoho.eu', { callbackQueryString: { location: 'in' } }, 'https://crm.zoho.in'],
		['zoho.eu', {}, 'https://crm.zoho.eu'],
	])('leads to where the account lives, %s with %j', async (dataCenter, more, home) => {
		const getCredentials = async () => ({ dataCenter, oauthTokenData: { ...TOKEN, ...more } });
		const { context } = editor(() => found, { getCredentials });
		expect((await searchRecords.call(context)).results[0]?.url).toMatch(new RegExp(`^${home}/`));
	});

	it.each([
		['Leads', true],
		[{ mode: 'name', value: ' Pets ' }, true],
		[undefined, false],
		[{ mode: 'list', value: '' }, false],
		[{ mode: 'name', value: 7 }, false],
		[{ mode: 'name', value: '={{ $json.module }}' }, false],
		['a/b', false],
	])('asks about the module %j: %j', async (parameter, asks) => {
		const { context, requests } = editor(() => found, { getCurrentNodeParameter: () => parameter });
		const outcome = await searchRecords.call(context).catch((fault: unknown) => fault);
		expect(requests).toHaveLength(asks ? 1 : 0);
		if (!asks) expect(outcome).toBeInstanceOf(NodeApiError);
	});

	it.each([
		[{ mode: 'list', value: '' }, /^No module is chosen/],
		[{ mode: 'name', value: '' }, /^'Module' gives no name, so there is no list of records$/],
		[null, /^'Module' gives no name/],
		[{ mode: 'name', value: undefined }, /^'Module' gives no name/],
		[{ mode: 'name', value: '={{ $json.module }}' }, /^The module comes from an expression/],
		[{ mode: 'name', value: '../Users' }, /^'\.\.\/Users' cannot be the API name/],
	])('says for the module %j why there is no list, and what to do', async (parameter, says) => {
		const { context } = editor(() => found, { getCurrentNodeParameter: () => parameter });
		const thrown = await searchRecords.call(context).catch((fault: unknown) => fault);
		expect(thrown).toMatchObject({
			message: expect.stringMatching(says),
			description: expect.stringContaining("'ID' or 'URL'"),
			httpCode: null,
		});
		const { description } = Object(thrown);
		expect(/^If an expression gives the name, execute/.test(description)).toBe(String(says).includes('gives no name'));
	});
});

describe('searchImageFields', () => {
	const field = (api_name: unknown, field_label: unknown, length: unknown, data_type = 'imageupload') => ({
		...{ api_name, field_label, length, data_type },
	});
	const FIELDS = zohoAnswer(200, {
		fields: [
			field('Views', 'Photos of the house', 10),
			field('Label', '', 1),
			field('Other', 'Others', 'x'),
			field('', 'Nameless', 3),
			field('Email', 'Email', 100, 'email'),
		],
	});

	it.each([
		['', ['Photos of the house (Views, up to 10 images)', 'Label (Label, 1 image)', 'Others (Other)']],
		[' HOUSE', ['Photos of the house (Views, up to 10 images)']],
	])('shows labels, API names and how many images each holds: %j', async (filter, names) => {
		const { context, requests } = editor(() => FIELDS);
		const { results } = await searchImageFields.call(context, filter);
		expect(results.map(({ name }) => name)).toEqual(names);
		expect(requests[0]).toMatchObject({
			url: 'https://www.zohoapis.eu/crm/v8/settings/fields',
			qs: { module: 'Leads' },
		});
	});

	it('is empty where Zoho gives no fields', async () => {
		const { context } = editor(() => zohoAnswer(200, { fields: null }));
		expect(await searchImageFields.call(context)).toEqual({ results: [] });
	});

	it('throws why there is no list', async () => {
		const { context } = editor(() => refusal(401, 'OAUTH_SCOPE_MISMATCH'));
		const refused = await searchImageFields.call(context).catch((fault: unknown) => fault);
		expect(refused).toMatchObject({ description: expect.stringContaining("turn the switch 'Image Fields' on") });
	});
});
