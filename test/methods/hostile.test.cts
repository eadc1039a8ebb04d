import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { searchImageFields } from '../../nodes/ZohoCrmPhoto/methods/searchImageFields';
import { searchModules } from '../../nodes/ZohoCrmPhoto/methods/searchModules';
import { searchRecords } from '../../nodes/ZohoCrmPhoto/methods/searchRecords';
import { zohoAnswer } from '../run/execution.cts';
import { strict } from '../strict.cts';

const TOKEN = '1000.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210';

function editor(body: object | Buffer): ILoadOptionsFunctions {
	return strict<ILoadOptionsFunctions>('context', {
		getNode: () => ({ id: '1', name: 'Photo', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} }),
		getCredentials: async () => ({
			dataCenter: 'zoho.eu',
			oauthTokenData: { access_token: TOKEN, refresh_token: 'refresh', api_domain: 'https://www.zohoapis.eu' },
		}),
		getCurrentNodeParameter: () => ({ mode: 'list', value: 'Leads' }),
		helpers: strict('helpers', {
			httpRequestWithAuthentication: async (_type: string, _options: IHttpRequestOptions) => zohoAnswer(200, body),
		}),
	});
}

/** What a label or name of any kind becomes. */
const LONG = 'long '.repeat(100_000);

describe.each([
	['a text of half a megabyte', LONG],
	['the access token', `Ada ${TOKEN}`],
	['markup', '<img src=x onerror=alert(1)>Ada'],
	['an object', { name: 'Ada' }],
	['line ends', 'Ada\r\n\u0000\u202eLovelace'],
])('an answer with %s', (_, text) => {
	it('gives records of short names without secrets, markup or control characters', async () => {
		const { results } = await searchRecords.call(editor({ data: [{ id: '1', Full_Name: text }] }));
		expect(results).toHaveLength(1);
		const name = results[0]?.name ?? '';
		expect(name.length).toBeLessThanOrEqual(215);
		expect(name).not.toMatch(/1000\.0123|<img|[\u0000-\u001f\u202e]/);
	});

	it('gives image fields of short labels without secrets, markup or control characters', async () => {
		const fields = ['Views', '../x'].map((api_name) => ({ api_name, field_label: text, data_type: 'imageupload' }));
		const { results } = await searchImageFields.call(editor({ fields }));
		expect(results).toHaveLength(1);
		const name = results[0]?.name ?? '';
		expect(name.length).toBeLessThanOrEqual(215);
		expect(name).not.toMatch(/1000\.0123|<img|[\u0000-\u001f\u202e]/);
	});

	it('gives modules of short labels without secrets, markup or control characters', async () => {
		const modules = [{ api_name: 'Leads', plural_label: text, generated_type: 'default' }];
		const { results } = await searchModules.call(editor({ modules }));
		const name = results[0]?.name ?? '';
		expect(name.length).toBeLessThanOrEqual(215);
		expect(name).not.toMatch(/1000\.0123|<img|[\u0000-\u001f\u202e]/);
	});
});

it.each([['javascript:alert(1)'], ['../../settings'], [{ a: 1 }], [''], ['9'.repeat(21)], [null]])(
	'no record of the id %j is listed',
	async (id) => {
		const { results } = await searchRecords.call(editor({ data: [{ id, Full_Name: 'Ada' }, { id: '7' }] }));
		expect(results.map(({ value }) => value)).toEqual(['7']);
	},
);

it.each([['a/b'], ['../x'], [''], [{ a: 1 }], ['A'.repeat(101)]])(
	'no module of the API name %j is listed',
	async (api_name) => {
		const modules = [
			{ api_name, plural_label: 'Ada', generated_type: 'default' },
			{ api_name: 'Leads', plural_label: 'Leads', generated_type: 'default' },
		];
		const { results } = await searchModules.call(editor({ modules }));
		expect(results.map(({ value }) => value)).toEqual(['Leads']);
	},
);

it.each([
	['text', Buffer.from('not JSON')],
	['nothing', Buffer.alloc(0)],
	['a list', [1, 2]],
	['no list', { data: 'x', modules: 7 }],
	['100,000 levels', Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
])('an answer of %s gives an empty list or says why there is none', async (_, body) => {
	for (const search of [searchRecords, searchModules]) {
		const outcome = await search.call(editor(body)).then(
			({ results }) => `listed ${results.length}`,
			(fault: Error) => fault.message,
		);
		expect(outcome).toMatch(/^listed 0$|Zoho/);
		expect(outcome.length).toBeLessThan(500);
	}
});
