import type { Failure } from '../../../nodes/ZohoCrmPhoto/outcome';
import type { Connection } from '../../../nodes/ZohoCrmPhoto/zoho/account/connection';
import { Token, type Renewal } from '../../../nodes/ZohoCrmPhoto/zoho/account/token';
import { ScriptedDoor, tokenOf } from '../door.cts';

function doorOf(): ScriptedDoor {
	return new ScriptedDoor(() => new Error('No request is due.'));
}

async function connectionOf(token: Token): Promise<Connection> {
	const read = await token.connection();
	if (!read.ok) throw new Error(read.failure.message);
	return read.value;
}

const ONCE = { timeout: 5000, maxRetries: 0 };

async function renewalOf(door: ScriptedDoor, settings = ONCE): Promise<Renewal> {
	const token = new Token(door);
	return await token.renewed(await connectionOf(token), settings);
}

function refusalOf(renewal: Renewal): Failure {
	if (renewal.ok) throw new Error('It was renewed.');
	expect(renewal.failure.stops).toBe('run');
	return renewal.failure;
}

describe('reading the credential', () => {
	test('happens once', async () => {
		const door = doorOf();
		const read = jest.spyOn(door, 'credential');
		const token = new Token(door);
		const both = await Promise.all([token.connection(), token.connection()]);
		expect(both[0]).toBe(both[1]);
		expect(read).toHaveBeenCalledTimes(1);
	});

	test.each([
		[
			new Error('Node does not have any credentials set'),
			'n8n gave the node no credential for Zoho CRM: Node does not have any credentials set',
		],
		['thrown text', 'The credential is not connected to Zoho'],
	])('that n8n refuses: %s', async (fault, message) => {
		const door = doorOf();
		door.credential = async () => {
			await Promise.resolve();
			throw fault;
		};
		const outcome = await new Token(door).connection();
		expect(outcome).toMatchObject({ ok: false, failure: { code: 'CREDENTIAL_NOT_CONNECTED', message, stops: 'run' } });
		if (!outcome.ok)
			expect(outcome.failure.description).toMatch(/^(Choose a credential of the type 'Zoho CRM Photo|Open)/);
	});
});

describe('a renewal', () => {
	test('gives the new token, fresh from Zoho', async () => {
		const door = doorOf();
		const old = structuredClone(door.stored);
		expect(await renewalOf(door)).toMatchObject({ ok: true, fresh: true, connection: { accessToken: tokenOf(2) } });
		expect(door.renewed).toEqual([old]);
	});

	test('is shared by all who ask at the same time, and asked for again later', async () => {
		const door = doorOf();
		const token = new Token(door);
		const old = await connectionOf(token);
		const [one, other] = await Promise.all([token.renewed(old, ONCE), token.renewed(old, ONCE)]);
		expect(one).toBe(other);
		expect(door.renewals).toBe(1);
		expect(await token.renewed(old, ONCE)).toMatchObject({ ok: true, fresh: false });
		expect(door.renewals).toBe(1);
		expect(await token.renewed(await connectionOf(token), ONCE)).toMatchObject({ ok: true, fresh: true });
		expect(door.renewals).toBe(2);
	});

	test('takes what another execution has stored', async () => {
		const door = doorOf();
		const token = new Token(door);
		const old = await connectionOf(token);
		door.store({ access_token: tokenOf(9) });
		expect(await token.renewed(old, ONCE)).toMatchObject({
			ok: true,
			fresh: false,
			connection: { accessToken: tokenOf(9) },
		});
		expect(door.renewals).toBe(0);
	});

	test('of a credential that is gone by now', async () => {
		const door = doorOf();
		const token = new Token(door);
		const old = await connectionOf(token);
		door.stored = { dataCenter: 'zoho.com' };
		expect(refusalOf(await token.renewed(old, ONCE))).toMatchObject({
			code: 'CREDENTIAL_NOT_CONNECTED',
		});
		expect(door.renewals).toBe(0);
	});

	test('after which the credential is unusable', async () => {
		const door = doorOf();
		door.onRenewal = () => door.store({ access_token: tokenOf(2), api_domain: 'https://evil.example' });
		expect(refusalOf(await renewalOf(door))).toMatchObject({ code: 'UNTRUSTED_API_DOMAIN' });
	});

	test('without a refresh token is not tried', async () => {
		const door = doorOf();
		door.store({ refresh_token: '' });
		const refusal = refusalOf(await renewalOf(door));
		expect(refusal.message).toBe(
			'The access token of the credential has run out, and Zoho gave no refresh token with it',
		);
		expect(refusal.description).toContain("accept on Zoho's consent page");
		expect(refusal).toMatchObject({ code: 'CREDENTIAL_NOT_CONNECTED' });
		expect(door.renewals).toBe(0);
	});
});

describe('a refused renewal', () => {
	test.each(['invalid_code', 'invalid_client', 'Access Denied'])(
		'with HTTP 200 and %s, which n8n stores',
		async (error) => {
			const door = doorOf();
			door.onRenewal = () => door.store({ error });
			const refusal = refusalOf(await renewalOf(door));
			expect(refusal.message).toBe(`Zoho gave no access token: it answered ${error}`);
			expect(refusal).toMatchObject({ code: 'CREDENTIAL_NOT_CONNECTED' });
		},
	);

	test('with HTTP 200 and nothing', async () => {
		const door = doorOf();
		door.onRenewal = () => undefined;
		const refusal = refusalOf(await renewalOf(door));
		expect(refusal.message).toBe('Zoho gave no new access token, and no reason for it');
		expect(refusal.description).toContain('connect the account again');
	});

	test.each([
		// client-oauth2's AuthError, on all three cores.
		[
			'Access Denied',
			Object.assign(new Error('You have made too many requests'), { code: 'EAUTH', body: { error: 'Access Denied' } }),
		],
		[
			'invalid_grant',
			Object.assign(new Error('The provided authorization grant'), { code: 'EAUTH', body: { error: 'invalid_grant' } }),
		],
		// n8n-core 2.41 in place of the one above.
		['invalid_grant', new Error('The credential "Zoho account" needs to be reconnected.')],
		['invalid_code', new Error('outer', { cause: Object.assign(new Error('x'), { body: { error: 'invalid_code' } }) })],
	])('with HTTP 400 and %s', async (word, fault) => {
		const door = doorOf();
		door.onRenewal = () => {
			throw fault;
		};
		expect(refusalOf(await renewalOf(door, { timeout: 5000, maxRetries: 4 }))).toMatchObject({
			code: 'CREDENTIAL_NOT_CONNECTED',
			message: `Zoho gave no access token: it answered ${word}`,
		});
		expect(door.renewals).toBe(1);
	});

	test.each([
		['HOST_NOT_FOUND', { code: 'ENOTFOUND' }, 'the host was not found', false],
		['CONNECTION_REFUSED', { code: 'ECONNREFUSED' }, 'it did not take the connection', false],
		['CONNECTION_LOST', { code: 'ECONNRESET' }, 'the connection broke off', true],
		['CERTIFICATE_NOT_TRUSTED', { code: 'CERT_HAS_EXPIRED' }, 'its certificate is not trusted', false],
		['TIMED_OUT', { code: 'ETIMEDOUT' }, 'it did not answer in time', true],
		['NO_ANSWER', { message: 'lock  lost' }, 'lock lost', false],
		['NO_ANSWER', { message: '' }, 'no answer came', false],
		[
			'UNEXPECTED_ANSWER',
			{ code: 'ESTATUS', status: 200 },
			"an answer that is not Zoho's came with HTTP status 200",
			true,
		],
		[
			'UNEXPECTED_ANSWER',
			{ code: 'ESTATUS', status: 403 },
			"an answer that is not Zoho's came with HTTP status 403",
			false,
		],
		[
			'UNEXPECTED_ANSWER',
			{ code: 'ERR_BAD_RESPONSE', status: 499 },
			"an answer that is not Zoho's came with HTTP status 499",
			false,
		],
		[
			'UNEXPECTED_ANSWER',
			{ code: 'ERR_BAD_RESPONSE', response: { status: 500 } },
			"an answer that is not Zoho's came with HTTP status 500",
			true,
		],
	])('%s %j', async (code, parts, reason, passing) => {
		const door = doorOf();
		door.onRenewal = () => {
			throw Object.assign(new Error('x'), parts);
		};
		jest.useFakeTimers();
		const renewal = renewalOf(door, { timeout: 5000, maxRetries: 1 });
		await jest.advanceTimersByTimeAsync(2000);
		jest.useRealTimers();
		expect(door.renewals).toBe(passing ? 2 : 1);
		expect(refusalOf(await renewal)).toMatchObject({
			code,
			message: `The access token has run out, and accounts.zoho.com could not be asked for a new one: ${reason}`,
			description: expect.stringContaining('Check the network, proxy and firewall settings'),
		});
	});

	describe('that says nothing of this connection', () => {
		const refuse = (parts: object): Error => Object.assign(new Error('x'), parts);
		beforeEach(() => {
			jest.useFakeTimers();
		});
		afterEach(() => {
			jest.useRealTimers();
		});

		test.each([
			['a word that nobody knows', { code: 'EAUTH', body: { error: 'general_error' } }],
			['no word but a description', { code: 'EAUTH', body: { error_description: 'Try later' } }],
			['HTTP status 429', { code: 'ESTATUS', status: 429 }],
			['a page with HTTP status 200', { code: 'ESTATUS', status: 200 }],
			['a page with HTTP status 503', { code: 'ESTATUS', status: 503 }],
		])('passes: %s', async (_, parts) => {
			const door = doorOf();
			const renew = door.onRenewal;
			door.onRenewal = () => {
				door.onRenewal = renew;
				throw refuse(parts);
			};
			const renewal = renewalOf(door, { timeout: 5000, maxRetries: 4 });
			await jest.advanceTimersByTimeAsync(1000);
			expect(await renewal).toMatchObject({ ok: true, fresh: true });
			expect(door.renewals).toBe(2);
		});

		test.each([
			[{ body: { error: 'general_error', error_description: 'Busy.' } }, 'answered general_error', 'said "Busy".'],
			[{ body: { error_description: 'Busy' } }, 'answered UNKNOWN', 'Run the items again first'],
			[{ status: 429 }, 'has too many requests', 'Wait ten minutes, then run the items again'],
		])('and stays is told so, with what comes before connecting again: %j', async (parts, says, advises) => {
			const door = doorOf();
			door.onRenewal = () => {
				throw refuse(parts);
			};
			const renewal = renewalOf(door, { timeout: 5000, maxRetries: 4 });
			await jest.advanceTimersByTimeAsync(60_000);
			const { message, description } = refusalOf(await renewal);
			expect(message).toContain(says);
			expect(description).toContain(advises);
			expect(description).toMatch(/^(Run the items again first|Wait ten minutes)/);
			expect(door.renewals).toBe(5);
		});

		test.each(['invalid_request', 'invalid_client', 'unauthorized_client'])(
			'is not meant by %s, which is asked once',
			async (error) => {
				const door = doorOf();
				door.onRenewal = () => {
					throw refuse({ body: { error } });
				};
				refusalOf(await renewalOf(door, { timeout: 5000, maxRetries: 4 }));
				expect(door.renewals).toBe(1);
			},
		);
	});

	test.each([
		['in its word', (echo: string) => ({ body: { error: echo } })],
		['in its description', (echo: string) => ({ body: { error: 'general_error', error_description: echo } })],
		['in a description alone', (echo: string) => ({ body: { error_description: echo } })],
		['in its message', (echo: string) => ({ message: echo })],
		['in a page cut off by n8n', (echo: string) => ({ message: `received: ${echo.slice(0, 100)}...` })],
	])('that echoes the request %s is told without its secrets', async (_, parts) => {
		const door = doorOf();
		const clientSecret = '1a2b3cdefgh4i5j6k7l8m9n0o1p2q3r4s5t6u7v8w9';
		door.stored.clientSecret = clientSecret;
		door.store({ refresh_token: tokenOf(7) });
		door.onRenewal = () => {
			const echo = `grant_type=refresh_token&client_secret=${clientSecret}&x=${clientSecret}&refresh_token=${tokenOf(7)}`;
			throw Object.assign(new Error('x'), parts(echo));
		};
		expect(JSON.stringify(refusalOf(await renewalOf(door)))).not.toMatch(/cdefgh|5t6u7v8|77777777/);
	});

	test('names no host where the data center is not known', async () => {
		const door = doorOf();
		door.stored.dataCenter = '';
		door.onRenewal = () => {
			throw Object.assign(new Error('x'), { code: 'ECONNRESET' });
		};
		expect(refusalOf(await renewalOf(door)).message).toMatch(/and Zoho's accounts server could not/);
	});

	test('that never ends is given up in time', async () => {
		jest.useFakeTimers();
		const door = doorOf();
		door.onRenewal = async () => await new Promise(() => undefined);
		const renewal = renewalOf(door, { timeout: 3000, maxRetries: 0 });
		await jest.advanceTimersByTimeAsync(2900);
		expect(door.renewals).toBe(1);
		await jest.advanceTimersByTimeAsync(200);
		expect(refusalOf(await renewal)).toMatchObject({ code: 'TIMED_OUT' });
		jest.useRealTimers();
	});

	describe('because the accounts server is down', () => {
		const DOWN = Object.assign(new Error('x'), { code: 'ECONNRESET' });

		beforeEach(() => {
			jest.useFakeTimers();
		});
		afterEach(() => {
			jest.useRealTimers();
		});

		test.each([
			[2, 3],
			[10, 5],
		])('is tried again for all together: %i times allowed, %i requests', async (maxRetries, requests) => {
			const door = doorOf();
			door.onRenewal = () => {
				throw DOWN;
			};
			const token = new Token(door);
			const old = await connectionOf(token);
			const settings = { timeout: 5000, maxRetries };
			const all = Promise.all(Array.from({ length: 25 }, async () => await token.renewed(old, settings)));
			await jest.advanceTimersByTimeAsync(60_000);
			for (const renewal of await all) expect(refusalOf(renewal).code).toBe('CONNECTION_LOST');
			expect(door.renewals).toBe(requests);
			// Whoever comes later is told the same.
			expect(refusalOf(await token.renewed(old, settings)).code).toBe('CONNECTION_LOST');
			expect(door.renewals).toBe(requests);
		});

		test('for a moment, goes well at the next try', async () => {
			const door = doorOf();
			const renew = door.onRenewal;
			door.onRenewal = () => {
				door.onRenewal = renew;
				throw DOWN;
			};
			const renewal = renewalOf(door, { timeout: 5000, maxRetries: 4 });
			await jest.advanceTimersByTimeAsync(1000);
			expect(await renewal).toMatchObject({ ok: true, fresh: true });
		});
	});

	test('that nobody answers ends with a cancel', async () => {
		const door = doorOf();
		const cancel = new AbortController();
		door.cancelled = cancel.signal;
		door.onRenewal = async () => await new Promise(() => undefined);
		const renewal = renewalOf(door, { timeout: 120_000, maxRetries: 4 });
		await new Promise((resolve) => setImmediate(resolve));
		cancel.abort();
		expect(refusalOf(await renewal).code).toBe('TIMED_OUT');
		expect(door.renewals).toBe(1);
	});
});

test('a word of Zoho that comes with HTTP 200 and is about its server is asked again', async () => {
	const door = doorOf();
	door.onRenewal = () => door.store(door.renewals === 1 ? { error: 'general_error' } : { access_token: tokenOf(5) });
	expect(await renewalOf(door, { timeout: 5000, maxRetries: 2 })).toMatchObject({
		ok: true,
		connection: { accessToken: tokenOf(5) },
	});
	expect(door.renewals).toBe(2);
});
