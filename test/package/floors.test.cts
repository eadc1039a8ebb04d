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

/** Imports of one place of the node by another, and the sentence that says why they may not be. */
const FORBIDDEN: [from: string, to: string, why: string][] = [
	['zoho/calls/a1.ts', 'zoho/records/b1.ts', 'A call is the same whatever is asked'],
	['zoho/account/a2.ts', 'zoho/calls/b2.ts', 'The connection is the ground of all calls'],
	['photo/a3.ts', 'zoho/n8n.ts', 'photo/ takes bytes and knows nothing of HTTP'],
	['photo/fit/a4.ts', 'network/wait.ts', 'photo/ takes bytes and knows nothing of HTTP'],
	['zoho/records/a5.ts', 'photo/b5.ts', 'zoho/ knows nothing of pictures'],
	['zoho/records/a6.ts', 'parameters/b6.ts', 'zoho/ knows nothing of pictures and parameters'],
	['operations/a7.ts', 'run/b7.ts', 'An operation does one item'],
	['source/a8.ts', 'zoho/task.ts', 'A file comes from n8n or the web'],
	['photo/decode/a9.ts', 'photo/fit/b9.ts', 'A decoder gives rows'],
	['outcome.ts', 'zoho/task.ts', 'Everything stands on the ground floor'],
];
const OF_A_TYPE = { from: 'photo/type.ts', to: 'zoho/task.ts' };
const DOWN = { from: 'zoho/records/down.ts', to: 'zoho/calls/below.ts' };

describe('an import that is forbidden', () => {
	let folder: string;
	let said: string[];

	async function write(file: string, text: string): Promise<void> {
		const written = path.join(folder, 'nodes/ZohoCrmPhoto', file);
		await mkdir(path.dirname(written), { recursive: true });
		await writeFile(written, text);
	}
	async function writePair(from: string, to: string, isType = false): Promise<void> {
		const way = path.posix
			.relative(path.posix.dirname(from), to)
			.replace(/^(?!\.)/, './')
			.replace(/\.ts$/, '');
		await write(to, 'export interface One { one: number }\nexport const one = 1;\n');
		await write(
			from,
			isType
				? `import type { One } from '${way}';\nexport type Two = One;\n`
				: `import { one } from '${way}';\nexport const two = one;\n`,
		);
	}

	beforeAll(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'floors-'));
		for (const [from, to] of FORBIDDEN) await writePair(from, to);
		await writePair(OF_A_TYPE.from, OF_A_TYPE.to, true);
		await writePair(DOWN.from, DOWN.to);
		said = (await floorsOf(folder, ['nodes'])).forbidden;
	});
	afterAll(async () => {
		await rm(folder, { recursive: true, force: true });
	});
	const saidOf = ({ from, to }: { from: string; to: string }): string[] =>
		said.filter((one) => one.includes(`nodes/ZohoCrmPhoto/${from} may not import nodes/ZohoCrmPhoto/${to}`));

	it.each(FORBIDDEN)('is told by name: %s of %s', (from, to, why) => {
		expect(saidOf({ from, to })[0]).toContain(why);
	});

	it('may be of a type alone', () => {
		expect(saidOf(OF_A_TYPE)).toHaveLength(1);
	});

	it('is not one that goes down', () => {
		expect(saidOf(DOWN)).toEqual([]);
		// An import may break two rules.
		expect(new Set(said.map((one) => one.split(' (')[0])).size).toBe(FORBIDDEN.length + 1);
	});
});
