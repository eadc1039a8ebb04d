import { type Emulator, startEmulator } from './emulator.cts';
import { type ProxiedAnswer, proxiedRequest } from './proxiedRequest.cts';

/** Rows out of an answer's list, such as `data` or `modules`. */
function rows(answer: ProxiedAnswer, key: string): Array<Record<string, unknown>> {
	const list = answer.json()[key];
	return Array.isArray(list) ? list : [];
}

// Real connections and processes: slow only when the machine is busy with something else.
jest.setTimeout(30_000);

describe('records and settings of the emulated Zoho', () => {
	let emulator: Emulator;
	let token: string;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	afterAll(async () => await emulator.close());
	beforeEach(() => {
		emulator.zoho.reset();
		token = String(emulator.zoho.connect().oauthTokenData.access_token);
	});

	const get = async (path: string, accessToken = token) =>
		await proxiedRequest(emulator, {
			url: `https://www.zohoapis.com/crm/${path}`,
			headers: { authorization: `Bearer ${accessToken}` },
		});
	const tokenFor = (scopes: string) => String(emulator.zoho.connect({ scopes }).oauthTokenData.access_token);

	it('have ids of 18 to 19 digits, and the sample records of the specification', async () => {
		const ids = rows(await get('v2/Contacts'), 'data').map((row) => String(row.id));
		expect(ids.length).toBeGreaterThan(10);
		expect(ids.every((id) => /^\d{18,19}$/.test(id))).toBe(true);
		const one = await get('v8/Leads/3409643000003088001?fields=Full_Name,Record_Image');
		expect(rows(one, 'data')).toEqual([{ Full_Name: 'Ada Lovelace', Record_Image: null, id: '3409643000003088001' }]);
	});

	it('exist in every data center, each with its own', async () => {
		const european = String(emulator.zoho.connect({ dataCenter: 'eu' }).oauthTokenData.access_token);
		const answer = await proxiedRequest(emulator, {
			url: 'https://www.zohoapis.eu/crm/v8/Pets?fields=Name',
			headers: { authorization: `Bearer ${european}` },
		});
		const ids = rows(answer, 'data').map((row) => String(row.id));
		expect(ids).toEqual(expect.arrayContaining(emulator.zoho.records.ids('Pets', 'zoho.eu')));
		expect(ids).not.toContain(emulator.zoho.records.ids('Pets')[0]);
	});

	it('are listed with fields only, from v3 on', async () => {
		expect((await get('v2/Leads')).status).toBe(200);
		expect((await get('v3/Leads')).json()).toMatchObject({
			code: 'REQUIRED_PARAM_MISSING',
			details: { param_name: 'fields' },
		});
		expect((await get(`v8/Leads?fields=${Array(51).fill('id').join(',')}`)).json().code).toBe('LIMIT_EXCEEDED');
	});

	it('are listed newest first and page by page', async () => {
		const ids = emulator.zoho.records.addMany('Old_Machines', 5);
		const first = await get('v8/Old_Machines?fields=Name&per_page=2&sort_by=Modified_Time&sort_order=desc');
		expect(first.json().info).toMatchObject({ per_page: 2, count: 2, page: 1, more_records: true });
		expect(rows(first, 'data').map((row) => row.id)).toEqual([ids[4], ids[3]]);
		const info = first.json().info;
		const pageToken =
			typeof info === 'object' && info !== null && 'next_page_token' in info ? info.next_page_token : '';
		const byToken = await get(
			`v8/Old_Machines?fields=Name&per_page=2&sort_by=Modified_Time&page_token=${String(pageToken)}`,
		);
		expect(rows(byToken, 'data').map((row) => row.id)).toEqual([ids[2], ids[1]]);
		expect((await get('v8/Old_Machines?fields=Name&page=11')).json().code).toBe('DISCRETE_PAGINATION_LIMIT_EXCEEDED');
		expect((await get('v8/Old_Machines?fields=Name&page=9')).status).toBe(204);
		expect((await get('v8/Old_Machines?fields=Name&sort_by=Name')).json().code).toBe('INVALID_DATA');
	});

	it('204 for an id nobody has, and for one of another org', async () => {
		expect((await get('v8/Leads/3409643000999999999')).status).toBe(204);
		expect((await get(`v8/Leads/${emulator.zoho.records.add('Leads', { dataCenter: 'eu' })}`)).status).toBe(204);
		expect((await get('v8/Leads/abc')).json().code).toBe('INVALID_DATA');
	});

	describe('search', () => {
		it('finds by the beginning of each word, in any script', async () => {
			const names = async (query: string) =>
				rows(await get(`v8/Leads/search?${query}`), 'data').map((row) => row.Full_Name);
			expect(await names('word=love')).toEqual(['Ada Lovelace']);
			expect(await names('word=ada%20lo')).toEqual(['Ada Lovelace']);
			expect(await names('word=zo%C3%AB')).toEqual(['Zoë Müller']);
			expect(await names('word=%E5%B1%B1%E7%94%B0')).toEqual(['山田 太郎']);
			expect(await names('email=grace.hopper@zylker.example')).toEqual(['Grace Hopper']);
			expect(await names('criteria=((Last_Name:starts_with:Hop)and(First_Name:equals:Grace))')).toEqual([
				'Grace Hopper',
			]);
			expect(await names('criteria=(Full_Name:equals:Garcia-Lopez)')).toEqual(['Jose Antonio Garcia-Lopez']);
		});

		it('reads escaped characters in criteria', async () => {
			const criteria = encodeURIComponent(String.raw`(Account_Name:equals:Compilers \(Holding\)\, Inc.)`);
			const answer = await get(`v8/Accounts/search?criteria=${criteria}`);
			expect(rows(answer, 'data')).toMatchObject([{ Account_Name: 'Compilers (Holding), Inc.' }]);
		});

		it('204 without a hit; two characters at least; its own scope', async () => {
			expect((await get('v8/Leads/search?word=xyzzy')).status).toBe(204);
			expect((await get('v8/Leads/search?word=a')).json()).toMatchObject({ details: { param_name: 'word' } });
			expect((await get('v8/Leads/search')).json().code).toBe('EXPECTED_PARAM_MISSING');
			const weak = tokenFor('ZohoCRM.modules.READ');
			expect((await get('v8/Leads/search?word=ada', weak)).json().code).toBe('OAUTH_SCOPE_MISMATCH');
			expect((await get('v8/Leads?fields=id', weak)).status).toBe(200);
		});
	});

	describe('modules', () => {
		const names = (answer: ProxiedAnswer) => rows(answer, 'modules').map((row) => row.api_name);

		it('come with labels of their own, hidden and unsupported ones included', async () => {
			const modules = rows(await get('v8/settings/modules'), 'modules');
			expect(modules).toContainEqual(
				expect.objectContaining({ api_name: 'Accounts', plural_label: 'Companies', generated_type: 'default' }),
			);
			expect(modules).toContainEqual(
				expect.objectContaining({ api_name: 'Pets', module_name: 'CustomModule3', generated_type: 'custom' }),
			);
			expect(modules).toContainEqual(expect.objectContaining({ api_name: 'Documents', api_supported: false }));
			expect(modules).toContainEqual(expect.objectContaining({ api_name: 'Old_Machines', visibility: 0 }));
		});

		it('can be asked for by feature, in each of the ways that may be true', async () => {
			const path = 'v8/settings/modules?feature_name=record_image';
			expect(names(await get(path))).toEqual([
				...['Leads', 'Contacts', 'Accounts', 'Deals', 'Products', 'Vendors', 'Pets', 'Old_Machines'],
			]);
			expect((await get('v8/settings/modules?feature_name=')).status).toBe(400);
			emulator.zoho.modules.featureFilter = 'ignored';
			expect(names(await get(path))).toContain('Tasks');
			emulator.zoho.modules.featureFilter = 'refused';
			expect((await get(path)).status).toBe(400);
		});

		it('need their scope', async () => {
			const weak = tokenFor('ZohoCRM.modules.ALL');
			expect((await get('v8/settings/modules', weak)).json().code).toBe('OAUTH_SCOPE_MISMATCH');
			expect((await get('v8/settings/modules', tokenFor('ZohoCRM.settings.ALL'))).status).toBe(200);
		});
	});

	it('fields hold Record_Image exactly where photos are possible', async () => {
		const settings = tokenFor('ZohoCRM.settings.fields.READ');
		const leads = rows(await get('v8/settings/fields?module=Leads', settings), 'fields');
		expect(leads).toContainEqual(expect.objectContaining({ api_name: 'Record_Image', data_type: 'profileimage' }));
		expect(leads).toContainEqual(expect.objectContaining({ api_name: 'Full_Name', display_field: true }));
		const tasks = rows(await get('v8/settings/fields?module=Tasks', settings), 'fields');
		expect(tasks).not.toContainEqual(expect.objectContaining({ api_name: 'Record_Image' }));
		expect((await get('v8/settings/fields?module=Tasks')).json().code).toBe('OAUTH_SCOPE_MISMATCH');
	});
});
