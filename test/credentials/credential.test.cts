import { ZohoCrmPhotoOAuth2Api } from '../../credentials/ZohoCrmPhotoOAuth2Api.credentials';
import { DATA_CENTERS } from '../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import { openDoor } from '../wire/realDoor.cts';

const LEAST =
	'ZohoCRM.modules.CREATE,ZohoCRM.modules.READ,ZohoCRM.modules.DELETE,ZohoCRM.coql.READ,ZohoCRM.settings.modules.READ,ZohoSearch.securesearch.READ';

/** The credential as n8n hands it to the node: defaults laid under, expressions worked out by n8n itself. */
async function resolved(stored: object): Promise<Record<string, unknown>> {
	return await (await openDoor({ clientId: 'id', clientSecret: 'secret', ...stored })).credential();
}

describe('the addresses', () => {
	test.each([
		['zoho.com', 'https://accounts.zoho.com'],
		['zoho.eu', 'https://accounts.zoho.eu'],
		['zoho.in', 'https://accounts.zoho.in'],
		['zoho.com.au', 'https://accounts.zoho.com.au'],
		['zoho.jp', 'https://accounts.zoho.jp'],
		['zoho.com.cn', 'https://accounts.zoho.com.cn'],
		['zohocloud.ca', 'https://accounts.zohocloud.ca'],
		['zoho.sa', 'https://accounts.zoho.sa'],
		['zoho.uk', 'https://accounts.zoho.uk'],
		['zoho.ae', 'https://accounts.zoho.ae'],
	])('follow from the data center %s', async (dataCenter, accounts) => {
		expect(await resolved({ dataCenter })).toMatchObject({
			authUrl: `${accounts}/oauth/v2/auth`,
			accessTokenUrl: `${accounts}/oauth/v2/token`,
		});
	});

	test('are those of the United States until another data center is chosen', async () => {
		expect(await resolved({})).toMatchObject({ accessTokenUrl: 'https://accounts.zoho.com/oauth/v2/token' });
	});

	test.each([
		'evil.example/',
		'zoho.com@evil.example/',
		'zoho.com.evil.example',
		'evil.example#',
		'evil.example?',
		'zoho.com/',
		'ZOHO.COM',
		' zoho.com',
		'constructor',
		'={{ "evil.example/" }}',
		'zoho.com" + "@evil.example',
		['zoho.com'],
		{ toString: 'zoho.com' },
		7,
		null,
		'',
	])('are none for the data center %j, which is not in the list', async (dataCenter) => {
		expect(await resolved({ dataCenter })).toMatchObject({ authUrl: '', accessTokenUrl: '' });
	});

	test('cannot be led elsewhere by stored values', async () => {
		const stored = {
			authUrl: 'https://evil.example/auth',
			accessTokenUrl: 'https://evil.example/token',
			grantType: 'clientCredentials',
			authentication: 'header',
		};
		expect(await resolved({ dataCenter: 'zoho.eu', ...stored })).toMatchObject({
			authUrl: 'https://accounts.zoho.eu/oauth/v2/auth',
			accessTokenUrl: 'https://accounts.zoho.eu/oauth/v2/token',
			grantType: 'authorizationCode',
			authentication: 'body',
		});
	});
});

describe('the scopes', () => {
	test.each([
		['not asked for', {}],
		['switched off again', { customScopes: false, enabledScopes: 'ZohoCRM.modules.ALL' }],
		['switched on and emptied', { customScopes: true, enabledScopes: '' }],
		['nothing but commas and spaces', { customScopes: true, enabledScopes: ' ,\n, ' }],
		['as they come', { customScopes: true }],
	])('are the least that the node needs: custom scopes %s', async (_, stored) => {
		expect((await resolved(stored)).scope).toBe(LEAST);
	});

	test.each([
		['ZohoCRM.modules.leads.CREATE', 'ZohoCRM.modules.leads.CREATE'],
		['A.b.C,D.e.F', 'A.b.C,D.e.F'],
		[' A.b.C , D.e.F ', 'A.b.C,D.e.F'],
		['A.b.C\nD.e.F\r\nG.h.I', 'A.b.C,D.e.F,G.h.I'],
		['A.b.C D.e.F', 'A.b.C,D.e.F'],
		[',A.b.C,,D.e.F,\n', 'A.b.C,D.e.F'],
	])('of an administrator, written %j', async (enabledScopes, scope) => {
		expect((await resolved({ customScopes: true, enabledScopes })).scope).toBe(scope);
	});
});

describe('the form', () => {
	const { properties, ...credential } = new ZohoCrmPhotoOAuth2Api();
	const property = (name: string): (typeof properties)[number] => {
		const found = properties.find((one) => one.name === name);
		if (found === undefined) throw new Error(`There is no ${name}.`);
		return found;
	};

	test('extends the OAuth2 credential of n8n', () => {
		expect(credential).toMatchObject({
			name: 'zohoCrmPhotoOAuth2Api',
			displayName: 'Zoho CRM Photo OAuth2 API',
			extends: ['oAuth2Api'],
			icon: { light: 'file:zohoCrmPhoto.svg', dark: 'file:zohoCrmPhoto.dark.svg' },
			documentationUrl: expect.stringMatching(/\/docs\/credential\.md$/),
		});
	});

	test('asks for a refresh token at every consent', async () => {
		expect(await resolved({})).toMatchObject({
			authQueryParameters: 'access_type=offline&prompt=consent',
			grantType: 'authorizationCode',
			authentication: 'body',
		});
	});

	test('shows the data center, the switch for image fields and the custom scopes alone', () => {
		const visible = properties.filter(({ type }) => type !== 'hidden').map(({ name }) => name);
		expect(visible).toEqual(['dataCenter', 'imageFields', 'customScopes', 'enabledScopes', 'customScopesNotice']);
		for (const name of ['enabledScopes', 'customScopesNotice']) {
			expect(property(name).displayOptions).toEqual({ show: { customScopes: [true] } });
		}
		expect(property('customScopes').default).toBe(false);
	});

	test('shows the scopes one in a line, all of them at once', () => {
		const scopes = String(property('enabledScopes').default).split('\n');
		expect(scopes.join(',')).toBe(LEAST);
		expect(property('enabledScopes').typeOptions?.rows).toBeGreaterThan(scopes.length);
	});

	test('asks for what image fields take on top where the switch is on', async () => {
		const more = 'ZohoCRM.modules.UPDATE,ZohoCRM.files.CREATE,ZohoCRM.settings.fields.READ';
		expect(await resolved({ imageFields: true })).toMatchObject({ scope: `${LEAST},${more}` });
		expect(await resolved({ imageFields: false })).toMatchObject({ scope: LEAST });
		const customScopes = { customScopes: true, enabledScopes: 'ZohoCRM.modules.ALL' };
		expect(await resolved({ imageFields: true, ...customScopes })).toMatchObject({ scope: 'ZohoCRM.modules.ALL' });
	});

	test('lists every data center by the address that people know', () => {
		const options = property('dataCenter').options?.flatMap((option) => ('value' in option ? [option] : [])) ?? [];
		expect(options.map(({ value }) => value)).toEqual(DATA_CENTERS.map(({ accountsDomain }) => accountsDomain));
		for (const { name } of options) expect(name).toMatch(/^[A-Z][A-Za-z ]+ \([A-Z]{2}\)$/);
		expect(options.find(({ value }) => value === 'zohocloud.ca')).toMatchObject({
			name: 'Canada (CA)',
			description: 'Zoho CRM at crm.zohocloud.ca',
		});
	});
});
