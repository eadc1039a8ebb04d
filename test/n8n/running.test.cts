import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';

import { takeFolder } from './running.cts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'running-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

const note = async (text: string): Promise<void> => await writeFile(path.join(folder, 'running.json'), text);

it('takes a folder once, and again after it was given back', async () => {
	const first = await takeFolder(folder);
	if (first.taken) throw new Error('Nobody has it');
	expect(await takeFolder(folder)).toEqual({ taken: true, pid: process.pid, address: undefined });
	await first.giveBack();
	expect((await takeFolder(folder)).taken).toBe(false);
});

it('says where the lab is that has it', async () => {
	const server = createServer((_, response) => response.end());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const listening = server.address();
	const address = `http://127.0.0.1:${typeof listening === 'object' ? listening?.port : ''}`;
	const first = await takeFolder(folder);
	if (!first.taken) await first.tell(address);
	expect(await takeFolder(folder)).toEqual({ taken: true, pid: process.pid, address });
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	// The number of a process that is gone may have gone to another.
	expect((await takeFolder(folder)).taken).toBe(false);
});

it.each(['{"pid":999999999}', 'no JSON', '{}', '{"pid":-1}'])(
	'takes one over that was left behind: %s',
	async (left) => {
		await note(left);
		expect((await takeFolder(folder)).taken).toBe(false);
	},
);
