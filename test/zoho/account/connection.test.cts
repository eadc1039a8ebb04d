import { elsewhere, readConnection, tokenRefused } from '../../../nodes/ZohoCrmPhoto/zoho/account/connection';
import {
	DATA_CENTERS,
	dataCenterOfAccounts,
	dataCenterOfAccountsServer,
	dataCenterOfApi,
	dataCenterOfLocation,
} from '../../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import { TOKEN } from '../samples.cts';

const US = dataCenterOfAccounts('zoho.com');
const EU = dataCenterOfAccounts('zoho.eu');
const GOOD = { access_token: TOKEN, refresh_token: 'r', api_domain: 'https://www.zohoapis.com', scope: 'A B' };

function read(oauthTokenData: unknown, more: object = {}): ReturnType<typeof readConnection> {
	return readConnection(
		JSON.parse(JSON.stringify({ dataCenter: 'zoho.com', scope: 'asked', oauthTokenData, ...more })),
	);
}

function failureOf(outcome: ReturnType<typeof readConnection>): { code: string; message: string; description: string } {
	if (outcome.ok) throw new Error('It was read.');
	expect(outcome.failure.stops).toBe('run');
	return outcome.failure;
}

describe('a connected credential', () => {
	test('gives all that a call needs', () => {
		expect(read(GOOD)).toEqual({
			ok: true,
			value: {
				origin: 'https://www.zohoapis.com',
				credential: { dataCenter: 'zoho.com', scope: 'asked', oauthTokenData: GOOD },
				accessToken: TOKEN,
				renewable: true,
				scopes: 'A B',
				areScopesGranted: true,
				expiresAt: NaN,
				chosen: US,
				home: US,
				tokenRefusal: '',
			},
		});
	});

	test('without scopes, refresh token and api_domain takes what the credential says', () => {
		const { scope, refresh_token: refresh, api_domain: api, ...bare } = GOOD;
		const value = {
			scopes: 'asked',
			areScopesGranted: false,
			renewable: false,
			origin: 'https://www.zohoapis.eu',
			chosen: EU,
			home: EU,
		};
		expect(read(bare, { dataCenter: 'zoho.eu' })).toMatchObject({ ok: true, value });
		expect([scope, refresh, api]).toHaveLength(3);
	});

	test.each([
		['1796000000000', 1_796_000_000_000],
		['', NaN],
		['soon', NaN],
		[1_796_000_000_000, NaN],
	])('n8n has noted as the end of its token %j, read as %d', (noted, expiresAt) => {
		expect(read({ ...GOOD, n8n_expires_at: noted })).toMatchObject({ value: { expiresAt } });
	});

	test('a refusal left over beside a good token does not matter', () => {
		expect(read({ ...GOOD, error: 'invalid_code' })).toMatchObject({
			ok: true,
			value: { tokenRefusal: 'invalid_code' },
		});
	});

	test.each([
		[{ location: 'eu' }],
		[{ 'accounts-server': 'https://accounts.zoho.eu' }],
		[{ location: 'nowhere', 'accounts-server': 'https://accounts.zoho.eu' }],
	])('the callback %j tells where the account lives', (callbackQueryString) => {
		expect(read({ ...GOOD, callbackQueryString })).toMatchObject({ value: { chosen: US, home: EU } });
	});

	test.each([['nonsense'], [{ location: 'nowhere' }], [null]])(
		'the callback %j tells nothing',
		(callbackQueryString) => {
			const outcome = read({ ...GOOD, api_domain: 'https://sandbox.zohoapis.eu/', callbackQueryString });
			expect(outcome).toMatchObject({ value: { origin: 'https://sandbox.zohoapis.eu', home: EU } });
		},
	);
});

describe('a credential that is not connected', () => {
	test.each([[undefined], [{}], ['text'], [{ access_token: '' }], [{ access_token: 5 }]])('token data %j', (data) => {
		expect(failureOf(read(data))).toMatchObject({
			code: 'CREDENTIAL_NOT_CONNECTED',
			message: 'The credential is not connected to Zoho',
			description: 'Open the credential, choose the Data Center of your Zoho account and connect the account.',
		});
	});

	test.each([
		['invalid_code', 'The access was revoked in Zoho, newer connections pushed it out'],
		['invalid_client', "Zoho does not know the Client ID in this data center. Compare it with Zoho's API console"],
		['invalid_client_secret', 'The Client Secret does not fit the Client ID.'],
		['invalid_redirect_uri', "among the client's Authorized Redirect URIs"],
		['Access Denied', 'Wait ten minutes, then run the items again'],
		['invalid_grant', 'The access was revoked in Zoho, or newer connections'],
		['access_denied', "accept on Zoho's consent page"],
		['brand_new_word', 'choose the Data Center of your Zoho account and connect the account again.'],
	])('Zoho answered %s', (word, advice) => {
		const { code, message, description } = failureOf(read({ error: word }));
		expect(code).toBe('CREDENTIAL_NOT_CONNECTED');
		expect(message).toBe(`Zoho gave no access token: it answered ${word}`);
		expect(description).toContain(advice);
		expect(description).toMatch(/^[A-Z][^{}]*\.$/);
	});

	test.each(['invalid_code', 'invalid_client', 'brand_new_word'])('%s of an account that lives elsewhere', (error) => {
		const { description } = failureOf(read({ error, callbackQueryString: { location: 'eu' } }));
		expect(description).toMatch(
			/^The account lives in the data center Europe \(EU\), the credential says United States \(US\): choose Europe \(EU\) there\. \S/,
		);
	});

	test.each([['x'.repeat(500)], ['<html>'], ['4711'], ['client_secret=1']])('no word at all: %j', (error) => {
		expect(failureOf(read({ error })).message).toBe('Zoho gave no access token: it answered UNKNOWN');
	});

	test('a word that nobody knows is no reason to connect at once', () => {
		const { description } = failureOf(
			read({ error: 'general_error', error_description: ' Try  <b>later</b> today. ' }),
		);
		expect(description).toMatch(/^Run the items again first; only if it stays, open the credential, /);
		expect(description).toMatch(/ Zoho said "Try later today"\.$/);
	});

	test('what Zoho says beside another word than this is not told', () => {
		const account = { chosen: US, home: US, credential: { oauthTokenData: { error: 'old', error_description: 'x' } } };
		expect(tokenRefused('new_word', account).description).not.toContain('Zoho said');
	});

	test.each([
		['secret and refresh token in a word', 'error'],
		['secret and refresh token in a description', 'error_description'],
	])('an echo of the request is struck out: %s', (_, field) => {
		const clientSecret = '1a2b3cdefgh4i5j6k7l8m9n0o1p2q3r4s5t6u7v8w9';
		const refresh = TOKEN.replace('0123', 'abcd');
		const echo = `client_secret=${clientSecret.slice(0, 20)}<wbr>${clientSecret.slice(20)}&refresh_token=${refresh}`;
		const token = { error: 'odd_word', refresh_token: refresh, [field]: `${clientSecret} ${echo}` };
		const failure = failureOf(read(token, { clientSecret }));
		expect(JSON.stringify(failure)).not.toMatch(/cdefgh|5t6u7v8|abcd4567|fedcba98/);
	});

	test('a secret that looks like a word is not told as one', () => {
		const clientSecret = 'abcdefghijklmnopqrstuvwxyz';
		expect(failureOf(read({ error: clientSecret }, { clientSecret })).message).toMatch(/answered UNKNOWN$/);
	});
});

describe('an API domain that must not see the token', () => {
	test.each([
		['http://www.zohoapis.com', 'http://www.zohoapis.com'],
		['https://www.zohoapis.com.evil.example', 'https://www.zohoapis.com.evil.example'],
		['https://www.zohoapis.com:8443', 'https://www.zohoapis.com:8443'],
		['https://user:hidden@www.zohoapis.com', 'https://www.zohoapis.com'],
		['https://user@www.zohoapis.com', 'https://www.zohoapis.com'],
		['https://:hidden@www.zohoapis.com', 'https://www.zohoapis.com'],
		['https://evilzohoapis.com', 'https://evilzohoapis.com'],
		['https://www.evilzohoapis.com', 'https://www.evilzohoapis.com'],
		['https://wwwXzohoapis.com', 'https://wwwxzohoapis.com'],
		['https://www.zohoapis.com.au.evil.example', 'https://www.zohoapis.com.au.evil.example'],
		['https://www-zohoapis.com', 'https://www-zohoapis.com'],
		['https://www.www.zohoapis.com', 'https://www.www.zohoapis.com'],
		['https://zohoapis.com', 'https://zohoapis.com'],
		['https://content.zohoapis.com', 'https://content.zohoapis.com'],
		['https://www.zohoapis.com.', 'https://www.zohoapis.com.'],
		['https://www.zohoapis.com@evil.example/', 'https://evil.example'],
		['https://www.zohoapıs.com', 'https://www.xn--zohoaps-wfb.com'],
		['www.zohoapis.com', 'www.zohoapis.com'],
		['javascript:alert(1)', 'javascript://'],
	])('%s', (apiDomain, shown) => {
		const { code, message, description } = failureOf(read({ ...GOOD, api_domain: apiDomain }));
		expect(code).toBe('UNTRUSTED_API_DOMAIN');
		expect(message).toBe(
			`The credential names '${shown}' as API domain, which is not the https address of Zoho's API, so nothing was sent`,
		);
		expect(description).toMatch(
			/^Open the credential, .*goes to Zoho CRM alone\. If Zoho itself gave this address, report it/,
		);
	});

	test('with a secret in its place is told without it', () => {
		const { message } = failureOf(read({ ...GOOD, api_domain: `https://${TOKEN}.example` }));
		expect(message).toContain("'https://***.example'");
		expect(failureOf(read({ ...GOOD, api_domain: `no address ${TOKEN}` })).message).toContain("'no address ***'");
		expect(failureOf(read({ ...GOOD, api_domain: `https://${'a.'.repeat(500)}b` })).message.length).toBeLessThan(350);
	});

	test('none at all, without a data center', () => {
		const outcome = read({ access_token: TOKEN }, { dataCenter: '' });
		expect(failureOf(outcome).message).toMatch(/^The credential names nothing as API domain/);
	});
});

describe('an accounts server that must not see the secrets', () => {
	test.each([
		['evil.example/', "the Data Center 'evil.example/'"],
		['zoho.com@evil.example/', "the Data Center 'zoho.com@evil.example/'"],
		['evil.example#', "the Data Center 'evil.example#'"],
		['zoho.sg', "the Data Center 'zoho.sg'"],
		['Zoho.com', "the Data Center 'Zoho.com'"],
		[['zoho.com'], 'the Data Center'],
		[{}, 'the Data Center'],
		[`<b>${'x'.repeat(1000)}`, `the Data Center '${'x'.repeat(100)}...'`],
		[TOKEN, "the Data Center '***'"],
	])('by its data center: %j', (dataCenter, given) => {
		const { code, message, description } = failureOf(read(GOOD, { dataCenter }));
		expect(code).toBe('UNTRUSTED_DATA_CENTER');
		expect(message).toBe(`The credential names ${given}, which is none of Zoho's, so nothing was sent`);
		expect(description).toContain('ask who else may edit the credential');
	});

	/** As n8n before 2.41 gives it, where a hidden field was stored. */
	test.each([
		'https://evil.example/oauth/v2/token',
		'https://accounts.zoho.com@evil.example/oauth/v2/token',
		'https://accounts.zoho.com.evil.example/oauth/v2/token',
		'https://accounts.evilzoho.com/oauth/v2/token',
		'https://accountsXzoho.com/oauth/v2/token',
		'http://accounts.zoho.com/oauth/v2/token',
		'https://accounts.zoho.com:444/oauth/v2/token',
		'https://accounts.zoho.com/oauth/v2/token#',
		'https://accounts.zoho.com/elsewhere',
	])('by the address for tokens: %s', (accessTokenUrl) => {
		const { code, message } = failureOf(read(GOOD, { accessTokenUrl }));
		expect(code).toBe('UNTRUSTED_DATA_CENTER');
		expect(message).toContain(`names an address for tokens '${accessTokenUrl}'`);
	});

	test.each([['https://accounts.zohocloud.ca/oauth/v2/token'], [''], [undefined]])(
		"is not one of Zoho's or none: %j",
		(accessTokenUrl) => {
			expect(read(GOOD, { accessTokenUrl }).ok).toBe(true);
		},
	);
});

describe('data centers', () => {
	/** Zoho's multi-data-center pages and its SDK 8.0. */
	test.each([
		['zoho.com', 'zohoapis.com', 'us'],
		['zoho.eu', 'zohoapis.eu', 'eu'],
		['zoho.in', 'zohoapis.in', 'in'],
		['zoho.com.au', 'zohoapis.com.au', 'au'],
		['zoho.jp', 'zohoapis.jp', 'jp'],
		['zoho.com.cn', 'zohoapis.com.cn', 'cn'],
		['zohocloud.ca', 'zohoapis.ca', 'ca'],
		['zoho.sa', 'zohoapis.sa', 'sa'],
		['zoho.uk', 'zohoapis.uk', 'uk'],
		['zoho.ae', 'zohoapis.ae', 'ae'],
	])('%s has its API on %s', (accountsDomain, apiDomain, location) => {
		const found = dataCenterOfAccounts(accountsDomain);
		expect(found).toMatchObject({ accountsDomain, apiDomain, location });
		expect(found?.name).toMatch(new RegExp(`^[A-Z][A-Za-z ]+ \\(${location.toUpperCase()}\\)$`));
		expect(dataCenterOfLocation(location)).toBe(found);
		expect(dataCenterOfAccountsServer(`https://accounts.${accountsDomain}`)).toBe(found);
		for (const environment of ['www', 'sandbox', 'developer']) {
			expect(dataCenterOfApi(`https://${environment}.${apiDomain}`)).toBe(found);
		}
	});

	test('these are all, by name', () => {
		const names = DATA_CENTERS.map(({ name }) => name);
		expect(names).toHaveLength(10);
		expect(names).toEqual([...names].sort());
	});

	test('where both agree or one is unknown, nothing is told', () => {
		expect(elsewhere({ chosen: US, home: US })).toBe('');
		expect(elsewhere({ chosen: undefined, home: US })).toBe('');
		expect(elsewhere({ chosen: US, home: undefined })).toBe('');
		expect(tokenRefused('', { chosen: US, home: EU }).message).toBe('The credential is not connected to Zoho');
	});
});
