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

	it('are given by their ids, those that are there', async () => {
		const { records } = emulator.zoho;
		const [one, other] = [records.add('Leads'), records.add('Leads')];
		const ids = [other, records.magicId('deleted'), '1', one].join(',');
		const found = rows(await get(`v8/Leads?fields=Record_Image&ids=${ids}`), 'data');
		expect(found.map(({ id }) => id).sort()).toEqual([one, other]);
		expect((await get('v8/Leads?fields=Record_Image&ids=1')).status).toBe(204);
		const many = Array.from({ length: 101 }, (_, n) => n + 1).join(',');
		for (const wrong of [many, 'a']) {
			expect((await get(`v8/Leads?fields=id&ids=${wrong}`)).json()).toMatchObject({ details: { param_name: 'ids' } });
		}
	});

	describe('queries', () => {
		const query = async (text: string, accessToken = token, contentType = 'application/json') =>
			await proxiedRequest(emulator, {
				url: 'https://www.zohoapis.com/crm/v8/coql',
				method: 'POST',
				headers: { authorization: `Bearer ${accessToken}`, 'content-type': contentType },
				body: JSON.stringify({ select_query: text }),
			});
		const SELECT = 'select id, Email from Contacts where';

		it('give the records that have one of some values, in order', async () => {
			const { records } = emulator.zoho;
			const ids = ["o'brien@example.com", 'say "hi"', 'back\\slash', 'x'].map((Email, n) =>
				records.add('Contacts', { fields: { Email }, modifiedAt: 1000 * n }),
			);
			const found = async (where: string) => rows(await query(`${SELECT} ${where}`), 'data').map(({ id }) => id);
			expect(await found(`Email in ("O'BRIEN@example.com", 'say "hi"') order by Modified_Time desc`)).toEqual([
				ids[1],
				ids[0],
			]);
			expect(await found(`Email in ('o''brien@example.com', "say ""hi""", 'back\\\\slash')`)).toHaveLength(3);
			expect(await found("Email = 'x'")).toEqual([ids[3]]);
			expect((await query(`${SELECT} Email = 'nobody'`)).status).toBe(204);
			expect(emulator.zoho.calls.at(-1)?.selectQuery).toBe(`${SELECT} Email = 'nobody'`);
		});

		it('say when there is more than was asked for', async () => {
			emulator.zoho.records.addMany('Contacts', 3, { fields: { Email: 'x' } });
			expect((await query(`${SELECT} Email = 'x' limit 2`)).json()).toMatchObject({
				info: { count: 2, more_records: true },
			});
		});

		it.each([
			["Email in ('a' 'b')", 'SYNTAX_ERROR'],
			["Email in ('a'", 'SYNTAX_ERROR'],
			["Email in ('a)", 'SYNTAX_ERROR'],
			["Email = 'a' or id = '1'", 'SYNTAX_ERROR'],
			["Email in ('a\\')", 'SYNTAX_ERROR'],
			["Shoe_Size = 'a'", 'INVALID_QUERY'],
			['Email = 7', 'INVALID_QUERY'],
			["Email = 'a' limit 201", 'LIMIT_EXCEEDED'],
			[`Email in (${Array(51).fill("'a'").join(',')})`, 'LIMIT_EXCEEDED'],
		])('are refused where Zoho would refuse them: %s', async (where, code) => {
			expect((await query(`${SELECT} ${where}`)).json()).toMatchObject({ code, status: 'error' });
		});

		it('take the scope for queries and the one for the module', async () => {
			const text = `${SELECT} Email = 'a'`;
			for (const scopes of ['ZohoCRM.modules.READ', 'ZohoCRM.coql.READ,ZohoCRM.modules.leads.READ']) {
				expect((await query(text, tokenFor(scopes))).json().code).toBe('OAUTH_SCOPE_MISMATCH');
			}
			expect((await query(text, tokenFor('ZohoCRM.coql.READ,ZohoCRM.modules.contacts.READ'))).status).toBe(204);
			expect((await query(text, token, 'text/plain')).json().code).toBe('MANDATORY_NOT_FOUND');
			expect((await get('v8/coql')).json().code).toBe('INVALID_REQUEST_METHOD');
		});
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
