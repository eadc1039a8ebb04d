import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { floorsOf } from './floors/floors.cts';

const PROJECT = path.join(__dirname, '../..');

it('has no import that goes up a floor or into a room that must not be known', async () => {
	const floors = await floorsOf(PROJECT);
	expect(floors.forbidden).toEqual([]);
	expect(floors.files).toBeGreaterThan(100);
});

describe('an import that is forbidden', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'floors-'));
	});
	afterEach(async () => {
		await rm(folder, { recursive: true, force: true });
	});

	/** What is said of a file in one place of the node that imports a file in another. */
	async function said(from: string, to: string, isType = false): Promise<string[]> {
		const importer = path.join(folder, 'nodes/ZohoCrmPhoto', from);
		const imported = path.join(folder, 'nodes/ZohoCrmPhoto', to);
		for (const file of [importer, imported]) await mkdir(path.dirname(file), { recursive: true });
		await writeFile(imported, 'export interface One { one: number }\nexport const one = 1;\n');
		const way = path
			.relative(path.dirname(importer), imported)
			.replace(/^(?!\.)/, './')
			.replace(/\.ts$/, '');
		await writeFile(
			importer,
			isType
				? `import type { One } from '${way}';\nexport type Two = One;\n`
				: `import { one } from '${way}';\nexport const two = one;\n`,
		);
		return (await floorsOf(folder, ['nodes'])).forbidden;
	}

	it.each([
		['zoho/calls/a.ts', 'zoho/records/b.ts', 'A call is the same whatever is asked'],
		['zoho/account/a.ts', 'zoho/calls/b.ts', 'The connection is the ground of all calls'],
		['photo/a.ts', 'zoho/n8n.ts', 'photo/ takes bytes and knows nothing of HTTP'],
		['photo/fit/a.ts', 'network/wait.ts', 'photo/ takes bytes and knows nothing of HTTP'],
		['zoho/records/a.ts', 'photo/b.ts', 'zoho/ knows nothing of pictures'],
		['zoho/records/a.ts', 'parameters/b.ts', 'zoho/ knows nothing of pictures and parameters'],
		['operations/a.ts', 'run/b.ts', 'An operation does one item'],
		['source/a.ts', 'zoho/task.ts', 'A file comes from n8n or the web'],
		['photo/decode/a.ts', 'photo/fit/b.ts', 'A decoder gives rows'],
		['outcome.ts', 'zoho/task.ts', 'Everything stands on the ground floor'],
	])('is told by name: %s of %s', async (from, to, why) => {
		const [first = ''] = await said(from, to);
		expect(first).toContain(`nodes/ZohoCrmPhoto/${from} may not import nodes/ZohoCrmPhoto/${to}`);
		expect(first).toContain(why);
	});

	it('may be of a type alone', async () => {
		expect(await said('photo/a.ts', 'zoho/task.ts', true)).toHaveLength(1);
	});

	it('is not one that goes down', async () => {
		expect(await said('zoho/records/a.ts', 'zoho/calls/b.ts')).toEqual([]);
	});
});
