import type { INodeExecutionData } from 'n8n-workflow';

import { checkFileSize } from '../../nodes/ZohoCrmPhoto/photo/limits';
import { fileFromBinary } from '../../nodes/ZohoCrmPhoto/source/binary';
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

		it('as n8n notes it with the item, without asking', async () => {
			const data = { ...stored, bytes: 2 * 1024 ** 3 };
			expect(await read({ binary: { data } }, 'data', { helpers: unloaded })).toMatchObject({
				failure: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' },
			});
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
		expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000);
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
