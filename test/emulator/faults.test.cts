import { type ZohoErrorName, zohoErrors } from './crm/errors.cts';
import { type Emulator, startEmulator } from './emulator.cts';
import type { FaultAnswer } from './faults/faultAnswers.cts';
import { photoBody, photoCall } from './photoCall.cts';
import { blackPng } from './photoSamples.cts';
import { proxiedRequest } from './proxiedRequest.cts';

const png = blackPng(300, 400);

// Real connections and processes: slow only when the machine is busy with something else.
jest.setTimeout(30_000);

describe('faults and limits of the emulated Zoho', () => {
	let emulator: Emulator;
	let token: string;
	let recordId: string;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	afterAll(async () => await emulator.close());
	beforeEach(() => {
		emulator.zoho.reset();
		token = String(emulator.zoho.connect().oauthTokenData.access_token);
		recordId = emulator.zoho.records.add('Leads');
	});

	const upload = async (id = recordId) =>
		await photoCall(emulator, { recordId: id, token, body: photoBody({ bytes: png }) });
	const uploads = () => emulator.zoho.photos.get('Leads', recordId)?.uploads ?? 0;
	const once = (answer: FaultAnswer) => emulator.zoho.faults.add({ when: { times: 1 }, answer });

	it.each(Object.entries(zohoErrors).map(([name, error]) => [name, error.status, error.code] as const))(
		'%s is answered with %d %s when told so',
		async (name, status, code) => {
			const isName = (text: string): text is ZohoErrorName => Object.hasOwn(zohoErrors, text);
			if (!isName(name)) throw new Error(name);
			once({ kind: 'zoho', error: name, headers: { 'retry-after': '3' } });
			const answer = await upload();
			expect([answer.status, answer.json().code, answer.headers['retry-after']]).toEqual([status, code, '3']);
			expect((await upload()).status).toBe(200);
			expect(uploads()).toBe(1);
		},
	);

	it('anything can be answered: HTML, nothing, no JSON, redirects, 200 that says error', async () => {
		once({ kind: 'html', status: 502 });
		expect((await upload()).headers['content-type']).toMatch('text/html');
		once({ kind: 'http', status: 503 });
		expect((await upload()).body).toHaveLength(0);
		once({ kind: 'http', status: 200, body: '<<<', headers: { 'content-type': 'application/json' } });
		expect((await upload()).body.toString()).toBe('<<<');
		once({ kind: 'http', status: 302, headers: { location: 'https://elsewhere.example/' } });
		expect((await upload()).headers.location).toBe('https://elsewhere.example/');
		once({ kind: 'http', status: 200, body: { status: 'error', code: 'INVALID_DATA' } });
		expect((await upload()).json()).toEqual({ status: 'error', code: 'INVALID_DATA' });
		expect(uploads()).toBe(0);
		once({ kind: 'http', status: 500, afterWork: true });
		expect((await upload()).status).toBe(500);
		expect(uploads()).toBe(1);
	});

	it.each([
		['before', 0],
		['body', 0],
		['answer', 1],
	] as const)('a reset at %s leaves %d photos behind', async (at, expected) => {
		once({ kind: 'reset', at });
		await expect(upload()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(uploads()).toBe(expected);
		expect(emulator.zoho.calls.at(-1)).toMatchObject({ status: 0, fault: `reset at ${at}` });
		expect((await upload()).status).toBe(200);
	});

	it('hangs for a while and then resets; answers slowly', async () => {
		once({ kind: 'hang', ms: 50 });
		await expect(upload()).rejects.toMatchObject({ code: 'ECONNRESET' });
		once({ kind: 'slow', ms: 60 });
		const begun = performance.now();
		expect((await upload()).status).toBe(200);
		expect(performance.now() - begun).toBeGreaterThan(59);
	});

	it('meets only the calls it was made for', async () => {
		const { faults } = emulator.zoho;
		const answer: FaultAnswer = { kind: 'zoho', error: 'internalError' };
		const other = emulator.zoho.records.add('Leads');
		const statuses = async (...ids: string[]) => {
			const list: number[] = [];
			for (const id of ids) list.push((await upload(id)).status);
			return list;
		};
		faults.add({ when: { recordId }, answer });
		expect(await statuses(other, recordId)).toEqual([200, 500]);
		faults.clear();
		faults.add({ when: { nth: [2, 3] }, answer });
		expect(await statuses(other, other, other, other)).toEqual([200, 500, 500, 200]);
		faults.clear();
		faults.add({ when: { timesPerCall: 1, method: 'POST', module: 'Leads', path: '/photo' }, answer });
		expect(await statuses(recordId, recordId, other, other)).toEqual([500, 200, 500, 200]);
		faults.clear();
		faults.add({ when: { method: 'GET' }, answer });
		faults.add({ when: { module: 'Contacts' }, answer });
		faults.add({ when: { host: 'www.zohoapis.eu' }, answer });
		faults.add({ when: { path: '/oauth/v2/token' }, answer });
		expect(await statuses(recordId)).toEqual([200]);
		const tokenCall = await proxiedRequest(emulator, {
			url: 'https://accounts.zoho.com/oauth/v2/token',
			method: 'POST',
		});
		expect(tokenCall.status).toBe(500);
	});

	it('storms over a share of the tries, the same ones for the same seed in any order', async () => {
		const { faults, records } = emulator.zoho;
		const ids = records.addMany('Leads', 200);
		const subject = (id: string) => ({
			host: 'www.zohoapis.com',
			isAccounts: false,
			method: 'POST',
			path: `/crm/v8/Leads/${id}/photo`,
			module: 'Leads',
			recordId: id,
		});
		const play = (seed: number, order: string[]) => {
			faults.clear();
			faults.storm({ share: 0.2, seed });
			return new Map(order.map((id) => [id, faults.take(subject(id))]));
		};
		const forward = play(7, ids);
		const backward = play(7, [...ids].reverse());
		for (const id of ids) expect(backward.get(id)).toEqual(forward.get(id));
		const met = [...forward.values()].filter((answer) => answer !== undefined);
		expect(met.length).toBeGreaterThan(20);
		expect(met.length).toBeLessThan(60);
		expect(new Set(met.map((answer) => answer.kind)).size).toBeGreaterThan(3);
		expect([...play(8, ids).values()]).not.toEqual([...forward.values()]);
	});

	describe('limits', () => {
		it('lets as many calls in at a time as told, and no more', async () => {
			const { limits, counters } = emulator.zoho;
			limits.concurrency = 3;
			limits.latencyMs = 600;
			const ids = emulator.zoho.records.addMany('Leads', 5);
			const first = ids.slice(0, 3).map(async (id) => await upload(id));
			while (counters.peakConcurrentCalls < 3) await new Promise((resolve) => setImmediate(resolve));
			const refused = await Promise.all(ids.slice(3).map(async (id) => await upload(id)));
			expect(refused.map((answer) => [answer.status, answer.json().code])).toEqual([
				[429, 'TOO_MANY_REQUESTS'],
				[429, 'TOO_MANY_REQUESTS'],
			]);
			expect(refused[0]?.headers['retry-after']).toBeUndefined();
			limits.retryAfterSeconds = 2;
			limits.tooManyCode = 'RATE_LIMIT_EXCEEDED';
			const late = await upload(ids[3]);
			expect([late.json().code, late.headers['retry-after']]).toEqual(['RATE_LIMIT_EXCEEDED', '2']);
			expect((await Promise.all(first)).map((answer) => answer.status)).toEqual([200, 200, 200]);
			expect(counters).toMatchObject({ peakConcurrentCalls: 3, tooManyRequests: 3 });
			expect((await upload(ids[4])).status).toBe(200);
		});

		it('gives a place free before the answer leaves, so that a steady client is never one too many', async () => {
			emulator.zoho.limits.concurrency = 2;
			emulator.zoho.limits.latencyMs = 10;
			const worker = async () => {
				for (let turn = 0; turn < 20; turn++) expect((await upload()).status).toBe(200);
			};
			await Promise.all([worker(), worker()]);
			expect(emulator.zoho.counters.peakConcurrentCalls).toBe(2);
		});

		it('gives a place free when the client leaves in the middle', async () => {
			emulator.zoho.limits.concurrency = 1;
			once({ kind: 'reset', at: 'answer' });
			await expect(upload()).rejects.toThrow();
			expect((await upload()).status).toBe(200);
		});

		it('delays accepted photo calls only', async () => {
			emulator.zoho.limits.latencyMs = 5000;
			const begun = performance.now();
			expect((await photoCall(emulator, { recordId, token: 'nobody', body: photoBody({ bytes: png }) })).status).toBe(
				401,
			);
			expect(performance.now() - begun).toBeLessThan(4000);
		});

		it('counts credits, tells of them from one half on, and refuses without them', async () => {
			emulator.zoho.limits.credits = 4;
			const left: unknown[] = [];
			for (let turn = 0; turn < 5; turn++) {
				const answer = await upload();
				left.push([answer.status, answer.headers['x-api-credits-remaining']]);
			}
			expect(left).toEqual([
				[200, undefined],
				[200, '2'],
				[200, '1'],
				[200, '0'],
				[429, '0'],
			]);
		});
	});
});
