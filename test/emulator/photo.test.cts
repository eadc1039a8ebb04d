import { conditionNames, conditions } from './crm/magicRecords.cts';
import { type Emulator, startEmulator } from './emulator.cts';
import { boundary, photoBody, photoCall } from './photoCall.cts';
import { blackBmp, blackPng, smallGif, smallJpeg } from './photoSamples.cts';
import { openTls, proxiedRequest } from './proxiedRequest.cts';

const png = blackPng(30, 40);
const versions = ['v2', 'v2.1', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8'];

// Real connections and processes: slow only when the machine is busy with something else.
jest.setTimeout(30_000);

describe('the photo address', () => {
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
		recordId = emulator.zoho.records.add('Leads', { name: 'Ada Lovelace' });
	});

	const upload = async (wanted: Partial<Parameters<typeof photoCall>[1]> = {}) =>
		await photoCall(emulator, { recordId, token, body: photoBody({ bytes: png }), ...wanted });
	const stored = () => emulator.zoho.photos.get('Leads', recordId);

	describe('takes a photo', () => {
		it.each(versions)('in %s, byte for byte, and gives it back', async (version) => {
			const answer = await upload({ version });
			expect(answer.status).toBe(200);
			expect(answer.json()).toEqual({
				code: 'SUCCESS',
				details: {},
				message: 'photo uploaded successfully',
				status: 'success',
			});
			expect(stored()?.bytes.equals(png)).toBe(true);
			expect(stored()).toMatchObject({
				fileName: 'photo.png',
				mimeType: 'image/png',
				width: 30,
				height: 40,
				uploads: 1,
			});

			const back = await photoCall(emulator, { method: 'GET', version, recordId, token });
			expect(back.body.equals(png)).toBe(true);
			expect(back.headers['content-disposition']).toBe("attachment;filename*=UTF-8''photo.png");
			expect(back.headers['content-type']).toMatch(/^image\/png/);
		});

		it.each([
			['image/jpeg', smallJpeg],
			['image/gif', smallGif],
			['image/bmp', blackBmp(5, 3)],
		])('of kind %s, whatever is declared', async (mimeType, bytes) => {
			expect((await upload({ body: photoBody({ bytes }) })).status).toBe(200);
			expect(stored()).toMatchObject({ mimeType });
			expect(stored()?.bytes.equals(bytes)).toBe(true);
		});

		it('in the place of the one before, changing Record_Image each time', async () => {
			await upload();
			const first = emulator.zoho.records.get('Leads', recordId)?.recordImage;
			await upload({ body: photoBody({ bytes: smallJpeg }) });
			const second = emulator.zoho.records.get('Leads', recordId)?.recordImage;
			expect(first).toMatch(/^siwz/);
			expect(second).toMatch(/^siwz/);
			expect(second).not.toBe(first);
			expect(stored()?.uploads).toBe(2);
			expect(new Set(stored()?.history).size).toBe(2);
		});

		it('with a Bearer header too', async () => {
			const answer = await upload({ headers: { authorization: `Bearer ${token}` } });
			expect(answer.status).toBe(200);
			expect(emulator.zoho.calls.at(-1)).toMatchObject({ authScheme: 'Bearer', tokenGeneration: 1 });
		});

		it('with a line break before the first boundary, as in the C# and PHP samples', async () => {
			expect((await upload({ body: photoBody({ bytes: png, preamble: '\r\n' }) })).status).toBe(200);
		});

		it('and logs what came, but never the token', async () => {
			await upload();
			const call = emulator.zoho.calls.at(-1);
			expect(call).toMatchObject({ method: 'POST', status: 200, code: 'SUCCESS', module: 'Leads', recordId });
			expect(call?.parts).toEqual([
				{
					name: 'file',
					fileName: 'photo.png',
					contentType: 'image/png',
					length: png.length,
					headerLines: ['Content-Disposition: form-data; name="file"; filename="photo.png"', 'Content-Type: image/png'],
				},
			]);
			expect(JSON.stringify(emulator.zoho.calls)).not.toContain(token);
		});

		it('and keeps only hash and size when told so', async () => {
			emulator.zoho.photos.keepBytes = false;
			await upload();
			expect(stored()?.bytes).toHaveLength(0);
			expect(stored()).toMatchObject({ size: png.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
		});
	});

	it('fires workflows, unless restrict_triggers=workflow', async () => {
		await upload();
		await upload({ query: '?restrict_triggers=workflow' });
		expect(emulator.zoho.records.get('Leads', recordId)?.workflowsFired).toBe(1);
		const answer = await upload({ query: '?restrict_triggers=all' });
		expect(answer.status).toBe(400);
		expect(stored()?.uploads).toBe(2);
	});

	describe('refuses a body that a parser forgives', () => {
		const other = (name: string, fileName?: string) => {
			const named = fileName ? `; filename="${fileName}"` : '';
			return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${named}\r\n\r\nx\r\n`;
		};
		const rawHead = (...lines: string[]) =>
			[
				`POST /crm/v8/Leads/${recordId}/photo HTTP/1.1`,
				'Host: www.zohoapis.com',
				`Authorization: Bearer ${token}`,
				...lines,
				'\r\n',
			].join('\r\n');
		const octets = ['Content-Type: application/octet-stream'];
		const base64 = ['Content-Transfer-Encoding: base64'];
		const form = `multipart/form-data; boundary=${boundary}`;
		const cases: Array<[string, string, Buffer]> = [
			['another field name', 'INVALID_DATA', photoBody({ bytes: png, name: 'photo' })],
			['no file name', 'INVALID_DATA', photoBody({ bytes: png, fileName: null })],
			[
				'no file name but a binary type',
				'INVALID_DATA',
				photoBody({ bytes: png, fileName: null, partHeaders: octets }),
			],
			['an empty file name', 'INVALID_DATA', photoBody({ bytes: png, fileName: '' })],
			['an empty file', 'INVALID_DATA', photoBody({ bytes: Buffer.alloc(0) })],
			['two files', 'INVALID_DATA', photoBody({ bytes: png, before: other('file', 'a.png') })],
			['a field before the file', 'INVALID_REQUEST', photoBody({ bytes: png, before: other('note') })],
			['a field behind the file', 'INVALID_REQUEST', photoBody({ bytes: png, behind: other('note') })],
			['no part', 'INVALID_REQUEST', Buffer.from(`--${boundary}--\r\n`)],
			['no final boundary', 'INVALID_REQUEST', photoBody({ bytes: png, end: '' })],
			['a boundary that is not the final one', 'INVALID_REQUEST', photoBody({ bytes: png, end: `--${boundary}` })],
			['text behind the end', 'INVALID_REQUEST', photoBody({ bytes: png, end: `--${boundary}--\r\nmore` })],
			['text before the first boundary', 'INVALID_REQUEST', photoBody({ bytes: png, preamble: 'hello\r\n' })],
			['an encoded part', 'INVALID_REQUEST', photoBody({ bytes: png, partHeaders: base64 })],
			['filename*', 'INVALID_REQUEST', photoBody({ bytes: png, name: `file"; filename*=UTF-8''b.png; x="y` })],
		];
		it.each(cases)('%s: %s', async (_name, code, body) => {
			const answer = await upload({ body });
			expect(answer.status).toBe(400);
			expect(answer.json()).toMatchObject({ code, message: expect.stringMatching(/request/), status: 'error' });
			expect(emulator.zoho.calls.at(-1)?.reason).toBeTruthy();
			expect(stored()).toBeUndefined();
		});

		it.each<[string, Record<string, string>, string]>([
			['no content type', { 'content-type': '' }, 'Content-Type'],
			['no boundary in the content type', { 'content-type': 'multipart/form-data' }, 'without a boundary'],
			['the boundary of another body', { 'content-type': 'multipart/form-data; boundary=other' }, 'end of form'],
			['another content type', { 'content-type': 'image/png' }, 'Content-Type image/png'],
			['a chunked body', { 'content-type': form, 'transfer-encoding': 'chunked' }, 'chunked'],
		])('%s: INVALID_REQUEST', async (_name, headers, reason) => {
			const answer = await upload({ headers });
			expect(answer.status).toBe(400);
			expect(answer.json()).toMatchObject({
				code: 'INVALID_REQUEST',
				details: { expected_type: 'Multipart Form Request' },
			});
			expect(emulator.zoho.calls.at(-1)?.reason).toContain(reason);
			expect(stored()).toBeUndefined();
		});

		it('a content-length that is too small', async () => {
			const tooSmall = String(photoBody({ bytes: png }).length - 30);
			const answer = await upload({ headers: { 'content-type': form, 'content-length': tooSmall } });
			expect(answer.status).toBe(400);
			expect(stored()).toBeUndefined();
		});

		it('a content type given twice, as the PHP sample does', async () => {
			const body = photoBody({ bytes: png });
			const socket = await openTls(emulator, 'www.zohoapis.com');
			const length = `Content-Length: ${body.length}`;
			socket.write(rawHead(`Content-Type: ${form}`, 'content-type: multipart/form-data', length, 'Connection: close'));
			socket.write(body);
			const text = await new Promise<string>((resolve) => {
				let all = '';
				socket.on('data', (chunk: Buffer) => (all += chunk.toString()));
				socket.on('close', () => resolve(all));
			});
			expect(text).toContain('INVALID_REQUEST');
			expect(stored()).toBeUndefined();
		});

		it('a content-length that is too large, once the client leaves', async () => {
			const body = photoBody({ bytes: png });
			const socket = await openTls(emulator, 'www.zohoapis.com');
			const isClosed = new Promise((resolve) => socket.once('close', resolve));
			const length = `Content-Length: ${body.length + 50}`;
			socket.end(Buffer.concat([Buffer.from(rawHead(`Content-Type: ${form}`, length)), body]));
			socket.resume();
			await isClosed;
			expect(stored()).toBeUndefined();
			expect(emulator.zoho.calls.at(-1)).toMatchObject({ method: 'POST', status: 0 });
		});
	});

	describe('looks at the picture itself', () => {
		it.each([
			['an HTML page', Buffer.from('<!doctype html><html></html>')],
			['a WebP', Buffer.from('524946461a000000574542505650384c0d0000002f0000001007101111888808', 'hex')],
			['a PNG that is cut off', png.subarray(0, -6)],
			['a JPEG that is cut off', smallJpeg.subarray(0, -10)],
			['a GIF that is cut off', smallGif.subarray(0, -2)],
			['a BMP that is cut off', blackBmp(20, 20).subarray(0, -5)],
			['a PNG without pixels', blackPng(0, 0)],
		])('%s is refused', async (_name, bytes) => {
			const answer = await upload({ body: photoBody({ bytes, fileName: 'photo.jpg' }) });
			expect(answer.status).toBe(400);
			expect(answer.json()).toMatchObject({ code: 'INVALID_DATA', message: 'Invalid file type' });
			expect(stored()).toBeUndefined();
		});

		it('an unfitting extension is refused when asked for', async () => {
			emulator.zoho.imageRules.refuseUnfittingExtension = true;
			expect((await upload({ body: photoBody({ bytes: png, fileName: 'a.jpg' }) })).status).toBe(400);
			expect((await upload({ body: photoBody({ bytes: png, fileName: 'a.PNG' }) })).status).toBe(200);
		});

		it.each(versions)('more than 10 MP and more than 10 MB are refused in %s with its status', async (version) => {
			const tooMany = { status: version.startsWith('v2') ? 400 : 415, code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' };
			const pixels = await upload({ version, body: photoBody({ bytes: blackPng(4032, 2481) }) });
			expect({ status: pixels.status, code: pixels.json().code }).toEqual(tooMany);
			emulator.zoho.imageRules.maxBytes = png.length - 1;
			const bytes = await upload({ version });
			expect({ status: bytes.status, code: bytes.json().code }).toEqual(tooMany);
			expect(stored()).toBeUndefined();
		});

		it('exactly 10 MP and exactly 10 MiB are taken', async () => {
			expect((await upload({ body: photoBody({ bytes: blackPng(4000, 2500) }) })).status).toBe(200);
			const limit = 10 * 1024 * 1024;
			const atLimit = Buffer.concat([blackBmp(100, 100), Buffer.alloc(limit - blackBmp(100, 100).length)]);
			expect((await upload({ body: photoBody({ bytes: atLimit }) })).status).toBe(200);
			expect(stored()?.size).toBe(limit);
			const over = Buffer.concat([atLimit, Buffer.from('x')]);
			expect((await upload({ body: photoBody({ bytes: over }) })).json().code).toBe('FILE_SIZE_MORE_THAN_ALLOWED_SIZE');
		});
	});

	describe('checks in this order', () => {
		it('URL, then method, then token', async () => {
			const wrong = { token: 'nonsense', recordId };
			expect((await photoCall(emulator, { ...wrong, version: 'v9', method: 'PUT' })).json().code).toBe(
				'INVALID_URL_PATTERN',
			);
			expect((await photoCall(emulator, { ...wrong, method: 'PUT' })).json().code).toBe('INVALID_REQUEST_METHOD');
			expect((await photoCall(emulator, { ...wrong, method: 'GET' })).json().code).toBe('INVALID_TOKEN');
		});

		it('no token at all is AUTHENTICATION_FAILURE', async () => {
			const answer = await proxiedRequest(emulator, { url: `https://www.zohoapis.com/crm/v8/Leads/${recordId}/photo` });
			expect(answer.status).toBe(401);
			expect(answer.json().code).toBe('AUTHENTICATION_FAILURE');
		});

		it('scope, then module, then multipart, then record, then file', async () => {
			const { zoho } = emulator;
			const weak = String(zoho.connect({ scopes: ['ZohoCRM.modules.READ'] }).oauthTokenData.access_token);
			const codeOf = async (wanted: Partial<Parameters<typeof photoCall>[1]>) => (await upload(wanted)).json().code;
			expect(await codeOf({ token: weak, module: 'Nowhere' })).toBe('OAUTH_SCOPE_MISMATCH');
			expect(await codeOf({ module: 'Nowhere', body: photoBody({ bytes: png, name: 'x' }) })).toBe('INVALID_MODULE');
			expect(await codeOf({ recordId: '1', body: photoBody({ bytes: png, end: '' }) })).toBe('INVALID_REQUEST');
			const unknown = await upload({ recordId: '1', body: photoBody({ bytes: Buffer.from('no image') }) });
			expect(unknown.json()).toMatchObject({
				code: 'INVALID_DATA',
				message: 'the related id given seems to be invalid',
			});
		});

		it('API_NOT_SUPPORTED when a version lost the address', async () => {
			emulator.zoho.versionsWithoutPhoto.add('v3');
			expect((await upload({ version: 'v3' })).json().code).toBe('API_NOT_SUPPORTED');
			expect((await upload({ version: 'v4' })).status).toBe(200);
		});
	});

	it.each([
		['POST', 'ZohoCRM.modules.ALL', 200],
		['POST', 'ZohoCRM.modules.leads.ALL', 200],
		['POST', 'ZohoCRM.modules.leads.WRITE', 200],
		['POST', 'ZohoCRM.modules.Leads.CREATE', 200],
		['POST', 'ZohoCRM.modules.CREATE', 200],
		['POST', 'ZohoCRM.modules.leads.READ', 401],
		['POST', 'ZohoCRM.modules.contacts.ALL', 401],
		['POST', 'ZohoCRM.modules.custom.ALL', 401],
		['GET', 'ZohoCRM.modules.leads.READ', 204],
		['GET', 'ZohoCRM.modules.leads.CREATE', 401],
		['DELETE', 'ZohoCRM.modules.leads.DELETE', 200],
		['DELETE', 'ZohoCRM.modules.leads.WRITE', 401],
	])('%s with scope %s: %d', async (method, scope, status) => {
		const narrow = String(emulator.zoho.connect({ scopes: [scope] }).oauthTokenData.access_token);
		const body = method === 'POST' ? photoBody({ bytes: png }) : undefined;
		expect((await upload({ method, token: narrow, body })).status).toBe(status);
	});

	it('takes custom modules under the scope word "custom", and Deals from v3 on', async () => {
		const { zoho } = emulator;
		const custom = String(zoho.connect({ scopes: 'ZohoCRM.modules.custom.CREATE' }).oauthTokenData.access_token);
		const pet = zoho.records.add('Pets');
		expect((await upload({ module: 'Pets', recordId: pet, token: custom })).status).toBe(200);
		const deal = zoho.records.add('Deals');
		const inV2 = await upload({ module: 'Deals', recordId: deal, version: 'v2' });
		expect(inV2.json()).toMatchObject({ code: 'INVALID_MODULE', message: 'The given module is not supported in API' });
		expect((await upload({ module: 'Deals', recordId: deal })).status).toBe(200);
		expect((await upload({ module: 'Documents', recordId: deal })).json().code).toBe('INVALID_MODULE');
	});

	it('204 without a photo; DELETE takes it away', async () => {
		const none = await photoCall(emulator, { method: 'GET', recordId, token });
		expect(none.status).toBe(204);
		expect(none.body).toHaveLength(0);
		await upload();
		const gone = await photoCall(emulator, { method: 'DELETE', recordId, token });
		expect(gone.json()).toEqual({ code: 'SUCCESS', details: {}, message: 'Photo deleted', status: 'success' });
		expect(emulator.zoho.records.get('Leads', recordId)?.recordImage).toBeNull();
		expect((await photoCall(emulator, { method: 'GET', recordId, token })).status).toBe(204);
	});

	it("knows no record of another org, nor another data center's token", async () => {
		const { zoho } = emulator;
		const foreign = zoho.records.add('Leads', { dataCenter: 'eu' });
		expect((await upload({ recordId: foreign })).json().code).toBe('INVALID_DATA');
		const foreignMagic = zoho.records.magicId('noPermission', 'eu');
		expect((await upload({ recordId: foreignMagic })).json().code).toBe('INVALID_DATA');
		expect((await upload({ recordId: foreign, host: 'www.zohoapis.eu' })).json().code).toBe('INVALID_TOKEN');
		expect((await upload({ host: 'sandbox.zohoapis.com' })).json().code).toBe('INVALID_TOKEN');
		const european = String(zoho.connect({ dataCenter: 'zoho.eu' }).oauthTokenData.access_token);
		expect((await upload({ recordId: foreign, token: european, host: 'www.zohoapis.eu' })).status).toBe(200);
	});

	describe('answers as the record it was made for', () => {
		it.each(conditionNames)('%s', async (name) => {
			const id = emulator.zoho.records.magicId(name);
			expect(id).toMatch(/^\d{19}$/);
			const method = conditions[name].methods[0] ?? 'POST';
			const expected = conditions[name].error(method);
			const body = method === 'POST' ? photoBody({ bytes: png }) : undefined;
			const answer = await photoCall(emulator, { method, recordId: id, token, body });
			expect(answer.status).toBe(expected.status);
			expect(answer.json()).toMatchObject({ code: expected.code, message: expected.message, status: 'error' });
			expect(emulator.zoho.photos.count).toBe(0);
		});
	});

	it('keeps the token out of URLs', async () => {
		const answer = await upload({ query: `?access_token=${token}` });
		expect(answer.status).toBe(401);
		expect(emulator.zoho.leaks).toMatchObject([{ where: 'url', host: 'www.zohoapis.com' }]);
		expect(JSON.stringify([emulator.zoho.leaks, emulator.zoho.calls])).not.toContain(token);
		expect(stored()).toBeUndefined();
	});
});
