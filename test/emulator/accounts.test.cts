import { defaultClient } from './accounts/clients.cts';
import { pathOfConsent } from './accounts/consentPage.cts';
import { type Emulator, startEmulator } from './emulator.cts';
import { type ProxiedAnswer, proxiedRequest } from './proxiedRequest.cts';

const { clientId, clientSecret } = defaultClient;
const redirectUri = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const scope = 'ZohoCRM.modules.ALL,ZohoCRM.settings.modules.READ';

// Real connections and processes: slow only when the machine is busy with something else.
jest.setTimeout(30_000);

describe('the emulated Zoho accounts', () => {
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	afterAll(async () => await emulator.close());
	beforeEach(() => emulator.zoho.reset());

	const consentPage = async (query: Record<string, string> = {}, domain = 'zoho.eu') => {
		const parameters = new URLSearchParams({
			client_id: clientId,
			redirect_uri: redirectUri,
			response_type: 'code',
			scope,
			access_type: 'offline',
			prompt: 'consent',
			state: 'the-state',
			...query,
		});
		return await proxiedRequest(emulator, { url: `https://accounts.${domain}/oauth/v2/auth?${parameters.toString()}` });
	};
	const consent = async (query: Record<string, string> = {}, domain = 'zoho.eu', choice = {}): Promise<URL> => {
		const page = await consentPage(query, domain);
		const path = pathOfConsent(page.body.toString(), choice);
		const answer = await proxiedRequest(emulator, { url: `https://accounts.${domain}${path}` });
		expect(answer.status).toBe(302);
		return new URL(String(answer.headers.location));
	};
	const token = async (fields: Record<string, string>, domain = 'zoho.eu'): Promise<ProxiedAnswer> =>
		await proxiedRequest(emulator, {
			url: `https://accounts.${domain}/oauth/v2/token`,
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }).toString(),
		});
	const exchange = async (code: string, fields: Record<string, string> = {}, domain = 'zoho.eu') =>
		await token({ grant_type: 'authorization_code', redirect_uri: redirectUri, code, ...fields }, domain);
	const codeOf = (callback: URL) => callback.searchParams.get('code') ?? '';
	const modules = async (accessToken: unknown, host = 'www.zohoapis.eu') =>
		(
			await proxiedRequest(emulator, {
				url: `https://${host}/crm/v8/settings/modules`,
				headers: { authorization: `Bearer ${String(accessToken)}` },
			})
		).status;

	describe('consent', () => {
		it('sends the user back with code, state, location and accounts-server, and the code becomes tokens', async () => {
			const callback = await consent();
			expect(`${callback.origin}${callback.pathname}`).toBe(redirectUri);
			expect(callback.searchParams.get('state')).toBe('the-state');
			expect(callback.searchParams.get('location')).toBe('eu');
			expect(callback.searchParams.get('accounts-server')).toBe('https://accounts.zoho.eu');
			const answer = (await exchange(codeOf(callback))).json();
			expect(answer).toMatchObject({
				api_domain: 'https://www.zohoapis.eu',
				token_type: 'Bearer',
				expires_in: 3600,
				scope: scope.replace(',', ' '),
			});
			expect(await modules(answer.access_token)).toBe(200);
			expect(answer.refresh_token).toMatch(/^1000\./);
		});

		it('lets the user choose a sandbox, and api_domain follows', async () => {
			const page = (await consentPage()).body.toString();
			const sandbox = /value="(\d+)"> [^<]*\(Sandbox\)/.exec(page)?.[1];
			const callback = await consent({}, 'zoho.eu', { org: sandbox });
			const answer = (await exchange(codeOf(callback))).json();
			expect(answer.api_domain).toBe('https://sandbox.zohoapis.eu');
			expect(await modules(answer.access_token, 'sandbox.zohoapis.eu')).toBe(200);
			expect(await modules(answer.access_token)).toBe(401);
		});

		it('at accounts.zoho.com lets a European in, whose code is unknown there', async () => {
			const page = (await consentPage({}, 'zoho.com')).body.toString();
			const european = /value="(\d+)"> Zylker Europe BV/.exec(page)?.[1];
			const callback = await consent({}, 'zoho.com', { org: european });
			expect(callback.searchParams.get('location')).toBe('eu');
			expect((await exchange(codeOf(callback), {}, 'zoho.com')).json()).toEqual({ error: 'invalid_code' });
			expect(page).not.toContain('Zylker China');
		});

		it('can be rejected', async () => {
			const callback = await consent({}, 'zoho.eu', { answer: 'reject' });
			expect(callback.searchParams.get('error')).toBe('access_denied');
			expect(callback.searchParams.has('code')).toBe(false);
		});

		it.each([
			['another client', { client_id: '1000.NOBODY' }],
			['no redirect address', { redirect_uri: '' }],
			['scopes that do not exist', { scope: 'everything' }],
			['scopes separated by spaces', { scope: 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL' }],
			['another response type', { response_type: 'token' }],
		])('is refused on a page of its own for %s', async (_name, query) => {
			const page = await consentPage(query);
			expect(page.status).toBe(400);
			expect(page.headers['content-type']).toMatch('text/html');
		});

		it('is refused for a redirect address that is not registered', async () => {
			emulator.zoho.clients.set({ ...defaultClient, redirectUris: ['https://elsewhere.example/'] });
			expect((await consentPage()).status).toBe(400);
		});

		it('gives a refresh token only when asked: offline, and the first time or with prompt=consent', async () => {
			const refreshToken = async (query: Record<string, string>) =>
				(await exchange(codeOf(await consent(query)))).json().refresh_token;
			expect(await refreshToken({ access_type: 'online' })).toBeUndefined();
			emulator.zoho.reset();
			expect(await refreshToken({ prompt: '' })).toBeDefined();
			expect(await refreshToken({ prompt: '' })).toBeUndefined();
			expect(await refreshToken({})).toBeDefined();
		});
	});

	describe('the token address answers with HTTP 200', () => {
		it('invalid_code for a code that was used, is too old, or unknown', async () => {
			const code = codeOf(await consent());
			expect((await exchange(code)).json().access_token).toBeDefined();
			const again = await exchange(code);
			expect([again.status, again.json()]).toEqual([200, { error: 'invalid_code' }]);
			const late = codeOf(await consent());
			emulator.zoho.clock.advance(121_000);
			expect((await exchange(late)).json()).toEqual({ error: 'invalid_code' });
			expect((await exchange('1000.x.y')).json()).toEqual({ error: 'invalid_code' });
		});

		it.each([
			['invalid_client', { client_id: 'nobody' }],
			['invalid_client_secret', { client_secret: 'guess' }],
			['invalid_redirect_uri', { redirect_uri: `${redirectUri}/` }],
		])('%s', async (error, fields) => {
			const answer = await exchange(codeOf(await consent()), fields);
			expect([answer.status, answer.json()]).toEqual([200, { error }]);
			expect(emulator.zoho.tokenCalls.at(-1)).toMatchObject({ outcome: error, grantType: 'authorization_code' });
		});

		it('invalid_client where the client does not exist', async () => {
			emulator.zoho.clients.set({ ...defaultClient, locations: ['eu'] });
			const data = emulator.zoho.connect({ dataCenter: 'zoho.in' }).oauthTokenData;
			const fields = { grant_type: 'refresh_token', refresh_token: String(data.refresh_token) };
			expect((await token(fields, 'zoho.in')).json()).toEqual({ error: 'invalid_client' });
		});
	});

	describe('refresh', () => {
		const refresh = async (data: Record<string, unknown>, domain = 'zoho.eu') =>
			await token({ grant_type: 'refresh_token', refresh_token: String(data.refresh_token) }, domain);

		it('gives a new access token and no refresh token, and the old access token stays good', async () => {
			const data = emulator.zoho.connect({ dataCenter: 'zoho.eu' }).oauthTokenData;
			const answer = (await refresh(data)).json();
			expect(answer.refresh_token).toBeUndefined();
			expect(answer.api_domain).toBe('https://www.zohoapis.eu');
			expect(await modules(answer.access_token)).toBe(200);
			expect(await modules(data.access_token)).toBe(200);
			expect(emulator.zoho.calls.map((call) => call.tokenGeneration)).toEqual([2, 1]);
		});

		it('is unknown at another data center, and after revocation', async () => {
			const data = emulator.zoho.connect({ dataCenter: 'zoho.eu' }).oauthTokenData;
			expect((await refresh(data, 'zoho.com')).json()).toEqual({ error: 'invalid_code' });
			const revoked = await proxiedRequest(emulator, {
				url: `https://accounts.zoho.eu/oauth/v2/token/revoke?token=${String(data.refresh_token)}`,
				method: 'POST',
			});
			expect(revoked.json()).toEqual({ status: 'success' });
			expect((await refresh(data)).json()).toEqual({ error: 'invalid_code' });
			expect(await modules(data.access_token)).toBe(401);
		});

		it('is denied the eleventh time in ten minutes, and only the newest ten access tokens live', async () => {
			const data = emulator.zoho.connect({ dataCenter: 'zoho.eu' }).oauthTokenData;
			for (let turn = 0; turn < 10; turn++) expect((await refresh(data)).json().access_token).toBeDefined();
			expect(await modules(data.access_token)).toBe(401);
			const denied = await refresh(data);
			expect(denied.status).toBe(200);
			expect(denied.json()).toMatchObject({ error: 'Access Denied', status: 'failure' });
			emulator.zoho.tokens.rules.throttleStatus = 400;
			expect((await refresh(data)).status).toBe(400);
			emulator.zoho.clock.advance(601_000);
			expect((await refresh(data)).json().access_token).toBeDefined();
		});

		it('takes parameters in the query and as multipart, too', async () => {
			const { oauthTokenData } = emulator.zoho.connect({ dataCenter: 'zoho.eu' });
			const fields = {
				grant_type: 'refresh_token',
				refresh_token: String(oauthTokenData.refresh_token),
				client_id: clientId,
				client_secret: clientSecret,
			};
			const url = 'https://accounts.zoho.eu/oauth/v2/token';
			const query = new URLSearchParams(fields).toString();
			const inQuery = await proxiedRequest(emulator, { url: `${url}?${query}`, method: 'POST' });
			expect(inQuery.json().access_token).toBeDefined();
			const form = new FormData();
			for (const [name, value] of Object.entries(fields)) form.append(name, value);
			const encoded = new Response(form);
			const inMultipart = await proxiedRequest(emulator, {
				url,
				method: 'POST',
				headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
				body: Buffer.from(await encoded.arrayBuffer()),
			});
			expect(inMultipart.json().access_token).toBeDefined();
			expect(emulator.zoho.tokenCalls.map((call) => call.carriedIn)).toEqual(['query', 'multipart']);
		});
	});

	describe('tokens', () => {
		it('expire after an hour, when told, and after a number of calls', async () => {
			const fresh = () => emulator.zoho.connect({ dataCenter: 'zoho.eu' }).oauthTokenData.access_token;
			const first = fresh();
			emulator.zoho.clock.advance(3_601_000);
			expect(await modules(first)).toBe(401);
			const second = fresh();
			emulator.zoho.tokens.expireAll();
			expect(await modules(second)).toBe(401);
			const third = fresh();
			emulator.zoho.tokens.expireAfterCalls(2);
			expect([await modules(third), await modules(third), await modules(third)]).toEqual([200, 200, 401]);
			expect(await modules(fresh())).toBe(200);
		});

		it('die with the oldest refresh token when there are more than twenty', async () => {
			const all = Array.from({ length: 21 }, () => emulator.zoho.connect({ dataCenter: 'zoho.eu' }).oauthTokenData);
			expect(await modules(all[0]?.access_token)).toBe(401);
			expect(await modules(all[1]?.access_token)).toBe(200);
		});
	});

	describe('connect, without a browser', () => {
		it('gives what n8n stores', async () => {
			const credential = emulator.zoho.connect({ dataCenter: 'zohocloud.ca' });
			expect(credential).toMatchObject({ dataCenter: 'zohocloud.ca', clientId, clientSecret });
			expect(credential.oauthTokenData).toMatchObject({
				api_domain: 'https://www.zohoapis.ca',
				token_type: 'Bearer',
				callbackQueryString: { location: 'ca', 'accounts-server': 'https://accounts.zohocloud.ca' },
			});
			expect(await modules(credential.oauthTokenData.access_token, 'www.zohoapis.ca')).toBe(200);
		});

		it('notes when the access token runs out, as n8n 2.41 does, where that is wished', () => {
			const { zoho } = emulator;
			const left = (data: Record<string, unknown>) => Number(data.n8n_expires_at) - Date.now();
			const alive = left(zoho.connect({ timed: true }).oauthTokenData);
			expect(alive).toBeGreaterThan(3_590_000);
			expect(alive).toBeLessThanOrEqual(3_600_000);
			expect(left(zoho.connect({ timed: true, expired: true }).oauthTokenData)).toBeLessThan(0);
			expect(zoho.connect().oauthTokenData).not.toHaveProperty('n8n_expires_at');
		});

		it('gives what is stored after a mistake', async () => {
			const { zoho } = emulator;
			expect(zoho.connect({ mistake: 'invalid_client' }).oauthTokenData).toMatchObject({ error: 'invalid_client' });
			const foreign = zoho.connect({ dataCenter: 'zoho.com', tokenOf: 'zoho.eu' }).oauthTokenData;
			expect(foreign).toMatchObject({
				api_domain: 'https://www.zohoapis.com',
				callbackQueryString: { location: 'eu' },
			});
			expect(await modules(foreign.access_token, 'www.zohoapis.com')).toBe(401);
			expect(await modules(zoho.connect({ dataCenter: 'eu', revoked: true }).oauthTokenData.access_token)).toBe(401);
			expect(await modules(zoho.connect({ dataCenter: 'eu', expired: true }).oauthTokenData.access_token)).toBe(401);
			const narrow = zoho.connect({ customScopes: 'ZohoCRM.modules.leads.CREATE' });
			expect(narrow).toMatchObject({ customScopes: true, enabledScopes: 'ZohoCRM.modules.leads.CREATE' });
			expect(zoho.connect({ online: true }).oauthTokenData.refresh_token).toBeUndefined();
		});
	});
});
