import type { CredentialData } from '../emulator/accounts/connect.cts';
import type { FaultAnswer } from '../emulator/faults/faultAnswers.cts';
import type { NetworkFault } from '../emulator/network/networkFaults.cts';
import { photoItem } from '../engine/photos.cts';
import { byItem, CORES, startStageOn, type PhotoNodeSettings, type Stage } from '../engine/stage.cts';

/** What a failure item's `error` holds. */
interface Told {
	code: string;
	message: string;
	description: string;
	httpStatus?: number;
	attempts?: number;
}

/** The faults of a real network, proxy and accounts server, as each n8n-core hands them to the node. */
describe.each(CORES)('trouble on the way, through n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	/** Runs one upload that is not tried again, and gives what its item says. Fails where a token shows anywhere. */
	async function told(credential?: CredentialData): Promise<Told> {
		const id = stage.zoho.records.add('Leads');
		const used = credential ?? stage.zoho.connect();
		const parameters = byItem({ options: { maxRetries: 0, waitAtMost: 0, timeout: 1500 } });
		const run = await stage.run([photoItem(id)], { parameters, onError: 'continueErrorOutput' }, { credential: used });
		expect(run.success).toEqual([]);
		expect(run.failure).toHaveLength(1);
		const seen = JSON.stringify([run.failure, run.logs]);
		for (const secret of [used.oauthTokenData?.access_token, used.oauthTokenData?.refresh_token, used.clientSecret]) {
			if (typeof secret === 'string') expect(seen).not.toContain(secret);
		}
		expect(stage.zoho.leaks).toEqual([]);
		const { code, message, description, ...more } = Object(run.failure[0]?.json.error);
		return { code: String(code), message: String(message), description: String(description), ...more };
	}

	it.each<[NetworkFault, string, string]>([
		['unreachable', 'UNEXPECTED_ANSWER', 'HTTP status 502'],
		['reset', 'CONNECTION_LOST', 'The connection to www.zohoapis.com broke off during the call to'],
		['hang', 'TIMED_OUT', 'www.zohoapis.com did not answer the call to'],
		['wrong-name', 'CERTIFICATE_NOT_TRUSTED', 'The certificate of www.zohoapis.com is not trusted'],
		['expired', 'CERTIFICATE_NOT_TRUSTED', 'The certificate of www.zohoapis.com is not trusted'],
		['untrusted', 'CERTIFICATE_NOT_TRUSTED', 'The certificate of www.zohoapis.com is not trusted'],
	])('an API host that is %s', async (fault, code, message) => {
		stage.zoho.network.set('www.zohoapis.com', fault);
		expect(await told()).toMatchObject({ code, message: expect.stringContaining(message), attempts: 1 });
		expect(stage.zoho.calls).toEqual([]);
	});

	it.each<[string, FaultAnswer, string, number]>([
		['hangs', { kind: 'hang' }, 'TIMED_OUT', 0],
		['resets before the body', { kind: 'reset', at: 'before' }, 'CONNECTION_LOST', 0],
		['resets in the body', { kind: 'reset', at: 'body' }, 'CONNECTION_LOST', 0],
		['resets in the answer', { kind: 'reset', at: 'answer' }, 'CONNECTION_LOST', 0],
		['sends a page with 413', { kind: 'html', status: 413 }, 'BODY_SIZE_REACHED', 413],
		['sends a page with 429', { kind: 'html', status: 429 }, 'TOO_MANY_REQUESTS', 429],
		['sends a page with 502', { kind: 'html', status: 502 }, 'UNEXPECTED_ANSWER', 502],
		['sends an empty 200', { kind: 'http', status: 200 }, 'UNEXPECTED_ANSWER', 200],
		['redirects', { kind: 'http', status: 302, headers: { location: 'https://evil.example/' } }, 'REDIRECTED', 302],
	])('an API host that %s', async (_, answer, code, status) => {
		stage.zoho.faults.add({ when: {}, answer });
		const failure = await told();
		expect(failure).toMatchObject({ code, attempts: 1 });
		expect(failure.httpStatus ?? 0).toBe(status);
		expect(stage.zoho.calls).toHaveLength(1);
		expect(stage.zoho.tokenCalls).toEqual([]);
	});

	it('a page that echoes the token is quoted without it', async () => {
		const credential = stage.zoho.connect();
		const echo = `<p>You sent Authorization: Bearer ${String(credential.oauthTokenData.access_token)}</p>`;
		stage.zoho.faults.add({ when: {}, answer: { kind: 'http', status: 403, body: echo } });
		expect((await told(credential)).message).toContain('You sent Authorization: Bearer *** [item 0]');
	});

	it('a 401 without JSON costs one renewal', async () => {
		stage.zoho.faults.add({ when: {}, answer: { kind: 'html', status: 401 } });
		expect(await told()).toMatchObject({ code: 'UNEXPECTED_ANSWER', httpStatus: 401 });
		expect([stage.zoho.calls.length, stage.zoho.tokenCalls.length]).toEqual([2, 1]);
	});

	it.each<[NetworkFault, string, string]>([
		['unreachable', 'UNEXPECTED_ANSWER', "an answer that is not Zoho's came with HTTP status 502"],
		['reset', 'CONNECTION_LOST', 'the connection broke off'],
		['hang', 'TIMED_OUT', 'it did not answer in time'],
		['untrusted', 'CERTIFICATE_NOT_TRUSTED', 'its certificate is not trusted'],
	])('an accounts host that is %s', async (fault, code, reason) => {
		stage.zoho.network.set('accounts.zoho.com', fault);
		expect(await told(stage.zoho.connect({ expired: true }))).toMatchObject({
			code,
			message: `The access token has run out, and accounts.zoho.com could not be asked for a new one: ${reason} [item 0]`,
			httpStatus: 401,
		});
		expect(stage.zoho.calls).toHaveLength(1);
	});

	it.each<[string, FaultAnswer, string]>([
		[
			'200 and invalid_code',
			{ kind: 'http', status: 200, body: { error: 'invalid_code' } },
			'it answered invalid_code',
		],
		[
			'400 and invalid_grant',
			{ kind: 'http', status: 400, body: { error: 'invalid_grant' } },
			'it answered invalid_grant',
		],
		[
			'400 and Access Denied',
			{ kind: 'http', status: 400, body: { error: 'Access Denied', error_description: 'too many', status: 'failure' } },
			'it answered Access Denied',
		],
		[
			'200 and Access Denied',
			{ kind: 'http', status: 200, body: { error: 'Access Denied', status: 'failure' } },
			'it answered Access Denied',
		],
		['200 and nothing', { kind: 'http', status: 200, body: {} }, 'and no reason for it'],
	])('a renewal that is answered with %s', async (_, answer, message) => {
		stage.zoho.faults.add({ when: { host: 'accounts.zoho.com' }, answer });
		expect(await told(stage.zoho.connect({ expired: true }))).toMatchObject({
			code: 'CREDENTIAL_NOT_CONNECTED',
			message: expect.stringContaining(message),
			httpStatus: 401,
		});
		expect([stage.zoho.calls.length, stage.zoho.tokenCalls.length]).toEqual([1, 1]);
	});

	it.each<[string, (echo: string) => FaultAnswer]>([
		['200, in its word', (error) => ({ kind: 'http', status: 200, body: { error } })],
		[
			'200, beside its word',
			(said) => ({ kind: 'http', status: 200, body: { error: 'odd', error_description: said } }),
		],
		['400, in its word', (error) => ({ kind: 'http', status: 400, body: { error } })],
		[
			'400, beside its word',
			(said) => ({ kind: 'http', status: 400, body: { error: 'odd', error_description: said } }),
		],
		['400, without a word', (said) => ({ kind: 'http', status: 400, body: { error_description: said } })],
	])('a renewal whose answer echoes the request with %s is told without its secrets', async (_, answer) => {
		const credential = stage.zoho.connect({ expired: true });
		const { clientSecret = '', oauthTokenData } = credential;
		const echo = `grant_type=refresh_token&client_secret=${clientSecret}&refresh_token=${oauthTokenData?.refresh_token}`;
		stage.zoho.faults.add({ when: { host: 'accounts.zoho.com' }, answer: answer(echo) });
		const { message, description } = await told(credential);
		expect(message).toMatch(/it answered (UNKNOWN|odd) /);
		// Nor a piece of one.
		expect(message + description).not.toContain(clientSecret.slice(5, 20));
	});

	it.each<[string, FaultAnswer]>([
		['a word that nobody knows', { kind: 'http', status: 400, body: { error: 'general_error' } }],
		['HTTP status 429', { kind: 'http', status: 429, body: {} }],
		['HTTP status 503', { kind: 'http', status: 503, body: {} }],
		['a page with HTTP status 200', { kind: 'http', status: 200, body: '<h1>Soon</h1>' }],
		['an empty body with HTTP status 200', { kind: 'http', status: 200, body: '' }],
	])('an accounts server that answers once with %s is asked again', async (_, answer) => {
		stage.zoho.faults.add({ when: { host: 'accounts.zoho.com', times: 1 }, answer });
		const id = stage.zoho.records.add('Leads');
		const run = await stage.run([photoItem(id)], {}, { credential: stage.zoho.connect({ expired: true }) });
		expect(run.success).toHaveLength(1);
		expect(stage.zoho.tokenCalls).toHaveLength(2);
	});

	it('a token of another data center names both', async () => {
		expect((await told(stage.zoho.connect({ tokenOf: 'eu' }))).description).toContain(
			'The account lives in the data center Europe (EU), the credential says United States (US)',
		);
		expect((await told(stage.zoho.connect({ tokenOf: 'eu', mistake: 'invalid_code' }))).description).toContain(
			'choose Europe (EU) there',
		);
	});

	it('a refusal left over beside a good token does not matter', async () => {
		const credential = stage.zoho.connect();
		credential.oauthTokenData.error = 'invalid_code';
		const id = stage.zoho.records.add('Leads');
		const run = await stage.run([photoItem(id)], {}, { credential });
		expect(run.success).toHaveLength(1);
	});

	it('a node without a credential, and one that was never connected', async () => {
		const items = [photoItem('3000000038009')];
		const node = { credential: false, onError: 'continueErrorOutput' } satisfies PhotoNodeSettings;
		const { failure } = await stage.run(items, node);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'CREDENTIAL_NOT_CONNECTED',
			message: 'n8n gave the node no credential for Zoho CRM: Node does not have any credentials set [item 0]',
			module: 'Leads',
			recordId: '3000000038009',
		});
		const { oauthTokenData, ...never } = stage.zoho.connect();
		expect(oauthTokenData).toBeDefined();
		const run = await stage.run(
			items,
			{ onError: 'continueErrorOutput' },
			{ credential: { ...never, oauthTokenData: {} } },
		);
		expect(run.failure[0]?.json.error).toMatchObject({
			code: 'CREDENTIAL_NOT_CONNECTED',
			message: 'The credential is not connected to Zoho [item 0]',
		});
		expect(stage.zoho.calls).toEqual([]);
	});

	it.each(['http://www.zohoapis.com', 'https://www.zohoapis.com.evil.example', 'https://user@www.zohoapis.com'])(
		'an API domain %s sees nothing',
		async (apiDomain) => {
			stage.zoho.sites.set('https://www.zohoapis.com.evil.example/', {});
			expect(await told(stage.zoho.connect({ apiDomain }))).toMatchObject({ code: 'UNTRUSTED_API_DOMAIN' });
			expect([stage.zoho.calls, stage.zoho.siteCalls, stage.zoho.refusedHosts]).toEqual([[], [], []]);
		},
	);

	it('a connection without a refresh token asks for no renewal', async () => {
		expect(await told(stage.zoho.connect({ online: true, expired: true }))).toMatchObject({
			code: 'CREDENTIAL_NOT_CONNECTED',
			message: expect.stringContaining('Zoho gave no refresh token with it'),
		});
		expect(stage.zoho.tokenCalls).toEqual([]);
	});

	it.each([
		['one call and no token', { expired: false }, [1, 0]],
		['two calls and one token where it has run out as well', { expired: true }, [2, 1]],
	])('fifty items of mixed modules without the scope cost %s', async (_, token, cost) => {
		for (const scopes of ['ZohoCRM.modules.READ', 'ZohoCRM.modules.products.CREATE']) {
			stage.zoho.clearLog();
			const modules = ['Leads', 'Contacts', 'Accounts', 'Vendors'];
			const items = Array.from({ length: 50 }, (_, item) =>
				photoItem('3000000038009', undefined, undefined, { module: modules[item % modules.length] }),
			);
			const parameters = byItem({ module: { __rl: true, mode: 'name', value: '={{ $json.module }}' } });
			const credential = stage.zoho.connect({ scopes, ...token });
			const run = await stage.run(items, { parameters, onError: 'continueErrorOutput' }, { credential });
			const codes = run.failure.map(({ json }) => String(Object(json.error).code));
			expect(codes).toEqual(['OAUTH_SCOPE_MISMATCH', ...Array<string>(49).fill('NOT_ATTEMPTED')]);
			expect([stage.zoho.calls.length, stage.zoho.tokenCalls.length]).toEqual(cost);
		}
	});
});
