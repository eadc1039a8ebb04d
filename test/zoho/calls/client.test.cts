import { Readable } from 'node:stream';

import type { Failure, Outcome } from '../../../nodes/ZohoCrmPhoto/outcome';
import type { HttpAnswer } from '../../../nodes/ZohoCrmPhoto/zoho/answers/answer';
import { ZohoClient, type ZohoRequest } from '../../../nodes/ZohoCrmPhoto/zoho/calls/client';
import { Pace } from '../../../nodes/ZohoCrmPhoto/zoho/calls/pace';
import { ScriptedDoor, tokenOf } from '../door.cts';
import { answerOf, refusalBody } from '../samples.cts';

const SUCCESS = answerOf(200, {
	code: 'SUCCESS',
	details: {},
	message: 'photo uploaded successfully',
	status: 'success',
});
const EXPIRED = answerOf(401, refusalBody('INVALID_TOKEN', 'invalid oauth token'));
const MISMATCH = answerOf(401, refusalBody('OAUTH_SCOPE_MISMATCH', 'Unauthorized'));

function upload(changes: Partial<ZohoRequest> = {}, module = 'Leads'): ZohoRequest {
	return {
		task: 'upload',
		address: { module, recordId: '1' },
		method: 'POST',
		path: `/${module}/1/photo`,
		expects: 'envelope',
		apiVersion: 'v8',
		maxRetries: 4,
		waitAtMost: 900_000,
		timeout: 120_000,
		...changes,
	};
}

function clientOf(door: ScriptedDoor, most = 5): ZohoClient {
	return new ZohoClient(door, new Pace(most, door.cancelled));
}

function failureOf(outcome: Outcome<HttpAnswer>): Failure {
	if (outcome.ok) throw new Error('It was a success.');
	return outcome.failure;
}

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** Lets the clock run until the work is done, an hour at most. */
async function timely<T>(work: Promise<T>): Promise<T> {
	const state = { settled: false };
	void work.finally(() => (state.settled = true)).catch(() => undefined);
	for (let second = 0; second < 3600 && !state.settled; second++) await jest.advanceTimersByTimeAsync(1000);
	return await work;
}

describe('a request', () => {
	test('goes to the API host with the settings that n8n needs, and without a token of ours', async () => {
		const door = new ScriptedDoor(() => SUCCESS);
		const body = new Blob(['body']);
		const outcome = await clientOf(door).send(upload({ query: { a: 'b' }, body, apiVersion: 'v2', timeout: 7000 }));
		expect(outcome).toMatchObject({ ok: true, value: { status: 200 } });
		expect(door.requests).toEqual([
			{
				method: 'POST',
				url: 'https://www.zohoapis.com/crm/v2/Leads/1/photo',
				qs: { a: 'b' },
				body,
				timeout: 7000,
				disableFollowRedirect: true,
				sendCredentialsOnCrossOriginRedirect: false,
				encoding: 'stream',
				abortSignal: expect.any(AbortSignal),
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
			},
		]);
		expect(door.requests[0]?.body).toBe(body);
		expect(door.renewals).toBe(0);
	});

	test('an answer is read no further than the most that Zoho sends, and then left', async () => {
		let given = 0;
		const endless = Readable.from(
			(function* () {
				for (; given < 1000; given++) yield Buffer.alloc(100_000);
			})(),
		);
		const door = new ScriptedDoor(() => SUCCESS);
		door.request = async () => await Promise.resolve({ statusCode: 200, headers: {}, body: endless });
		const failure = failureOf(await timely(clientOf(door).send(upload())));
		expect(failure).toMatchObject({ code: 'ANSWER_TOO_LARGE', attempts: 1 });
		expect(given).toBeLessThan(30);
		expect(endless.destroyed).toBe(true);
	});

	test('an answer that trickles ends with the time of the call, and its request is broken off', async () => {
		const trickle = new Readable({ read: () => undefined });
		let signal: AbortSignal | undefined;
		const door = new ScriptedDoor(() => SUCCESS);
		door.request = async (options) => {
			// Seen through a widened type, as n8n declares it as one of its own.
			signal = options.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
			signal?.addEventListener('abort', () => trickle.destroy());
			return await Promise.resolve({ statusCode: 200, headers: {}, body: trickle });
		};
		const sent = timely(clientOf(door).send(upload({ timeout: 2000, maxRetries: 0 })));
		expect(failureOf(await sent).code).toBe('TIMED_OUT');
		expect(signal?.aborted).toBe(true);
		expect(trickle.destroyed).toBe(true);
	});

	test('the answer keeps its bytes, its headers have lower-case names', async () => {
		const bytes = Buffer.from([0, 255, 128]);
		const door = new ScriptedDoor(() => ({ status: 200, headers: { 'Content-Type': 'image/png' }, body: bytes }));
		const outcome = await clientOf(door).send(upload({ expects: 'photo', task: 'download' }));
		expect(outcome).toMatchObject({
			ok: true,
			value: { status: 200, headers: { 'content-type': 'image/png' }, body: bytes },
		});
	});

	test.each([[undefined], ['text'], [{}], [{ statusCode: '200', headers: null, body: 5 }]])(
		'a response %j of n8n is no success',
		async (response) => {
			const door = new ScriptedDoor(() => SUCCESS);
			door.request = async () => await Promise.resolve(response);
			expect(failureOf(await clientOf(door).send(upload()))).toMatchObject({
				code: 'UNEXPECTED_ANSWER',
				httpStatus: 0,
			});
		},
	);

	test('a text body is read too', async () => {
		const door = new ScriptedDoor(() => SUCCESS);
		door.request = async () => await Promise.resolve({ statusCode: 200, body: '{"code":"SUCCESS"}' });
		expect((await clientOf(door).send(upload())).ok).toBe(true);
	});
});

describe('what counts as a success', () => {
	test.each<[ZohoRequest['expects'], HttpAnswer, boolean]>([
		['envelope', SUCCESS, true],
		['envelope', answerOf(201, { data: [{ code: 'SUCCESS', status: 'success' }] }), true],
		['envelope', answerOf(200, { code: 'DONE', status: 'success' }), true],
		['envelope', answerOf(200, { code: 'SUCCESS', status: 'error' }), false],
		['envelope', answerOf(200, refusalBody('INVALID_DATA')), false],
		['envelope', answerOf(200, { data: [refusalBody('INVALID_DATA')] }), false],
		['envelope', answerOf(200, { code: 'DONE' }), false],
		['envelope', answerOf(200), false],
		['envelope', answerOf(204), false],
		['envelope', answerOf(200, '<html></html>'), false],
		['envelope', answerOf(199, { code: 'SUCCESS' }), false],
		['envelope', answerOf(300, { code: 'SUCCESS' }), false],
		['envelope', answerOf(299, { code: 'SUCCESS' }), true],
		['json', answerOf(200, { data: [] }), true],
		['json', answerOf(204), true],
		['json', answerOf(200), false],
		['json', answerOf(200, '<html></html>'), false],
		['json', answerOf(200, refusalBody('INVALID_DATA')), false],
		['photo', answerOf(204), true],
		['photo', answerOf(200, 'bytes', { 'content-type': 'image/png' }), true],
		['photo', answerOf(200, 'bytes', { 'content-type': 'application/octet-stream' }), true],
		['photo', { status: 200, headers: {}, body: Buffer.from('bytes') }, true],
		['photo', answerOf(200, 'bytes', { 'content-type': 'text/plain' }), false],
		['photo', answerOf(200, 'a\0b', { 'content-type': 'text/plain' }), true],
		['photo', answerOf(200, '<html></html>'), false],
		['photo', answerOf(200, { some: 'json' }), false],
		['photo', answerOf(200, '', { 'content-type': 'image/png' }), false],
	])('%s %j: %s', async (expects, answer, ok) => {
		expect((await clientOf(new ScriptedDoor(() => answer)).send(upload({ expects }))).ok).toBe(ok);
	});
});

describe('tries', () => {
	test.each([
		['a 500', answerOf(500, refusalBody('INTERNAL_ERROR'))],
		['a 503 without JSON', answerOf(503, '')],
		['a lost connection', Object.assign(new Error('x'), { code: 'ECONNRESET' })],
		['a time-out', Object.assign(new Error('timeout of 5ms exceeded'), { code: 'ECONNABORTED' })],
	])('go on after %s, as often as allowed', async (_, answer) => {
		const door = new ScriptedDoor((n) => (n < 4 ? answer : SUCCESS));
		expect((await timely(clientOf(door).send(upload({ maxRetries: 3 })))).ok).toBe(true);
		expect(door.requests).toHaveLength(4);
		const out = new ScriptedDoor((n) => (n < 4 ? answer : SUCCESS));
		const client = clientOf(out);
		expect(failureOf(await timely(client.send(upload({ maxRetries: 2 })))).attempts).toBe(3);
		expect(out.requests).toHaveLength(3);
		// What may pass stops nothing.
		expect(client.stopFor('Leads')).toBeUndefined();
	});

	test.each([
		['JSON', answerOf(429, refusalBody('TOO_MANY_REQUESTS'))],
		['a page', answerOf(429, '<h1>429</h1>')],
	])('after a 429 with %s go on for the time that was set, whatever Max Retries is', async (_, busy) => {
		const door = new ScriptedDoor((n) => (n <= 20 ? busy : SUCCESS));
		expect((await timely(clientOf(door).send(upload({ maxRetries: 0 })))).ok).toBe(true);
		expect(door.requests).toHaveLength(21);

		const out = new ScriptedDoor(() => busy);
		const client = clientOf(out);
		const begun = Date.now();
		const failure = failureOf(await timely(client.send(upload({ waitAtMost: 60_000 }))));
		expect(Date.now() - begun).toBeGreaterThan(50_000);
		expect(Date.now() - begun).toBeLessThan(65_000);
		expect(failure.attempts).toBe(out.requests.length);
		expect(failure.message).toMatch(/, in \d+ tries over [56]\d seconds$/);
		expect(failure.description).toContain("raise the option 'Wait at Most'");
		// What may pass stops nothing.
		expect(client.stopFor('Leads')).toBeUndefined();
	});

	test('after minutes of 429 without a success for anybody end the run, and not where others have one', async () => {
		const busy = answerOf(429, refusalBody('TOO_MANY_REQUESTS'));
		const stuck = clientOf(new ScriptedDoor(() => busy));
		await timely(stuck.send(upload({ waitAtMost: 180_000 })));
		expect(stuck.stopFor('Contacts')?.description).toContain('Too many calls');
		const shared = clientOf(new ScriptedDoor((_, { url }) => (String(url).includes('Contacts') ? SUCCESS : busy)));
		const waiting = timely(shared.send(upload({ waitAtMost: 180_000 })));
		void new Promise((resolve) => setTimeout(resolve, 60_000)).then(
			async () => await shared.send(upload({}, 'Contacts')),
		);
		await waiting;
		expect(shared.stopFor('Contacts')).toBeUndefined();
	});

	test('after a 429 do not come where no time was set', async () => {
		const door = new ScriptedDoor(() => answerOf(429, refusalBody('TOO_MANY_REQUESTS')));
		expect(failureOf(await timely(clientOf(door).send(upload({ waitAtMost: 0 })))).attempts).toBe(1);
	});

	test('after a 429 are no tries of those after other trouble', async () => {
		const busy = answerOf(429, refusalBody('TOO_MANY_REQUESTS'));
		const down = answerOf(503, '');
		const door = new ScriptedDoor((n) => [busy, down, busy, busy, busy, down][n - 1] ?? SUCCESS);
		expect((await timely(clientOf(door).send(upload({ maxRetries: 2 })))).ok).toBe(true);
		expect(door.requests).toHaveLength(7);
		const out = new ScriptedDoor((n) => [down, busy, down, busy][n - 1] ?? down);
		expect(failureOf(await timely(clientOf(out).send(upload({ maxRetries: 2 })))).attempts).toBe(5);
	});

	test.each([
		['a refused record', answerOf(400, refusalBody('RECORD_LOCKED'))],
		['a page', answerOf(403, '<h1>403</h1>')],
		['a host that is not found', Object.assign(new Error('x'), { code: 'ENOTFOUND' })],
		['a certificate', Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' })],
	])('end with %s', async (_, answer) => {
		const door = new ScriptedDoor(() => answer);
		const client = clientOf(door);
		expect(failureOf(await timely(client.send(upload()))).attempts).toBe(1);
		expect(door.requests).toHaveLength(1);
		expect(client.stopFor('Leads')).toBeUndefined();
	});

	test('wait as long as Retry-After says', async () => {
		const door = new ScriptedDoor((n) => (n === 1 ? answerOf(503, '', { 'retry-after': '40' }) : SUCCESS));
		const sent = clientOf(door).send(upload());
		await jest.advanceTimersByTimeAsync(39_000);
		expect(door.requests).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(2000);
		expect(door.requests).toHaveLength(2);
		expect((await sent).ok).toBe(true);
	});

	test.each(['0', 'Fri, 01 May 2020 11:59:00 GMT', '0.5'])('wait in spite of a Retry-After of %s', async (value) => {
		const door = new ScriptedDoor(() => answerOf(429, refusalBody('TOO_MANY_REQUESTS'), { 'retry-after': value }));
		void clientOf(door).send(upload());
		await jest.advanceTimersByTimeAsync(240);
		expect(door.requests).toHaveLength(1);
	});

	test('end where the result is no longer wanted', async () => {
		let isWanted = true;
		const door = new ScriptedDoor(() => answerOf(500, refusalBody('INTERNAL_ERROR')));
		const client = clientOf(door);
		const sent = client.send(upload({ isWanted: () => isWanted }));
		await jest.advanceTimersByTimeAsync(10);
		isWanted = false;
		expect(failureOf(await timely(sent)).code).toBe('NOT_WANTED');
		expect(door.requests).toHaveLength(1);
	});

	test('wait half a second at most before the second one', async () => {
		const door = new ScriptedDoor((n) => (n === 1 ? answerOf(500, refusalBody('INTERNAL_ERROR')) : SUCCESS));
		const sent = clientOf(door).send(upload());
		await jest.advanceTimersByTimeAsync(200);
		expect(door.requests).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(400);
		expect(door.requests).toHaveLength(2);
		await sent;
	});

	test('a call that n8n never ends is given up', async () => {
		const door = new ScriptedDoor((n) => (n === 1 ? 'hang' : SUCCESS));
		const sent = clientOf(door).send(upload({ timeout: 5000, maxRetries: 0 }));
		let isOver = false;
		void sent.then(() => (isOver = true));
		await jest.advanceTimersByTimeAsync(5200);
		expect(isOver).toBe(false);
		await jest.advanceTimersByTimeAsync(800);
		expect(failureOf(await sent)).toMatchObject({ code: 'TIMED_OUT', attempts: 1 });
	});

	test('a 429 makes all pause together, a 500 does not', async () => {
		const sentAt: number[] = [];
		const during = async (first: HttpAnswer): Promise<number> => {
			sentAt.length = 0;
			const door = new ScriptedDoor((n) => {
				sentAt.push(Date.now());
				return n === 2 ? first : SUCCESS;
			});
			const client = clientOf(door);
			await client.send(upload());
			const begin = Date.now();
			const sent = client.send(upload());
			await jest.advanceTimersByTimeAsync(10);
			const other = client.send(upload({}, 'Contacts'));
			await timely(Promise.all([sent, other]));
			return (sentAt[2] ?? 0) - begin;
		};
		const retry = { 'retry-after': '10' };
		expect(await during(answerOf(500, refusalBody('INTERNAL_ERROR'), retry))).toBeLessThan(100);
		expect(await during(answerOf(429, refusalBody('TOO_MANY_REQUESTS'), retry))).toBeGreaterThanOrEqual(9900);
	});
});

describe('a token that has run out', () => {
	test('is renewed once, and the same body is sent again', async () => {
		const door = new ScriptedDoor((_, __, token) => (token === tokenOf(1) ? EXPIRED : SUCCESS));
		const body = new Blob(['body']);
		expect((await timely(clientOf(door).send(upload({ body })))).ok).toBe(true);
		expect(door.renewals).toBe(1);
		expect(door.requests.map((request) => request.body)).toEqual([body, body]);
	});

	test('is renewed once for all parallel calls that find it so', async () => {
		const door = new ScriptedDoor((n, _, token) => (n > 1 && token === tokenOf(1) ? EXPIRED : SUCCESS));
		const client = clientOf(door);
		await client.send(upload());
		const sent = await timely(Promise.all([1, 2, 3, 4, 5].map(async () => await client.send(upload()))));
		expect(sent.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
		expect(door.renewals).toBe(1);
	});

	test('is renewed again an hour later in the same run', async () => {
		let good = tokenOf(2);
		const door = new ScriptedDoor((_, __, token) => (token === good ? SUCCESS : EXPIRED));
		const client = clientOf(door);
		expect((await client.send(upload())).ok).toBe(true);
		good = tokenOf(3);
		expect((await client.send(upload())).ok).toBe(true);
		expect(door.renewals).toBe(2);
	});

	test.each([
		['INVALID_TOKEN', EXPIRED, 'INVALID_TOKEN'],
		['INVALID_TOKEN with HTTP 400', answerOf(400, refusalBody('INVALID_TOKEN')), 'INVALID_TOKEN'],
		['AUTHENTICATION_FAILURE', answerOf(401, refusalBody('AUTHENTICATION_FAILURE')), 'AUTHENTICATION_FAILURE'],
		['a 401 without JSON', answerOf(401, '<h1>401</h1>'), 'UNEXPECTED_ANSWER'],
	])('%s after the renewal ends the run after two calls and one renewal', async (_, answer, code) => {
		const door = new ScriptedDoor(() => answer);
		const client = clientOf(door);
		expect(failureOf(await timely(client.send(upload())))).toMatchObject({ code, stops: 'run', attempts: 1 });
		const rest = await timely(
			Promise.all(['Leads', 'Contacts'].map(async (module) => await client.send(upload({}, module)))),
		);
		expect(rest.map((outcome) => failureOf(outcome).code)).toEqual(['NOT_ATTEMPTED', 'NOT_ATTEMPTED']);
		expect([door.requests.length, door.renewals]).toEqual([2, 1]);
	});

	test('that another execution has renewed costs nothing', async () => {
		const door: ScriptedDoor = new ScriptedDoor((n) => {
			if (n > 1) return SUCCESS;
			door.store({ access_token: tokenOf(7) });
			return EXPIRED;
		});
		expect((await clientOf(door).send(upload())).ok).toBe(true);
		expect(door.renewals).toBe(0);
	});

	test('and tokens that others keep replacing are looked for three times', async () => {
		const door: ScriptedDoor = new ScriptedDoor((n) => {
			door.store({ access_token: tokenOf(n + 1) });
			return EXPIRED;
		});
		expect(failureOf(await clientOf(door).send(upload())).code).toBe('INVALID_TOKEN');
		expect([door.requests.length, door.renewals]).toEqual([4, 0]);
	});

	test('an accounts server that is away for a moment is asked again', async () => {
		const door = new ScriptedDoor((_, __, token) => (token === tokenOf(1) ? EXPIRED : SUCCESS));
		const renew = door.onRenewal;
		door.onRenewal = () => {
			if (door.renewals === 1) throw Object.assign(new Error('x'), { code: 'ECONNRESET' });
			return renew();
		};
		expect((await timely(clientOf(door).send(upload()))).ok).toBe(true);
		expect(door.renewals).toBe(2);
	});

	test('a renewal that stays refused is told with the 401, and stops the run', async () => {
		const door = new ScriptedDoor(() => EXPIRED);
		door.onRenewal = () => door.store({ error: 'invalid_code' });
		const client = clientOf(door);
		expect(failureOf(await timely(client.send(upload())))).toMatchObject({
			code: 'CREDENTIAL_NOT_CONNECTED',
			httpStatus: 401,
			attempts: 1,
		});
		expect(client.stopFor('Contacts')).toMatchObject({ code: 'NOT_ATTEMPTED' });
		expect([door.requests.length, door.renewals]).toEqual([1, 1]);
	});

	test('a credential that was never connected is told without a call', async () => {
		const door = new ScriptedDoor(() => SUCCESS);
		door.stored = { dataCenter: 'zoho.com' };
		const client = clientOf(door);
		const failure = failureOf(await client.send(upload()));
		expect(failure.code).toBe('CREDENTIAL_NOT_CONNECTED');
		expect(failure).not.toHaveProperty('attempts');
		expect(failureOf(await client.send(upload())).code).toBe('NOT_ATTEMPTED');
		expect(door.requests).toHaveLength(0);
	});
});

describe('the stop rule', () => {
	test('fifty uploads without the scope cost one call and no token', async () => {
		const door = new ScriptedDoor(() => MISMATCH);
		const client = clientOf(door);
		const modules = Array.from({ length: 50 }, (_, item) => ['Leads', 'Contacts', 'My_Module'][item % 3] ?? '');
		const sent = await timely(Promise.all(modules.map(async (module) => await client.send(upload({}, module)))));
		expect(sent.map((outcome) => failureOf(outcome).code)).toEqual([
			'OAUTH_SCOPE_MISMATCH',
			...Array<string>(49).fill('NOT_ATTEMPTED'),
		]);
		expect([door.requests.length, door.renewals]).toEqual([1, 0]);
		const left = failureOf(sent[49] ?? { ok: false, failure: failureOf(await client.send(upload())) });
		expect(left.message).toBe('Not tried, as an earlier item met OAUTH_SCOPE_MISMATCH, which this one cannot escape');
		expect(left.description).toContain('The credential lacks the scope ZohoCRM.modules.leads.CREATE');
		expect(left.description).toContain("Open the credential, turn 'Custom Scopes' off");
	});

	test('scopes by module: the modules that they reach go on, the others share the refusal', async () => {
		const door = new ScriptedDoor((_, { url }) => (url.includes('/Contacts/') ? SUCCESS : MISMATCH));
		door.store({ scope: 'ZohoCRM.modules.contacts.CREATE' });
		const client = clientOf(door);
		const modules = Array.from(
			{ length: 50 },
			(_, item) => ['Leads', 'Contacts', 'Deals', 'My_Module'][item % 4] ?? '',
		);
		const codes: string[] = [];
		for (const module of modules) {
			const outcome = await timely(client.send(upload({}, module)));
			codes.push(outcome.ok ? 'SUCCESS' : outcome.failure.code);
		}
		expect(door.requests.filter(({ url }) => !url.includes('/Contacts/'))).toHaveLength(1);
		expect(codes.filter((code) => code === 'SUCCESS')).toHaveLength(13);
		expect(codes.filter((code) => code === 'NOT_ATTEMPTED')).toHaveLength(36);
	});

	test('a module that Zoho does not know stops itself alone, whatever the letters', async () => {
		const door = new ScriptedDoor(() => answerOf(400, refusalBody('INVALID_MODULE')));
		const client = clientOf(door);
		await client.send(upload({}, 'Wrong'));
		expect(client.stopFor('WRONG')).toBeDefined();
		expect(client.stopFor('Leads')).toBeUndefined();
	});

	test.each(['upload', 'download', 'delete'] as const)(
		'a missing scope for %s is met by every later item',
		async (task) => {
			const client = clientOf(new ScriptedDoor(() => MISMATCH));
			await client.send(upload({ task }));
			expect(client.stopFor('Leads')?.code).toBe('NOT_ATTEMPTED');
			expect(client.stopFor('Leads', 'read')).toBeUndefined();
		},
	);

	test('a search without its scope does not keep a list from being read', async () => {
		const door = new ScriptedDoor((n) => (n === 1 ? MISMATCH : answerOf(200, { data: [] })));
		const client = clientOf(door);
		await client.send(upload({ task: 'search', expects: 'json' }));
		expect((await client.send(upload({ task: 'read', expects: 'json' }))).ok).toBe(true);
		expect(failureOf(await client.send(upload({ task: 'search', expects: 'json' }))).code).toBe('NOT_ATTEMPTED');
		expect(client.stopFor('Leads')).toBeUndefined();
	});

	test.each(['STORAGE_SPACE_EXCEEDED', 'LICENSE_LIMIT_EXCEEDED', 'LIMIT_REACHED'])(
		'%s stops the run where three calls in a row meet it, and not where one goes well between',
		async (code) => {
			const full = answerOf(400, refusalBody(code));
			const alone = clientOf(new ScriptedDoor((n) => (n === 3 ? SUCCESS : full)));
			for (let call = 0; call < 5; call++) await alone.send(upload());
			expect(alone.stopFor('Leads')).toBeUndefined();
			await alone.send(upload());
			expect(alone.stopFor('Contacts')?.code).toBe('NOT_ATTEMPTED');
		},
	);

	test('credits used up end the run at once, a list of modules without its scope nothing else', async () => {
		const header = { 'x-api-credits-remaining': '0' };
		const used = clientOf(new ScriptedDoor(() => answerOf(429, refusalBody('TOO_MANY_REQUESTS'), header)));
		await used.send(upload());
		expect(used.stopFor('Contacts')?.description).toContain('API credits of the last 24 hours');
		const door = new ScriptedDoor(() => MISMATCH);
		door.store({ scope: 'ZohoCRM.modules.leads.ALL' });
		const list = clientOf(door);
		await list.send(upload({ task: 'listModules', address: { module: '', recordId: '' } }));
		expect(list.stopFor('Leads', 'listModules')).toBeUndefined();
		expect(list.stopFor('', 'listModules')).toBeDefined();
		expect(list.stopFor('')).toBeUndefined();
	});
});

describe('the pace', () => {
	/** Calls of which none has been answered yet. */
	async function startedBehind(first: HttpAnswer): Promise<number> {
		const door = new ScriptedDoor((n) => (n === 1 ? first : 'hang'));
		const client = clientOf(door, 5);
		await client.send(upload());
		for (let call = 0; call < 5; call++) void client.send(upload({}, `Module${call}`));
		await jest.advanceTimersByTimeAsync(1);
		return door.requests.length - 1;
	}

	test('opens with the first success, or with a refusal of one record', async () => {
		expect(await startedBehind(SUCCESS)).toBe(5);
		expect(await startedBehind(answerOf(400, refusalBody('RECORD_LOCKED')))).toBe(5);
		expect(await startedBehind(answerOf(400, refusalBody('INVALID_MODULE')))).toBe(5);
	});

	test.each([
		['a missing scope', MISMATCH],
		["the day's credits", answerOf(429, refusalBody('LIMIT_EXCEEDED'), { 'x-api-credits-remaining': '0' })],
	])('lets no other call out when the first one meets %s, which all would meet', async (_, refusal) => {
		const door = new ScriptedDoor(() => refusal);
		const request = door.request.bind(door);
		door.request = async (...call) => {
			await new Promise((resolve) => setTimeout(resolve, 200));
			return await request(...call);
		};
		const client = clientOf(door, 5);
		const sent = Promise.all(Array.from({ length: 30 }, async () => await client.send(upload())));
		const codes = (await timely(sent)).map((outcome) => failureOf(outcome).code);
		expect(new Set(codes.slice(1))).toEqual(new Set(['NOT_ATTEMPTED']));
		expect(door.requests).toHaveLength(1);
	});

	test('opens when the first call has used up its tries, so that an outage is not met one at a time', async () => {
		const door = new ScriptedDoor((n) => (n === 1 ? answerOf(503, refusalBody('SERVICE_UNAVAILABLE')) : 'hang'));
		const client = clientOf(door, 5);
		await client.send(upload({ maxRetries: 0 }));
		for (let call = 0; call < 5; call++) void client.send(upload());
		await jest.advanceTimersByTimeAsync(100);
		expect(door.requests).toHaveLength(6);
	});
});

describe('a cancelled run', () => {
	test('sends nothing more, and does not wait out its pauses', async () => {
		const cancel = new AbortController();
		const door = new ScriptedDoor(() => answerOf(500, refusalBody('INTERNAL_ERROR'), { 'retry-after': '60' }));
		door.cancelled = cancel.signal;
		const client = clientOf(door);
		const sent = client.send(upload());
		await jest.advanceTimersByTimeAsync(1000);
		cancel.abort();
		await jest.advanceTimersByTimeAsync(200);
		expect(failureOf(await sent).code).toBe('NOT_WANTED');
		expect(door.requests).toHaveLength(1);
		expect(failureOf(await client.send(upload()))).toEqual({ code: 'NOT_WANTED', message: '', description: '' });
	});

	test('ends with the answer of the call that was under way', async () => {
		const cancel = new AbortController();
		const door = new ScriptedDoor(() => {
			cancel.abort();
			return answerOf(500, refusalBody('INTERNAL_ERROR'));
		});
		door.cancelled = cancel.signal;
		expect(failureOf(await timely(clientOf(door).send(upload()))).code).toBe('INTERNAL_ERROR');
		expect(door.requests).toHaveLength(1);
	});
});
