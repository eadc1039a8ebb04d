import { Readable } from 'node:stream';

import type { INodeExecutionData } from 'n8n-workflow';

import { isPicture } from '../../nodes/ZohoCrmPhoto/photo/isPicture';
import { checkFileSize } from '../../nodes/ZohoCrmPhoto/photo/limits';
import { fileFromBinary } from '../../nodes/ZohoCrmPhoto/source/binary';
import { numberedPhoto } from '../engine/photos.cts';
import { AMPLE } from './room.cts';
import { execution, type ExecutionSetup } from '../run/execution.cts';

const bytes = Buffer.from('some bytes');
const inMemory = { mimeType: 'image/png', data: bytes.toString('base64'), fileName: 'a.png' };
const stored = { mimeType: 'image/png', data: 'filesystem-v2', id: 'filesystem-v2:x', fileName: 'a.png' };

/** An object that holds itself. */
const circle = {};

async function read(item: Partial<INodeExecutionData>, field: unknown = 'data', setup: ExecutionSetup = {}) {
	const { context } = execution({ items: [{ json: {}, ...item }], ...setup });
	return await fileFromBinary(context, 0, field, checkFileSize, AMPLE);
}

const unloaded = {
	getBinaryDataBuffer: async () => await Promise.reject(new Error('The bytes were loaded')),
};

describe('fileFromBinary', () => {
	it('gives the bytes and the name of the file in a field', async () => {
		expect(await read({ binary: { data: inMemory } })).toEqual({ ok: true, value: { bytes, fileName: 'a.png' } });
	});

	it('takes a field with a space too many, and one whose name has it', async () => {
		expect((await read({ binary: { data: inMemory } }, ' data ')).ok).toBe(true);
		expect((await read({ binary: { ' data ': inMemory } }, ' data ')).ok).toBe(true);
	});

	it('gives an empty name for a file without one', async () => {
		const { fileName: _, ...nameless } = inMemory;
		expect(await read({ binary: { data: nameless } })).toEqual({ ok: true, value: { bytes, fileName: '' } });
	});

	it.each([
		['as n8n gives it', inMemory],
		['without its data, as $binary gives it', { mimeType: 'image/png', id: 'filesystem-v2:x', fileName: 'a.png' }],
	])('takes the file itself from an expression, %s', async (_, field) => {
		const helpers = { getBinaryMetadata: async () => ({ fileSize: 10 }), getBinaryDataBuffer: async () => bytes };
		expect(await read({}, field, { helpers })).toEqual({ ok: true, value: { bytes, fileName: 'a.png' } });
	});

	describe('looks at the size before loading', () => {
		it.each(['filesystem-v2:x', 'filesystem:x', 'database:x', 's3:workflows/1/x', 'azure:x'])('in %s', async (id) => {
			const asked: string[] = [];
			const getBinaryMetadata = async (given: string) => {
				asked.push(given);
				return { fileSize: 2 * 1024 ** 3 };
			};
			const outcome = await read({ binary: { data: { ...stored, id } } }, 'data', {
				helpers: { ...unloaded, getBinaryMetadata },
			});
			expect(asked).toEqual([id]);
			expect(outcome).toMatchObject({
				ok: false,
				failure: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', message: expect.stringContaining('2.1 GB') },
			});
		});

		it('as n8n notes it with the item, without asking where that is allowed', async () => {
			const small = { ...stored, bytes: 10 };
			expect(
				await read({ binary: { data: small } }, 'data', { helpers: { getBinaryDataBuffer: async () => bytes } }),
			).toEqual({
				ok: true,
				value: { bytes, fileName: 'a.png' },
			});
		});

		it.each([
			[10 * 1024 * 1024, true],
			[10 * 1024 * 1024 + 1, false],
		])('in memory, by the length of the text: %i bytes', async (size, fits) => {
			const data = { mimeType: 'image/png', data: Buffer.alloc(size).toString('base64') };
			expect((await read({ binary: { data } })).ok).toBe(fits);
		});
	});

	it.each([
		['getBinaryMetadata', { getBinaryMetadata: async () => await Promise.reject(new Error('ENOENT')) }],
		[
			'getBinaryDataBuffer',
			{
				getBinaryMetadata: async () => ({ fileSize: 9 }),
				getBinaryDataBuffer: async () => await Promise.reject(new Error('ENOENT')),
			},
		],
	])('says that the bytes are gone where %s finds none', async (_, helpers) => {
		expect(await read({ binary: { data: stored } }, 'data', { helpers })).toEqual({
			ok: false,
			failure: {
				code: 'BINARY_NOT_FOUND',
				message: "The bytes of the file 'a.png' are no longer in n8n's binary storage",
				description: expect.stringContaining('Run the workflow again'),
			},
		});
		const { fileName: _name, ...nameless } = stored;
		expect(await read({ binary: { data: nameless } }, 'data', { helpers })).toMatchObject({
			failure: { message: expect.stringContaining("'without a name'") },
		});
	});

	it.each([
		['no right', Object.assign(new Error('EACCES: permission denied, open x'), { code: 'EACCES' })],
		['a directory', Object.assign(new Error('EISDIR: illegal operation on a directory, read'), { code: 'EISDIR' })],
		['a store that is down', new Error('connect ECONNREFUSED 10.0.0.7:9000')],
		['a text of any length', new Error('x'.repeat(1_000_000))],
		['nothing said', {}],
	])("gives n8n's own reason where the bytes are there and cannot be read: %s", async (_, fault) => {
		const helpers = {
			getBinaryMetadata: async () => ({ fileSize: 9 }),
			getBinaryDataBuffer: async () => await Promise.reject(fault),
		};
		const reason = fault instanceof Error ? `: ${fault.message.slice(0, 200)}` : '';
		const outcome = await read({ binary: { data: stored } }, 'data', { helpers });
		expect(outcome).toMatchObject({
			failure: {
				code: 'BINARY_NOT_READ',
				message: expect.stringContaining(`the file 'a.png' from its binary storage${reason}`),
				description: expect.not.stringContaining('old executions'),
			},
		});
		expect(JSON.stringify(outcome).length).toBeLessThan(1000);
	});

	it.each([
		Object.assign(new Error('x'), { code: 'ENOENT' }),
		new Error('File not found'),
		new Error('outer', { cause: new Error('Binary data file not found') }),
		Object.assign(new Error('x'), { response: { status: 404 } }),
		Object.assign(new Error('x'), { code: 'NoSuchKey' }),
		new Error('Request failed with status code 404'),
	])('says that the bytes are gone where n8n does not find them: %s', async (fault) => {
		const helpers = { getBinaryMetadata: async () => await Promise.reject(fault) };
		expect(await read({ binary: { data: stored } }, 'data', { helpers })).toMatchObject({
			failure: { code: 'BINARY_NOT_FOUND', description: expect.stringContaining('old executions') },
		});
	});

	it('reads a text that is nearly base64 once', async () => {
		const data = { mimeType: 'image/png', data: `${'='.repeat(200_000)}x` };
		const started = process.cpuUsage();
		await read({ binary: { data } });
		expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
	});

	describe('takes what other nodes leave as it is: the bytes decide', () => {
		const store = (size: number) => ({
			getBinaryMetadata: async () => ({ fileSize: size }),
			getBinaryDataBuffer: async () => bytes,
		});
		const { fileName: _name, mimeType: _type, ...bare } = inMemory;
		const hollow = (values: object): INodeExecutionData =>
			JSON.parse(JSON.stringify({ json: {}, binary: { data: values } }));

		it.each([
			['without a type or a name', bare, ''],
			['with a number for a name', { ...inMemory, fileName: 7 }, '7'],
			['with an object for a name', { ...inMemory, fileName: { a: 1 }, mimeType: ['x'] }, ''],
			['with a size that is untrue', { ...inMemory, bytes: 1e12, fileSize: '1 TB' }, 'a.png'],
			['with a data URL in front', { ...inMemory, data: `data:image/png;base64,${inMemory.data}` }, 'a.png'],
		])('%s', async (_, file, fileName) => {
			expect(await read(hollow(file))).toEqual({ ok: true, value: { bytes, fileName } });
		});

		it('a stored file without a type', async () => {
			const { mimeType: _none, ...typeless } = stored;
			expect(await read(hollow(typeless), 'data', { helpers: store(10) })).toEqual({
				ok: true,
				value: { bytes, fileName: 'a.png' },
			});
			expect(await read({}, { id: 'filesystem-v2:x' }, { helpers: store(10) })).toMatchObject({ ok: true });
		});

		it.each([1e12, -1, Number.NaN])('a stored file whose noted size is %d: the store knows better', async (noted) => {
			const item = { binary: { data: { ...stored, bytes: noted } } };
			expect(await read(item, 'data', { helpers: store(10) })).toMatchObject({ ok: true });
			expect(await read(item, 'data', { helpers: store(2e9) })).toMatchObject({
				failure: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', fileName: 'a.png' },
			});
		});

		it('counts all that has come of a file that is larger than noted, and refuses it', async () => {
			const large = Buffer.alloc(11 * 1024 * 1024);
			const held: number[] = [];
			const { context } = execution({
				items: [{ json: {}, binary: { data: { ...stored, bytes: 5 } } }],
				helpers: { getBinaryDataBuffer: async () => large },
			});
			const room = { ...AMPLE, hold: (size: number) => void held.push(size) };
			expect(await fileFromBinary(context, 0, 'data', checkFileSize, room)).toMatchObject({
				failure: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' },
			});
			expect(held).toEqual([large.length]);
		});
	});

	describe('where the parameter is left at "data" and there is no such field', () => {
		const photo = { mimeType: 'image/png', data: numberedPhoto(1).toString('base64'), fileName: 'ada.png' };
		const pdf = { mimeType: 'application/pdf', data: Buffer.from('%PDF-1.7').toString('base64'), fileName: 'cv.pdf' };
		const looked = async (binary: INodeExecutionData['binary'], field: unknown = 'data', helpers = {}) => {
			const { context } = execution({ items: [{ json: {}, binary }], helpers });
			return await fileFromBinary(context, 0, field, checkFileSize, AMPLE, isPicture);
		};

		it('takes the one field that holds a picture, by its bytes, and tells', async () => {
			const expected = { ok: true, value: { bytes: numberedPhoto(1), fileName: 'ada.png', takenFrom: 'attachment_1' } };
			for (const mimeType of ['image/png', 'application/octet-stream', 'text/plain', '']) {
				const binary = { attachment_0: { ...pdf, mimeType: 'image/jpeg' }, attachment_1: { ...photo, mimeType } };
				expect(await looked(binary)).toEqual(expected);
			}
		});

		it('looks at no more of a stored file than its front', async () => {
			const files: Record<string, Buffer> = { a: Buffer.from('%PDF-1.7'), b: numberedPhoto(1) };
			let streamed = 0;
			const helpers = {
				getBinaryStream: async (id: string) =>
					Readable.from(
						(function* () {
							for (let n = 0; n < 1000; n++) {
								streamed++;
								yield n === 0 ? files[id] : Buffer.alloc(1000);
							}
						})(),
					),
				getBinaryMetadata: async () => ({ fileSize: 9 }),
				getBinaryDataBuffer: async (_: number, { id = '' }: { id?: string }) => files[id],
			};
			const binary = { a: { ...stored, id: 'a' }, b: { ...stored, id: 'b' } };
			expect(await looked(binary, 'data', helpers)).toMatchObject({ value: { takenFrom: 'b', bytes: files.b } });
			expect(streamed).toBeLessThan(50);
		});

		it('never guesses between two: says which there are', async () => {
			expect(await looked({ front: photo, cv: pdf, back: photo })).toMatchObject({
				failure: {
					code: 'BINARY_NOT_FOUND',
					message: "The item has no binary field 'data', and 2 others hold a picture: front, back",
					description: expect.stringContaining("'Input Binary Field'"),
				},
			});
		});

		it('counts a file that cannot be read by its declaration', async () => {
			const helpers = { getBinaryStream: async () => await Promise.reject(new Error('ENOENT')) };
			expect(await looked({ a: stored, b: photo }, 'data', helpers)).toMatchObject({
				failure: { message: expect.stringContaining('2 others') },
			});
		});

		it('takes none where there is no picture, another field is asked for, or there are too many to look into', async () => {
			const many = Object.fromEntries([...Array(101).keys()].map((n) => [`f${n}`, n === 7 ? photo : pdf]));
			for (const outcome of [await looked({ cv: pdf }), await looked({ a: photo }, 'photo'), await looked(many)]) {
				expect(outcome).toMatchObject({
					failure: {
						code: 'BINARY_NOT_FOUND',
						description: expect.stringContaining('Choose one of the binary fields'),
					},
				});
			}
		});
	});

	describe('where there is no such file', () => {
		const refusal = async (item: Partial<INodeExecutionData>, field?: unknown, setup?: ExecutionSetup) => {
			const outcome = await read(item, field, setup);
			if (outcome.ok) throw new Error('There was a file');
			expect(outcome.failure.code).toBe('BINARY_NOT_FOUND');
			return outcome.failure;
		};

		it('lists the fields that the item has, in combined binary mode too', async () => {
			const item = {
				json: { text: 'x', nothing: null, list: [inMemory], _files: { photo: inMemory, no: 1 }, scan: inMemory },
				binary: { front: inMemory, back: inMemory },
			};
			expect(await refusal(item)).toMatchObject({
				message: "The item has no binary field 'data'",
				description: expect.stringMatching(/: front, back, _files\.photo, scan\.$/),
			});
		});

		it('names no more and no longer fields than anybody reads', async () => {
			const names = [...Array(5000).keys()].map((n) => `field ${n} ${'x'.repeat(100)}`);
			const { description } = await refusal({ binary: Object.fromEntries(names.map((name) => [name, inMemory])) });
			expect(description).toMatch(/: field 0 x{52}\.\.\., field 1 .* and 4980 more\.$/);
			expect(description.length).toBeLessThan(1500);
		});

		it.each([
			['a file pasted in as base64', bytes.toString('base64').repeat(100_000)],
			['a list without end', Array(100_000).fill('x')],
			['an object in itself', Object.assign(circle, { circle })],
		])('quotes no more of the parameter than anybody reads: %s', async (_, field) => {
			expect((await refusal({}, field)).message.length).toBeLessThan(200);
		});

		it('says what to do where it has none at all', async () => {
			expect((await refusal({})).description).toContain("set 'Photo Source' to 'URL'");
			const { context } = execution({ items: [] });
			expect(await fileFromBinary(context, 0, 'data', checkFileSize, AMPLE)).toMatchObject({
				failure: { description: expect.stringContaining('no binary field at all') },
			});
		});

		it('says to a tool that files do not reach it', async () => {
			const nodeType = 'n8n-nodes-zoho-crm-photo.zohoCrmPhotoTool';
			expect((await refusal({}, 'data', { nodeType })).description).toContain(
				'Files do not reach a node that an AI agent calls',
			);
		});

		it.each([
			['constructor', "'constructor'"],
			['__proto__', "'__proto__'"],
			['', "'Input Binary Field' is empty"],
			[null, "'Input Binary Field' is empty"],
			[undefined, "'Input Binary Field' is empty"],
			[7, "'7'"],
			[{ mimeType: 'image/png' }, "'an object'"],
			[[inMemory], "'a list'"],
		])('takes no other thing for it: %j', async (field, says) => {
			const { context } = execution({ items: [{ json: {}, binary: {} }] });
			const outcome = await fileFromBinary(context, 0, field, checkFileSize, AMPLE);
			expect(outcome).toMatchObject({
				ok: false,
				failure: { code: 'BINARY_NOT_FOUND', message: expect.stringContaining(says) },
			});
		});
	});
});
