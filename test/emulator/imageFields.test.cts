import { type Emulator, startEmulator } from './emulator.cts';
import { boundary, photoBody } from './photoCall.cts';
import { blackPng, smallGif, smallJpeg } from './photoSamples.cts';
import { type ProxiedAnswer, proxiedRequest } from './proxiedRequest.cts';

// Real connections: slow only when the machine is busy with something else.
jest.setTimeout(30_000);

const ORIGIN = 'https://www.zohoapis.com/crm/v8';

/** A part of a form with several files. */
function part(fileName: string, bytes: Buffer): string {
	return `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\n\r\n${bytes.toString('latin1')}\r\n`;
}

describe('image fields of the emulated Zoho', () => {
	let emulator: Emulator;
	let token: string;
	let recordId: string;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	afterAll(async () => await emulator.close());
	beforeEach(() => {
		emulator.zoho.reset();
		token = String(emulator.zoho.connect({ imageFields: true }).oauthTokenData.access_token);
		recordId = emulator.zoho.records.add('Leads');
	});

	const call = async (method: string, path: string, body?: Buffer | object, type?: string, accessToken = token) =>
		await proxiedRequest(emulator, {
			url: `${ORIGIN}${path}`,
			method,
			headers: {
				authorization: `Bearer ${accessToken}`,
				...(body && { 'content-type': type ?? 'application/json' }),
			},
			body: Buffer.isBuffer(body) || body === undefined ? body : Buffer.from(JSON.stringify(body)),
		});
	const form = `multipart/form-data; boundary=${boundary}`;
	const send = async (body: Buffer, accessToken = token) => await call('POST', '/files', body, form, accessToken);
	const rows = (answer: ProxiedAnswer): Array<Record<string, unknown>> => {
		const { data } = answer.json();
		return Array.isArray(data) ? data : [];
	};
	const fileId = async (bytes: Buffer, fileName = 'a.png'): Promise<string> =>
		Object(rows(await send(photoBody({ bytes, fileName })))[0]?.details).id;
	const put = async (entries: unknown, more: object = {}, field = 'House_Photos') =>
		await call('PUT', `/Leads/${recordId}`, { data: [{ id: recordId, [field]: entries }], ...more });
	const held = (field = 'House_Photos') => emulator.zoho.imageFields.images('Leads', recordId, field);
	const read = async (field = 'House_Photos') =>
		rows(await call('GET', `/Leads/${recordId}?fields=${field}`))[0]?.[field];

	it('takes a file and gives its id', async () => {
		const answer = await send(photoBody({ bytes: blackPng(3, 4), fileName: 'house.png' }));
		expect(answer.status).toBe(200);
		expect(answer.json()).toEqual({
			data: [
				{
					code: 'SUCCESS',
					details: { name: 'house.png', id: expect.stringMatching(/^2cce[0-9a-f]{56}$/) },
					message: 'house.png uploaded Succesfully',
					status: 'success',
				},
			],
		});
		expect(emulator.zoho.files.all().map(({ bytes }) => bytes.equals(blackPng(3, 4)))).toEqual([true]);
	});

	it('takes up to ten files in one call, whose ids come in their order', async () => {
		const whole = (count: number) =>
			Buffer.from(
				Array.from({ length: count }, (_, n) => part(`${n}.png`, blackPng(n + 1, 2))).join('') + `--${boundary}--\r\n`,
				'latin1',
			);
		expect(rows(await send(whole(10))).map(({ details }) => Object(details).name)).toEqual(
			Array.from({ length: 10 }, (_, n) => `${n}.png`),
		);
		expect(emulator.zoho.files.all()[9]?.bytes.equals(blackPng(10, 2))).toBe(true);
		expect((await send(whole(11))).json().code).toBe('INVALID_REQUEST');
	});

	it('refuses an empty file, one of more than 20 MB, and a credential without the scope', async () => {
		expect((await send(photoBody({ bytes: Buffer.alloc(0) }))).json().code).toBe('failure_in_attachment_handling');
		const large = await send(photoBody({ bytes: Buffer.alloc(20 * 1024 * 1024 + 1) }));
		expect([large.status, large.json().code]).toEqual([415, 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE']);
		const weak = String(emulator.zoho.connect().oauthTokenData.access_token);
		expect((await send(photoBody({ bytes: smallGif }), weak)).json().code).toBe('OAUTH_SCOPE_MISMATCH');
		expect((await call('PUT', `/Leads/${recordId}`, { data: [{}] }, undefined, weak)).json().code).toBe(
			'OAUTH_SCOPE_MISMATCH',
		);
		expect(emulator.zoho.files.count).toBe(0);
	});

	it('tells the image fields of a module, and how many images each holds', async () => {
		const { fields } = (await call('GET', '/settings/fields?module=Leads')).json();
		expect(fields).toContainEqual(
			expect.objectContaining({ api_name: 'Door_Photos', data_type: 'imageupload', json_type: 'jsonarray', length: 3 }),
		);
	});

	it('adds what an update names to what the field holds, and takes away what it marks', async () => {
		expect(await read()).toBeNull();
		const first = await put([{ File_Id__s: await fileId(smallJpeg, 'one.jpg') }]);
		expect(first.status).toBe(200);
		expect(rows(first)[0]).toMatchObject({ code: 'SUCCESS', details: { id: recordId }, message: 'record updated' });
		await put([{ File_Id__s: await fileId(smallGif, 'two.gif') }]);
		expect(await read()).toMatchObject([
			{ File_Name__s: 'one.jpg', Size__s: String(smallJpeg.length), Sequence_Number__s: 1 },
			{ File_Name__s: 'two.gif', Sequence_Number__s: 2 },
		]);
		await put([{ id: held()[0]?.id, _delete: null }, { File_Id__s: await fileId(blackPng(2, 2), 'three.png') }]);
		expect(held().map(({ fileName }) => fileName)).toEqual(['two.gif', 'three.png']);
		expect(held()[0]?.bytes.equals(smallGif)).toBe(true);
	});

	it('puts a file twice where an update comes twice', async () => {
		const id = await fileId(smallGif);
		await put([{ File_Id__s: id }]);
		await put([{ File_Id__s: id }]);
		expect(held()).toHaveLength(2);
	});

	it('gives an image back by its own id', async () => {
		await put([{ File_Id__s: await fileId(smallGif, 'two.gif') }]);
		const path = `/Leads/${recordId}/actions/download_fields_attachment?fields_attachment_id=`;
		const answer = await call('GET', `${path}${held()[0]?.id}`);
		expect(answer.body.equals(smallGif)).toBe(true);
		expect(answer.headers['content-disposition']).toBe("attachment;filename*=UTF-8''two.gif");
		expect((await call('GET', `${path}1`)).status).toBe(204);
	});

	it('refuses more than the field holds, and then stores nothing', async () => {
		const ids = await Promise.all([1, 2, 3, 4].map(async (n) => await fileId(blackPng(n, 1))));
		const answer = await put(
			ids.map((id) => ({ File_Id__s: id })),
			{},
			'Door_Photos',
		);
		expect(answer.status).toBe(400);
		expect(rows(answer)).toMatchObject([
			{ code: 'LIMIT_EXCEEDED', details: { api_name: 'Door_Photos', limit: 3 }, status: 'error' },
		]);
		expect(held('Door_Photos')).toEqual([]);
	});

	it('refuses ids that it does not know, files that are no pictures, and records that are not there', async () => {
		const answers = [
			await put([{ File_Id__s: '2cce00' }]),
			await put([{ id: '1', _delete: null }]),
			await put([{ File_Id__s: await fileId(Buffer.from('no picture')) }]),
			await put('text'),
		];
		expect(answers.map((answer) => rows(answer)[0]?.code)).toEqual(Array<string>(4).fill('INVALID_DATA'));
		const gone = await call('PUT', '/Leads/3409643000000000009', { data: [{ House_Photos: [] }] });
		expect(rows(gone)).toMatchObject([{ code: 'INVALID_DATA', message: 'the id given seems to be invalid' }]);
		expect((await call('PUT', `/Leads/${recordId}`, Buffer.from('x'))).json().code).toBe('MANDATORY_NOT_FOUND');
	});

	it('updates several records in one call, each with an answer of its own', async () => {
		const answer = await call('PUT', '/Leads', {
			data: [
				{ id: recordId, House_Photos: [{ File_Id__s: await fileId(smallGif) }] },
				{ id: '3409643000000000009', House_Photos: [] },
			],
		});
		expect(answer.status).toBe(202);
		expect(rows(answer).map(({ code }) => code)).toEqual(['SUCCESS', 'INVALID_DATA']);
		expect(held()).toHaveLength(1);
	});

	it('starts workflows, unless the list of triggers is empty', async () => {
		await put([{ File_Id__s: await fileId(smallGif) }]);
		await put([{ File_Id__s: await fileId(smallGif) }], { trigger: [] });
		expect(emulator.zoho.records.get('Leads', recordId)?.workflowsFired).toBe(1);
	});

	it('can say SUCCESS and store nothing, or store and answer nobody', async () => {
		emulator.zoho.imageFields.storesNothing = 1;
		const entries = [{ File_Id__s: await fileId(smallGif) }];
		expect(rows(await put(entries))[0]?.code).toBe('SUCCESS');
		expect(held()).toHaveLength(0);
		emulator.zoho.faults.add({ when: { method: 'PUT', times: 1 }, answer: { kind: 'reset', at: 'answer' } });
		await expect(put(entries)).rejects.toThrow();
		expect(held()).toHaveLength(1);
	});
});
