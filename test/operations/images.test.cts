import type { INodeExecutionData } from 'n8n-workflow';

import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { numberedPhoto } from '../engine/photos.cts';
import { execution, refusal, zohoAnswer, type ExecutionSetup } from '../run/execution.cts';
import { FieldOfZoho } from './fieldOfZoho.cts';

function withFiles(...names: string[]): INodeExecutionData {
	const files = names.map((name, n) => [
		name,
		{ mimeType: 'image/png', data: numberedPhoto(n).toString('base64'), fileName: `${name}.png` },
	]);
	return { json: { id: '7' }, binary: Object.fromEntries(files) };
}

describe('the operations on image fields', () => {
	let zoho: FieldOfZoho;
	beforeEach(() => {
		zoho = new FieldOfZoho();
	});

	async function run(parameters: Record<string, unknown>, item = withFiles('data'), setup: ExecutionSetup = {}) {
		const { context } = execution({
			items: [item],
			parameters: { resource: 'imageField', imageField: { mode: 'name', value: 'Views' }, ...parameters },
			answer: zoho.answer,
			...setup,
		});
		return (await runItems(context))[0];
	}
	const names = () => zoho.entries.map(({ File_Name__s }) => File_Name__s);
	const lost = () => {
		throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
	};

	it.each([
		['imageField', 'put', 'Upload Images, Download Images or Delete Images'],
		['photos', 'upload', 'Record Photo or Image Field'],
	])('are none for %s and %s', async (resource, operation, allowed) => {
		const item = await run({ resource, operation });
		expect(item?.json.error).toMatchObject({
			code: 'INVALID_PARAMETER',
			description: expect.stringContaining(allowed),
		});
	});

	it('tells first the field, then what was done, then Zoho’s words', async () => {
		const item = await run({});
		expect(Object.keys(item?.json ?? {})).toEqual([
			...['module', 'recordId', 'imageField', 'uploaded', 'images', 'code', 'message', 'status', 'details'],
		]);
	});

	it('sends trigger: [] alone where workflows are skipped', async () => {
		await run({ options: { restrictTriggers: true } });
		await run({});
		expect(zoho.updates).toEqual([
			{ data: [{ id: '7', Views: [{ File_Id__s: 'file-data.png-0' }] }], trigger: [] },
			{ data: [{ id: '7', Views: [{ File_Id__s: 'file-data.png-1' }] }] },
		]);
	});

	it('calls version v8 whatever the option says', async () => {
		await run({ options: { apiVersion: 'v2' } });
		expect(zoho.called[0]).toBe('GET /settings/fields');
	});

	it('goes on where the user may not read the fields of the module, and Zoho says how many are too many', async () => {
		zoho.instead.push(
			{ to: 'GET /settings', answer: () => refusal(403, 'NO_PERMISSION') },
			{
				to: 'PUT',
				answer: () =>
					zohoAnswer(400, { data: [{ code: 'LIMIT_EXCEEDED', details: {}, message: 'limit', status: 'error' }] }),
			},
		);
		const item = await run({ binaryPropertyName: 'a,b' }, withFiles('a', 'b'));
		expect(item?.json.error).toMatchObject({
			code: 'LIMIT_EXCEEDED',
			message: 'The field Views of record 7 of Leads does not hold so many images [item 0]',
		});
	});

	it('knows its images again by name where Zoho tells no size', async () => {
		zoho.tellsSize = false;
		zoho.hold('data.png');
		zoho.instead.push({ to: 'PUT', answer: lost, isDone: true });
		const item = await run({});
		expect(item?.json).toMatchObject({ code: 'SUCCESS', images: [{ fileName: 'data.png' }, { fileName: 'data.png' }] });
		expect(names()).toEqual(['data.png', 'data.png']);
		expect(Object.keys(Object(item?.json.images)[0])).toEqual(['id', 'fileName', 'sequenceNumber']);
	});

	it('knows an image again by its size where Zoho has given it another name', async () => {
		zoho.instead.push({
			to: 'PUT',
			answer: () => {
				for (const entry of zoho.entries) {
					entry.File_Name__s = 'renamed.png';
					entry.Size__s = numberedPhoto(0).length;
				}
				return lost();
			},
			isDone: true,
		});
		await run({});
		expect(names()).toEqual(['renamed.png']);
	});

	it('is content with a success of which the field cannot be read afterwards', async () => {
		const down = () => refusal(403, 'NO_PERMISSION');
		zoho.instead.push({
			to: 'PUT',
			answer: () => {
				zoho.instead.push({ to: 'GET /Leads', answer: down });
				return zohoAnswer(200, {
					data: [{ code: 'SUCCESS', details: {}, message: 'record updated', status: 'success' }],
				});
			},
			isDone: true,
		});
		const item = await run({});
		expect(item?.json).toMatchObject({ code: 'SUCCESS', uploaded: [{ fileName: 'data.png' }] });
		expect(item?.json).not.toHaveProperty('images');
		expect(item?.json).not.toHaveProperty('details');
	});

	it('looks again at a field that shows a moment later what was stored', async () => {
		zoho.instead.push({
			to: 'PUT',
			answer: () => {
				zoho.instead.push({ to: 'GET /Leads', answer: () => zohoAnswer(200, { data: [{ Views: [] }] }) });
				return zohoAnswer(200, { data: [{ code: 'SUCCESS', message: 'record updated', status: 'success' }] });
			},
			isDone: true,
		});
		const item = await run({});
		expect(item?.json).toMatchObject({ code: 'SUCCESS', images: [{ fileName: 'data.png' }] });
	});

	it('refuses at once what never reached Zoho', async () => {
		const noSuchHost = () => {
			throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
		};
		zoho.instead.push({ to: 'PUT', answer: noSuchHost });
		const item = await run({});
		expect(item?.json.error).toMatchObject({ code: 'HOST_NOT_FOUND', attempts: 1 });
		expect(zoho.called.filter((call) => call.startsWith('PUT'))).toHaveLength(1);
	});

	it.each([
		[{ code: 'SUCCESS', details: {}, status: 'success' }],
		[{ code: 'SUCCESS', details: { id: 7 }, status: 'success' }],
		[{ code: 'SUCCESS', status: 'success' }],
	])('explains an upload without an id: %j', async (row) => {
		zoho.instead.push({ to: 'POST', answer: () => zohoAnswer(200, { data: [row] }) });
		const item = await run({});
		expect(item?.json.error).toMatchObject({
			code: 'UNEXPECTED_ANSWER',
			message: "Zoho CRM took the file 'data.png' and gave no id for it [item 0]",
		});
		expect(names()).toEqual([]);
	});

	it.each([
		[{ photoSource: 'disk' }, "The parameter 'Photo Source' cannot be 'disk'"],
		[{ photoSource: 'url', photoUrl: 7 }, "The parameter 'Photo URL' cannot be 7"],
		[{ photoSource: 'url' }, "The parameter 'Photo URL' is empty"],
		[{ options: { existing: 'x' } }, "The option 'If the Field Has Images' cannot be 'x'"],
		[{ operation: 'delete', whichImages: 'x' }, "The parameter 'Images' cannot be 'x'"],
		[{ operation: 'download', whichImages: 'numbers' }, "The parameter 'Image Numbers' cannot be ''"],
		[{ imageField: '' }, "The parameter 'Image Field' is empty"],
	])('refuses %j', async (parameters, message) => {
		const item = await run(parameters);
		expect(item?.json.error).toMatchObject({ message: expect.stringContaining(message) });
		expect(zoho.called.filter((call) => !call.startsWith('GET'))).toEqual([]);
	});

	it('refuses what is not to be made to fit before the first of several is sent', async () => {
		const item = withFiles('a', 'b');
		const webp = Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0', 'latin1');
		const binary = { ...item.binary, b: { mimeType: 'image/webp', data: webp.toString('base64') } };
		const parameters = { binaryPropertyName: 'a,b', options: { unfitPhoto: 'refuse' } };
		const done = await run(parameters, { ...item, binary });
		expect(done?.json.error).toMatchObject({
			code: 'UNSUPPORTED_FILE_TYPE',
			message: expect.stringMatching(/^Binary field 'b': /),
		});
		expect(zoho.called).not.toContain('POST /files');
	});

	describe('by the answers of reading a field', () => {
		it.each([
			['no record', zohoAnswer(204, Buffer.alloc(0)), 'INVALID_DATA', 'did not find record 7 of Leads'],
			['no rows', zohoAnswer(200, { data: [] }), 'INVALID_DATA', 'did not find record 7 of Leads'],
			[
				'no such field',
				zohoAnswer(200, { data: [{ id: '7' }] }),
				'IMAGE_FIELD_NOT_FOUND',
				'shows no image field Views',
			],
			['a text', zohoAnswer(200, { data: [{ Views: 'x' }] }), 'IMAGE_FIELD_NOT_FOUND', 'holds no images'],
		])('explains %s', async (_, answer, code, message) => {
			zoho.instead.push({ to: 'GET /Leads', answer: () => answer });
			const item = await run({ operation: 'download' });
			expect(item?.json.error).toMatchObject({ code, message: expect.stringContaining(message) });
		});

		it('goes by the sequence numbers, else by the order', async () => {
			zoho.hold('second.png');
			zoho.hold('first.png');
			zoho.entries.forEach((entry, n) => (entry.Sequence_Number__s = 2 - n));
			const parameters = { operation: 'delete', whichImages: 'numbers', imageNumbers: '1' };
			await run(parameters);
			expect(names()).toEqual(['second.png']);
			for (const entry of zoho.entries) delete entry.Sequence_Number__s;
			await run(parameters);
			expect(names()).toEqual([]);
		});
	});

	describe('a download', () => {
		const stored = {
			helpers: { prepareBinaryData: async (data: Buffer, fileName: string) => ({ data: String(data), fileName }) },
		};
		beforeEach(() => void zoho.hold('house'));

		it('goes on with a file that is no picture, under the name of the field', async () => {
			const item = await run({ operation: 'download', binaryPropertyName: ' ' }, undefined, stored);
			expect(item?.binary).toEqual({ data: { data: 'a file\0', fileName: 'house' } });
			expect(item?.json.images).toEqual([
				{
					...{ id: '1', fileName: 'house', mimeType: 'application/octet-stream', fileSize: 7 },
					...{ sequenceNumber: 1, binaryField: 'data' },
				},
			]);
		});

		it('says that an image went in the meantime', async () => {
			zoho.instead.push({ to: 'GET /Leads/7/actions', answer: () => zohoAnswer(204, Buffer.alloc(0)) });
			const item = await run({ operation: 'download' }, undefined, stored);
			expect(item?.json.error).toMatchObject({
				code: 'IMAGE_NOT_FOUND',
				message: "Zoho CRM gave no file for the image 'house' of record 7 of Leads [item 0]",
			});
		});

		it('gives none of several where one is refused, or cannot be stored', async () => {
			zoho.instead.push({ to: 'GET /Leads/7/actions', answer: () => refusal(403, 'NO_PERMISSION') });
			expect((await run({ operation: 'download' }, undefined, stored))?.json.error).toMatchObject({
				code: 'NO_PERMISSION',
				description: expect.stringContaining('(module Leads and its image field)'),
			});
			const full = { helpers: { prepareBinaryData: async () => await Promise.reject(new Error('disk full')) } };
			expect((await run({ operation: 'download' }, undefined, full))?.json.error).toMatchObject({
				code: 'BINARY_NOT_STORED',
				message: expect.stringContaining('disk full'),
			});
		});
	});

	it('waits for what another execution does to the same field of the same record', async () => {
		let goOn = (): void => undefined;
		const held = new Promise<void>((resolve) => {
			goOn = resolve;
		});
		const slow = async (options: Parameters<FieldOfZoho['answer']>[0]) => {
			if (options.method === 'PUT') await held;
			return await zoho.answer(options);
		};
		const parameters = { options: { existing: 'replace' } };
		const first = run(parameters, withFiles('data'), { answer: slow });
		const second = run(parameters);
		// Time enough for the second to read the field, if it did not wait.
		for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve));
		goOn();
		await Promise.all([first, second]);
		expect(names()).toEqual(['data.png']);
	});
});
