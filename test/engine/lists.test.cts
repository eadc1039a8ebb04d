import type { ConnectOptions } from '../emulator/accounts/connect.cts';
import type { ListSearchRequest } from './harness/engine.cts';
import { CORES, startStageOn, type Stage } from './stage.cts';

const NODE = 'n8n-nodes-zoho-crm-photo.zohoCrmPhoto';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('The lists of the editor on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	async function search(
		request: Partial<ListSearchRequest> & Pick<ListSearchRequest, 'method'>,
		options: ConnectOptions = {},
	) {
		await stage.engine.storeCredentials({ zoho: stage.zoho.connect(options) });
		const result = await stage.engine.listSearch({
			nodeType: NODE,
			credentials: { zohoCrmPhotoOAuth2Api: 'zoho' },
			...request,
		});
		expect(result.logs.join('\n')).not.toMatch(/1000\.[0-9a-f]{32}/);
		return result;
	}

	describe('of modules', () => {
		const modules = async (filter?: string, options?: ConnectOptions) =>
			await search({ method: 'searchModules', path: 'parameters.module', filter }, options);
		const values = (results: Array<{ value: unknown }>): unknown[] => results.map(({ value }) => value);
		const photoModules = ['Accounts', 'Contacts', 'Deals', 'Leads', 'Pets', 'Products', 'Vendors'];

		it("holds those that can have photos, custom ones included, by the org's labels, in their order", async () => {
			const { results, error } = await modules();
			expect(error).toBeUndefined();
			expect(values(results).sort()).toEqual(photoModules);
			expect(results.map(({ name }) => name)).toEqual(
				[...results.map(({ name }) => name)].sort((a, b) => a.localeCompare(b)),
			);
			expect(results).toContainEqual({ name: 'Companies (Accounts)', value: 'Accounts' });
			expect(results).toContainEqual({ name: 'Animals (Pets)', value: 'Pets' });
			expect(results).toContainEqual({ name: 'Leads', value: 'Leads' });
			expect(stage.zoho.calls).toHaveLength(1);
		});

		it.each(['ignored', 'refused'] as const)("is the same where Zoho's filter by feature is %s", async (how) => {
			stage.zoho.modules.featureFilter = how;
			expect(values((await modules()).results).sort()).toEqual(photoModules);
		});

		it.each([
			['compan', ['Accounts']],
			['PETS', ['Pets']],
			['  lead ', ['Leads']],
			['nothing like this', []],
		])('is searched by label and API name: %j', async (filter, found) => {
			expect(values((await modules(filter)).results)).toEqual(found);
		});

		it('falls back to the documented modules where the scope for settings is missing', async () => {
			const { results, error } = await modules(undefined, { scopes: 'ZohoCRM.modules.ALL' });
			expect(error).toBeUndefined();
			expect(values(results)).toEqual(['Accounts', 'Contacts', 'Deals', 'Leads', 'Products', 'Vendors']);
			expect(stage.zoho.tokenCalls).toEqual([]);
		});

		it('is there after the token has run out, by one renewal', async () => {
			const { results, tokenUpdates } = await modules(undefined, { expired: true });
			expect(values(results).sort()).toEqual(photoModules);
			expect(tokenUpdates).toBe(1);
		});

		it.each([
			[{ mistake: 'invalid_client' }, 'invalid_client'],
			[{ revoked: true }, 'invalid_code'],
		] as const)('says why there is none: %j', async (options, says) => {
			const { results, error } = await modules(undefined, options);
			expect(results).toEqual([]);
			expect(error?.message).toContain(says);
			expect(error?.description).toContain('Data Center');
			expect(error?.context?.itemIndex).toBeUndefined();
			expect(stage.zoho.calls.length).toBeLessThanOrEqual(1);
		});

		it('asks once where Zoho refuses, rather than for another list', async () => {
			stage.zoho.faults.add({
				when: { path: '/settings/modules' },
				answer: {
					kind: 'http',
					status: 403,
					body: { code: 'FEATURE_NOT_SUPPORTED', details: {}, message: '', status: 'error' },
				},
			});
			expect((await modules()).error?.message).toContain('has no such feature');
			expect(stage.zoho.calls).toHaveLength(1);
		});
	});

	describe('of records', () => {
		const records = async (module: unknown, filter?: string, paginationToken?: string, options?: ConnectOptions) =>
			await search(
				{
					method: 'searchRecords',
					path: 'parameters.recordId',
					filter,
					paginationToken,
					parameters: JSON.parse(JSON.stringify({ module })),
				},
				options,
			);
		const named = (value: string) => ({ __rl: true, mode: 'list', value });
		const [leads, pets] = [named('Leads'), named('Pets')];

		it('shows the most recently changed first, with their names and addresses', async () => {
			const id = stage.zoho.records.add('Leads', { name: 'Ada Byron' });
			const { results, error } = await records(leads);
			expect(error).toBeUndefined();
			expect(results[0]).toEqual({
				name: 'Ada Byron (ada.byron@zylker.example)',
				value: id,
				url: `https://crm.zoho.com/crm/tab/Leads/${id}`,
			});
			expect(stage.zoho.calls[0]?.query).toMatchObject({ sort_by: 'Modified_Time', sort_order: 'desc' });
		});

		it('searches from two letters on, and looks through the newest for one', async () => {
			const id = stage.zoho.records.add('Leads', { name: 'Zelda Quux' });
			expect((await records(leads, 'zel')).results.map(({ value }) => value)).toEqual([id]);
			expect(stage.zoho.calls.map(({ path }) => path)).toEqual(['/crm/v8/Leads/search']);
			stage.zoho.clearLog();
			const oneLetter = await records(leads, 'q');
			expect(oneLetter.results.map(({ value }) => value)).toContain(id);
			expect(stage.zoho.calls.map(({ path }) => path)).toEqual(['/crm/v8/Leads']);
		});

		it.each(['山田', 'Zoë', 'García-López (x)', 'a&b=c', "O'Neil"])('takes the word %j as it is', async (word) => {
			const id = stage.zoho.records.add('Leads', { name: word });
			const { results, error } = await records(leads, word);
			expect(error).toBeUndefined();
			expect(stage.zoho.calls[0]?.query.word).toBe(word);
			if (!/[^\p{L}]/u.test(word)) expect(results.map(({ value }) => value)).toContain(id);
		});

		it('finds by e-mail address, by id and by address, each in one call', async () => {
			const email = 'ada.l@zylker.example';
			const id = stage.zoho.records.add('Leads', { name: 'Ada Lovelace', fields: { Email: email } });
			for (const word of [email, id, `https://crm.zoho.com/crm/org7/tab/Leads/${id}`]) {
				stage.zoho.clearLog();
				const { results } = await records(leads, word);
				expect(results.map(({ name, value }) => ({ name, value }))).toEqual([
					{ name: `Ada Lovelace (${email})`, value: id },
				]);
				expect(stage.zoho.calls).toHaveLength(1);
			}
			const twin = stage.zoho.records.add('Leads', { name: 'Ada Lovelace', fields: { Email: email } });
			const { results } = await records(leads, email);
			expect(results.map(({ name }) => name).sort()).toEqual(
				[id, twin].map((one) => `Ada Lovelace (...${one.slice(-5)}, ${email})`).sort(),
			);
		});

		it('looks for an e-mail address and an id among the newest where the scope for searching is missing', async () => {
			const id = stage.zoho.records.add('Leads', { name: 'Zelda Quux' });
			for (const word of ['zelda.quux@zylker.example', id]) {
				const { results, error } = await records(leads, word, undefined, { scopes: 'ZohoCRM.modules.READ' });
				expect(error).toBeUndefined();
				expect(results.map(({ value }) => value)).toEqual([id]);
			}
		});

		it('falls back to the newest records where the scope for searching is missing', async () => {
			const id = stage.zoho.records.add('Leads', { name: 'Zelda Quux' });
			const { results, error } = await records(leads, 'zelda', undefined, { scopes: 'ZohoCRM.modules.READ' });
			expect(error).toBeUndefined();
			expect(results.map(({ value }) => value)).toEqual([id]);
			expect(stage.zoho.tokenCalls).toEqual([]);
		});

		it('goes on page by page, past the two thousand that Zoho counts by number', async () => {
			stage.zoho.records.addMany('Pets', 2300);
			const seen = new Set<unknown>();
			let next: string | undefined;
			let pages = 0;
			do {
				const { results, paginationToken, error } = await records(pets, undefined, next);
				expect(error).toBeUndefined();
				for (const { value } of results) seen.add(value);
				next = paginationToken;
				pages++;
			} while (next !== undefined && pages < 20);
			expect(seen.size).toBeGreaterThan(2300);
			expect(pages).toBe(12);
		}, 30_000);

		it('is empty for a module without records, and for a word that nothing has', async () => {
			expect(await records(leads, 'xyzzyxyzzy')).toMatchObject({ results: [] });
			const { results, error, paginationToken } = await records(named('Tasks'));
			expect({ results, error, paginationToken }).toEqual({
				results: [],
				error: undefined,
				paginationToken: undefined,
			});
		});

		it.each([
			['Accounts', /^Zylker \(\.\.\.\d{5}\)$/, 'Accounts'],
			['Deals', /^Navy contract \(\.\.\.\d{5}\)$/, 'Potentials'],
			['Products', /^Pocket abacus \(\.\.\.\d{5}\)$/, 'Products'],
			['Vendors', /^Relay Works \(relay\.works@zylker\.example\)$/, 'Vendors'],
			['Pets', /^Laika \(laika@zylker\.example\)$/, 'Pets'],
		])('names the records of %s, each with what tells it from others', async (module, name, tab) => {
			const { results } = await records(named(module));
			const found = results.find((result) => name.test(result.name));
			expect(found?.url).toBe(`https://crm.zoho.com/crm/tab/${tab}/${String(found?.value)}`);
		});

		it("leads to the web interface of the account's data center", async () => {
			const id = stage.zoho.records.add('Leads', { dataCenter: 'eu', name: 'Emmy Noether' });
			const { results } = await records(leads, 'emmy', undefined, { dataCenter: 'eu' });
			expect(results[0]?.url).toBe(`https://crm.zoho.eu/crm/tab/Leads/${id}`);
		});

		it.each([
			[{ __rl: true, mode: 'list', value: '' }, 'No module is chosen'],
			[{ __rl: true, mode: 'name', value: '={{ $json.module }}' }, 'comes from an expression'],
			[{ __rl: true, mode: 'name', value: '' }, "'Module' gives no name"],
			[{ __rl: true, mode: 'name', value: '../Users' }, "'../Users' cannot be the API name"],
		])('says what to do where the module is %j', async (module, says) => {
			const { results, error } = await records(module);
			expect(results).toEqual([]);
			expect(error?.name).toBe('NodeApiError');
			expect(error?.httpCode ?? undefined).toBeUndefined();
			expect(error?.message).toContain(says);
			expect(error?.description).toContain("'ID' or 'URL'");
			expect(stage.zoho.calls).toEqual([]);
		});

		it('explains what Zoho refuses', async () => {
			const { error } = await records(named('Nonsense'));
			expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '400' });
			expect(error?.message).toContain('Nonsense');
		});
	});

	describe('of image fields', () => {
		const fields = async (module: string, filter?: string, options: ConnectOptions = { imageFields: true }) =>
			await search(
				{
					method: 'searchImageFields',
					path: 'parameters.imageField',
					filter,
					parameters: { module: { __rl: true, mode: 'list', value: module } },
				},
				options,
			);

		it("holds the module's fields of that type by their labels, with how many images each holds", async () => {
			expect((await fields('Leads')).results).toEqual([
				{ name: 'Photos of the house (House_Photos, up to 10 images)', value: 'House_Photos' },
				{ name: 'Photos of the door (Door_Photos, up to 3 images)', value: 'Door_Photos' },
			]);
			expect((await fields('Products', 'label')).results).toEqual([
				{ name: 'Label (Label_Photo, 1 image)', value: 'Label_Photo' },
			]);
			expect((await fields('Contacts')).results).toEqual([]);
		});

		it('names the switch of the credential where its scope lacks', async () => {
			const { results, error } = await fields('Leads', undefined, {});
			expect(results ?? []).toEqual([]);
			expect(JSON.stringify(error)).toContain("turn the switch 'Image Fields' on");
		});

		it('needs a module, and says so', async () => {
			expect(JSON.stringify((await fields('={{ $json.module }}')).error)).toContain(
				'The module comes from an expression, so there is no list of its image fields',
			);
		});
	});
});
