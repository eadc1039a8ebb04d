import nock from 'nock';

import { ZohoClient } from '../../nodes/ZohoCrmPhoto/zoho/calls/client';
import { DATA_CENTERS } from '../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import { Pace } from '../../nodes/ZohoCrmPhoto/zoho/calls/pace';
import { deletePhoto, downloadPhoto, uploadPhoto } from '../../nodes/ZohoCrmPhoto/zoho/records/photo';
import { findRecords } from '../../nodes/ZohoCrmPhoto/zoho/records/records';
import { smallGif, smallJpeg } from '../emulator/photoSamples.cts';
import { refusalBody, TOKEN } from '../zoho/samples.cts';
import { partsOf } from './multipart.cts';
import { openDoor, type RealDoor } from './realDoor.cts';

const SECOND = TOKEN.replace('0123', 'abcd');
const SUCCESS = { code: 'SUCCESS', details: {}, message: 'photo uploaded successfully', status: 'success' };
const EXPIRED = refusalBody('INVALID_TOKEN', 'invalid oauth token');
const SETTINGS = { apiVersion: 'v8', maxRetries: 0, waitAtMost: 0, timeout: 5000 };
const ADDRESS = { module: 'Leads', recordId: '3000000038009' };
const FILE = { bytes: smallJpeg, fileName: 'ada.jpg', mimeType: 'image/jpeg' };

/** A request as it came over the wire. */
interface Seen {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: Buffer;
}

/** What a host answers to one request. */
type Reply = [status: number, body: object | Buffer | string, headers?: Record<string, string>];

let seen: Seen[];

/** Has a host answer the requests to come, one each; all are noted in `seen`. */
function host(origin: string, ...replies: Reply[]): void {
	const queue = [...replies];
	for (const method of ['GET', 'POST', 'DELETE']) {
		nock(origin)
			.persist()
			.intercept(/.*/, method)
			.reply(function (this: nock.ReplyFnContext, path: string, sent: unknown) {
				const text = typeof sent === 'string' ? sent : new URLSearchParams(Object(sent)).toString();
				seen.push({
					method,
					url: origin + path,
					headers: Object.fromEntries(Object.entries(this.req.headers).map(([name, value]) => [name, String(value)])),
					// nock hands binary bodies over as hexadecimal digits.
					body: Buffer.from(text, /^([0-9a-f]{2})+$/.test(text) ? 'hex' : 'utf8'),
				});
				const [status, body, headers] = queue.shift() ?? [599, 'no more answers'];
				return [status, body, headers];
			});
	}
}

/** A credential as n8n stores it after connecting in a data center. */
function credential(accountsDomain = 'zoho.com', apiDomain = 'https://www.zohoapis.com'): object {
	return {
		dataCenter: accountsDomain,
		clientId: '1000.CLIENT',
		clientSecret: 'its-secret',
		oauthTokenData: {
			access_token: TOKEN,
			refresh_token: '1000.refresh',
			api_domain: apiDomain,
			token_type: 'Bearer',
			expires_in: 3600,
		},
	};
}

function clientOf(door: RealDoor): ZohoClient {
	return new ZohoClient(door, new Pace(5, undefined));
}

beforeEach(() => {
	seen = [];
	nock.disableNetConnect();
});
afterEach(() => {
	expect(seen.filter(({ url }) => /1000\.|token=/.test(url))).toEqual([]);
	nock.cleanAll();
	nock.enableNetConnect();
});
// nock changes Node's own http, which the next test file of the same worker uses too.
afterAll(() => nock.restore());

describe('an upload', () => {
	test('is a POST of one named file, signed as Bearer, its length told', async () => {
		host('https://www.zohoapis.com', [200, SUCCESS]);
		const zoho = clientOf(await openDoor(credential()));
		expect(await uploadPhoto(zoho, ADDRESS, FILE, false, SETTINGS)).toEqual({ ok: true, value: SUCCESS });

		expect(seen).toHaveLength(1);
		const [{ method, url, headers, body } = never()] = seen;
		expect(method).toBe('POST');
		expect(url).toBe('https://www.zohoapis.com/crm/v8/Leads/3000000038009/photo');
		expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
		expect(headers['content-length']).toBe(String(body.length));
		expect(headers).not.toHaveProperty('transfer-encoding');
		expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=\S+$/);
		expect(await partsOf(body, headers['content-type'] ?? '')).toEqual([
			{ name: 'file', fileName: 'ada.jpg', contentType: 'image/jpeg', bytes: smallJpeg },
		]);
	});

	test.each([
		['ä "quoted".gif', 'filename="ä %22quoted%22.gif"'],
		['写真.gif', 'filename="写真.gif"'],
		['a\r\nX-Evil: 1.gif', 'filename="a%0D%0AX-Evil: 1.gif"'],
	])('keeps the file name %j in one header line', async (fileName, line) => {
		host('https://www.zohoapis.com', [200, SUCCESS]);
		const zoho = clientOf(await openDoor(credential()));
		await uploadPhoto(zoho, ADDRESS, { bytes: smallGif, fileName, mimeType: 'image/gif' }, false, SETTINGS);
		const [{ headers, body } = never()] = seen;
		expect(body.toString('utf8')).toContain(`Content-Disposition: form-data; name="file"; ${line}\r\n`);
		const [part, ...others] = await partsOf(body, headers['content-type'] ?? '');
		expect(others).toEqual([]);
		expect(part?.bytes).toEqual(smallGif);
	});

	test('asks for no workflows in the query', async () => {
		host('https://www.zohoapis.com', [200, SUCCESS]);
		await uploadPhoto(clientOf(await openDoor(credential())), ADDRESS, FILE, true, { ...SETTINGS, apiVersion: 'v2' });
		expect(seen[0]?.url).toBe('https://www.zohoapis.com/crm/v2/Leads/3000000038009/photo?restrict_triggers=workflow');
	});

	test.each(DATA_CENTERS.map(({ accountsDomain, apiDomain }) => [accountsDomain, apiDomain]))(
		'of an account at %s goes to www.%s',
		async (accountsDomain, apiDomain) => {
			host(`https://www.${apiDomain}`, [200, SUCCESS]);
			const zoho = clientOf(await openDoor(credential(accountsDomain, `https://www.${apiDomain}`)));
			expect((await uploadPhoto(zoho, ADDRESS, FILE, false, SETTINGS)).ok).toBe(true);
			expect(seen.map(({ url }) => new URL(url).host)).toEqual([`www.${apiDomain}`]);
		},
	);
});

test('a call is signed with the credential of its run, whatever account is connected meanwhile', async () => {
	host('https://www.zohoapis.com', [200, SUCCESS], [200, SUCCESS]);
	const door = await openDoor(credential());
	const zoho = clientOf(door);
	await uploadPhoto(zoho, ADDRESS, FILE, false, SETTINGS);
	door.store({ ...credential('zoho.eu', 'https://www.zohoapis.eu'), oauthTokenData: { access_token: SECOND } });
	expect((await uploadPhoto(zoho, ADDRESS, FILE, false, SETTINGS)).ok).toBe(true);
	expect(seen.map(({ url, headers }) => [new URL(url).host, headers.authorization])).toEqual([
		['www.zohoapis.com', `Bearer ${TOKEN}`],
		['www.zohoapis.com', `Bearer ${TOKEN}`],
	]);
});

describe('a token that has run out', () => {
	test.each(DATA_CENTERS.map(({ accountsDomain }) => [accountsDomain]))(
		'is renewed at accounts.%s, and the same parts are sent again',
		async (accountsDomain) => {
			host('https://www.zohoapis.com', [401, EXPIRED], [200, SUCCESS]);
			host(`https://accounts.${accountsDomain}`, [
				200,
				{ access_token: SECOND, api_domain: 'https://www.zohoapis.com', token_type: 'Bearer', expires_in: 3600 },
			]);
			const door = await openDoor(credential(accountsDomain));
			expect((await uploadPhoto(clientOf(door), ADDRESS, FILE, false, SETTINGS)).ok).toBe(true);

			const [first = never(), renewal = never(), again = never(), ...more] = seen;
			expect(more).toEqual([]);
			expect(renewal.url).toBe(`https://accounts.${accountsDomain}/oauth/v2/token`);
			expect(Object.fromEntries(new URLSearchParams(renewal.body.toString('utf8')))).toEqual({
				grant_type: 'refresh_token',
				refresh_token: '1000.refresh',
				client_id: '1000.CLIENT',
				client_secret: 'its-secret',
			});
			expect(renewal.headers).not.toHaveProperty('authorization');
			expect([first, again].map(({ headers }) => headers.authorization)).toEqual([
				`Bearer ${TOKEN}`,
				`Bearer ${SECOND}`,
			]);
			const parts = [first, again].map(async ({ body, headers }) => await partsOf(body, headers['content-type'] ?? ''));
			const [sent, resent] = await Promise.all(parts);
			expect(sent).toEqual([{ name: 'file', fileName: 'ada.jpg', contentType: 'image/jpeg', bytes: smallJpeg }]);
			expect(resent).toEqual(sent);
			expect(door.stored()).toMatchObject({ oauthTokenData: { access_token: SECOND, refresh_token: '1000.refresh' } });
		},
	);

	test('is not renewed where another execution has stored a new one at the last moment', async () => {
		host('https://www.zohoapis.com', [401, EXPIRED], [200, SUCCESS]);
		const door = await openDoor(credential());
		const { renewToken } = door;
		door.renewToken = async (old) => {
			const fresh = { access_token: SECOND, refresh_token: '1000.refresh', api_domain: 'https://www.zohoapis.com' };
			door.store({ ...credential(), oauthTokenData: fresh });
			await renewToken(old);
		};
		expect((await uploadPhoto(clientOf(door), ADDRESS, FILE, false, SETTINGS)).ok).toBe(true);
		expect(seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${TOKEN}`, `Bearer ${SECOND}`]);
	});

	test('and a renewal that Zoho refuses with HTTP 200 costs no further call', async () => {
		host('https://www.zohoapis.com', [401, EXPIRED]);
		host('https://accounts.zoho.com', [200, { error: 'invalid_code' }]);
		const outcome = await uploadPhoto(clientOf(await openDoor(credential())), ADDRESS, FILE, false, SETTINGS);
		expect(outcome).toMatchObject({
			ok: false,
			failure: { code: 'CREDENTIAL_NOT_CONNECTED', message: 'Zoho gave no access token: it answered invalid_code' },
		});
		expect(seen).toHaveLength(2);
	});

	test('a missing scope costs no renewal', async () => {
		host('https://www.zohoapis.com', [401, refusalBody('OAUTH_SCOPE_MISMATCH')]);
		const outcome = await uploadPhoto(clientOf(await openDoor(credential())), ADDRESS, FILE, false, SETTINGS);
		expect(outcome).toMatchObject({ ok: false, failure: { code: 'OAUTH_SCOPE_MISMATCH', httpStatus: 401 } });
		expect(seen).toHaveLength(1);
	});
});

describe('the other calls', () => {
	test('a download gives the bytes as they are', async () => {
		const bytes = Buffer.from([...Array(256).keys()]);
		host('https://sandbox.zohoapis.eu', [
			200,
			bytes,
			{ 'content-type': 'image/png', 'content-disposition': 'attachment' },
		]);
		const zoho = clientOf(await openDoor(credential('zoho.eu', 'https://sandbox.zohoapis.eu')));
		const outcome = await downloadPhoto(zoho, ADDRESS, SETTINGS);
		expect(outcome).toMatchObject({ ok: true, value: { headers: { 'content-disposition': 'attachment' } } });
		expect(outcome.ok && outcome.value.body.equals(bytes)).toBe(true);
		expect(seen[0]).toMatchObject({
			method: 'GET',
			url: 'https://sandbox.zohoapis.eu/crm/v8/Leads/3000000038009/photo',
			body: Buffer.alloc(0),
		});
	});

	test('a deletion has no body', async () => {
		host('https://www.zohoapis.com', [200, { ...SUCCESS, message: 'Photo deleted' }]);
		const outcome = await deletePhoto(clientOf(await openDoor(credential())), ADDRESS, SETTINGS);
		expect(outcome).toMatchObject({ ok: true, value: { message: 'Photo deleted' } });
		expect(seen[0]).toMatchObject({ method: 'DELETE', body: Buffer.alloc(0) });
		expect(seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
	});

	test('a search has its word encoded once', async () => {
		host('https://www.zohoapis.com', [200, { data: [{ id: '1', Full_Name: 'Ada & Bob' }] }]);
		const outcome = await findRecords(
			clientOf(await openDoor(credential())),
			'Leads',
			'Ada & Bob',
			undefined,
			SETTINGS,
		);
		expect(outcome).toMatchObject({ ok: true, value: { records: [{ id: '1', label: 'Ada & Bob (1)' }] } });
		const { pathname, searchParams } = new URL(seen[0]?.url ?? '');
		expect(pathname).toBe('/crm/v8/Leads/search');
		expect(Object.fromEntries(searchParams)).toEqual({
			word: 'Ada & Bob',
			fields: expect.stringMatching(/^id,Full_Name,/),
			per_page: '200',
		});
	});
});

describe('answers on the way', () => {
	test('a redirect is not followed, and no other host sees the token', async () => {
		host('https://www.zohoapis.com', [302, '', { location: 'https://evil.example/photo' }]);
		host('https://evil.example', [200, SUCCESS]);
		const outcome = await uploadPhoto(clientOf(await openDoor(credential())), ADDRESS, FILE, false, SETTINGS);
		expect(outcome).toMatchObject({ ok: false, failure: { code: 'REDIRECTED', httpStatus: 302 } });
		expect(seen.map(({ url }) => new URL(url).host)).toEqual(['www.zohoapis.com']);
	});

	test.each([
		[400, refusalBody('RECORD_LOCKED'), 'RECORD_LOCKED'],
		[403, refusalBody('NO_PERMISSION'), 'NO_PERMISSION'],
		[413, '<html>413</html>', 'BODY_SIZE_REACHED'],
		[429, '', 'TOO_MANY_REQUESTS'],
		[500, '', 'UNEXPECTED_ANSWER'],
		[200, '', 'UNEXPECTED_ANSWER'],
	])('HTTP %i with %j is handed on by n8n and told as %s', async (status, body, code) => {
		host('https://www.zohoapis.com', [status, body]);
		const outcome = await uploadPhoto(clientOf(await openDoor(credential())), ADDRESS, FILE, false, SETTINGS);
		expect(outcome).toMatchObject({ ok: false, failure: { code, httpStatus: status, attempts: 1 } });
	});

	test.each([
		['ECONNREFUSED', 'CONNECTION_REFUSED'],
		['ENOTFOUND', 'HOST_NOT_FOUND'],
		['ECONNRESET', 'CONNECTION_LOST'],
		['CERT_HAS_EXPIRED', 'CERTIFICATE_NOT_TRUSTED'],
	])('%s comes through n8n as %s', async (fault, code) => {
		nock('https://www.zohoapis.com')
			.post(/.*/)
			.replyWithError(Object.assign(new Error('of the socket'), { code: fault }));
		const outcome = await uploadPhoto(clientOf(await openDoor(credential())), ADDRESS, FILE, false, SETTINGS);
		expect(outcome).toMatchObject({ ok: false, failure: { code, attempts: 1 } });
	});

	test('an answer that is late is given up', async () => {
		nock('https://www.zohoapis.com').post(/.*/).delay(400).reply(200, SUCCESS);
		const settings = { ...SETTINGS, timeout: 100 };
		const outcome = await uploadPhoto(clientOf(await openDoor(credential())), ADDRESS, FILE, false, settings);
		expect(outcome).toMatchObject({ ok: false, failure: { code: 'TIMED_OUT' } });
	});
});

describe('a credential that cannot be used', () => {
	test.each([
		['https://www.zohoapis.com.evil.example', 'UNTRUSTED_API_DOMAIN'],
		['http://www.zohoapis.com', 'UNTRUSTED_API_DOMAIN'],
	])('%s: nothing is sent', async (apiDomain, code) => {
		host('https://www.zohoapis.com.evil.example', [200, SUCCESS]);
		host('http://www.zohoapis.com', [200, SUCCESS]);
		const outcome = await uploadPhoto(
			clientOf(await openDoor(credential('zoho.com', apiDomain))),
			ADDRESS,
			FILE,
			false,
			SETTINGS,
		);
		expect(outcome).toMatchObject({ ok: false, failure: { code } });
		expect(seen).toEqual([]);
	});
});

/** For what must have been seen. */
function never(): never {
	throw new Error('Nothing came.');
}
