import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { EmulatorClient } from './client.cts';
import { type Emulator, startEmulator } from './emulator.cts';
import { photoBody, photoCall } from './photoCall.cts';
import { blackPng } from './photoSamples.cts';

const png = blackPng(30, 40);

// Real connections and processes: slow only when the machine is busy with something else.
jest.setTimeout(30_000);

describe('the control interface', () => {
	let emulator: Emulator;
	let client: EmulatorClient;
	beforeAll(async () => {
		emulator = await startEmulator();
		client = new EmulatorClient(emulator.pageUrl);
	});
	afterAll(async () => await emulator.close());
	beforeEach(async () => await client.reset());

	const upload = async (recordId: string, token: unknown) =>
		await photoCall(emulator, {
			recordId,
			token: String(token),
			body: photoBody({ bytes: png, fileName: 'a<b>.png' }),
		});

	it('connects, makes records, and tells what arrived', async () => {
		const [recordId = ''] = await client.addRecords('Leads', 1, { name: 'Ada <Lovelace>' });
		const { access_token: token } = (await client.connect({ scopes: ['ZohoCRM.modules.ALL'] })).oauthTokenData;
		expect((await upload(recordId, token)).status).toBe(200);
		const state = await client.state();
		expect(state.photos).toMatchObject([{ recordId, recordName: 'Ada <Lovelace>', size: png.length, uploads: 1 }]);
		expect(state).toMatchObject({ callCount: 1, leaks: [], refusedHosts: [] });
		expect(await client.calls()).toMatchObject([{ method: 'POST', status: 200, recordId }]);
		expect(await client.calls(1)).toEqual([]);
		expect((await client.photo('Leads', recordId)).equals(png)).toBe(true);

		const page = await (await fetch(emulator.pageUrl)).text();
		expect(page).toContain('Ada &#60;Lovelace&#62;');
		expect(page).toContain('a&#60;b&#62;.png');
		expect(page).toContain(state.photos[0]?.sha256.slice(0, 16));
		expect(page + JSON.stringify(state)).not.toContain(String(token));
	});

	it('sets limits, faults, time and tokens', async () => {
		const [recordId = ''] = await client.addRecords('Leads', 1);
		const { access_token: token } = (await client.connect()).oauthTokenData;
		await client.setLimits({ concurrency: 7, latencyMs: 1, credits: 100 });
		expect(emulator.zoho.limits).toMatchObject({ concurrency: 7, latencyMs: 1, credits: 100 });
		await client.setLimits({ credits: null });
		expect(emulator.zoho.limits.credits).toBeUndefined();
		await client.addFault({ when: { times: 1 }, answer: { kind: 'zoho', error: 'recordLocked' } });
		expect((await upload(recordId, token)).json().code).toBe('RECORD_LOCKED');
		expect((await client.state()).faults).toMatchObject([{ what: 'times 1: RECORD_LOCKED', played: 1 }]);
		await client.order({ command: 'keep-bytes', keep: false });
		expect((await upload(recordId, token)).status).toBe(200);
		expect(emulator.zoho.photos.get('Leads', recordId)?.bytes).toHaveLength(0);
		await client.expireTokens();
		expect((await upload(recordId, token)).status).toBe(401);
		await client.order({ command: 'set-condition', module: 'Leads', recordId, condition: 'locked' });
		expect(emulator.zoho.records.get('Leads', recordId)?.condition).toBe('locked');
		const body = Buffer.from('photo').toString('base64');
		await client.order({ command: 'set-site', url: 'https://a.example.com/x', site: { bodyBase64: body } });
		expect(emulator.zoho.knows('a.example.com')).toBe(true);
		await client.order({ command: 'network-fault', host: 'www.zohoapis.com', fault: 'expired' });
		expect((await client.state()).network).toEqual({ 'www.zohoapis.com': 'expired' });
	});

	it('refuses what it does not understand, in words', async () => {
		const send = async (body: string, type = 'application/json') => {
			const address = new URL('control', emulator.pageUrl);
			const answer = await fetch(address, { method: 'POST', headers: { 'content-type': type }, body });
			return [answer.status, await answer.text()];
		};
		expect(await send('{"command":"dance"}')).toEqual([400, expect.stringContaining('command')]);
		expect(await send('{"command":"set-limits","limits":{"speed":1}}')).toEqual([
			400,
			expect.stringContaining('speed'),
		]);
		expect(await send('{')).toEqual([400, expect.stringContaining('JSON')]);
		expect(await send('{"command":"reset"}', 'text/plain')).toEqual([415, expect.anything()]);
		await expect(client.connect({ dataCenter: 'zoho.moon' })).rejects.toThrow('zoho.moon');
	});
});

describe('the emulator alone', () => {
	const run = (...flags: string[]) =>
		spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'main.cts'), ...flags], {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { PATH: process.env.PATH },
		});

	it('says how to point n8n at it, and stops cleanly when told', async () => {
		const caFolder = await mkdtemp(join(tmpdir(), 'emulator-test-'));
		const child = run('--page-port', '0', '--proxy-port', '0', '--ca-folder', caFolder);
		let text = '';
		await new Promise<void>((resolve) => {
			child.stdout.on('data', (chunk: Buffer) => {
				text += chunk.toString();
				if (text.includes('Ctrl+C')) resolve();
			});
			child.once('exit', () => resolve());
		});
		expect(text).toContain(`NODE_EXTRA_CA_CERTS=${join(caFolder, 'ca.pem')}`);
		expect((await stat(join(caFolder, 'ca.pem'))).size).toBeGreaterThan(300);
		const page = /http:\/\/127\.0\.0\.1:\d+\//.exec(text)?.[0] ?? '';
		expect((await fetch(page)).status).toBe(200);
		child.kill('SIGTERM');
		expect(await once(child, 'exit')).toEqual([0, null]);
		await rm(caFolder, { recursive: true });
	});

	it('says which port is in use', async () => {
		const squatter = createServer().listen(0, '127.0.0.1');
		await once(squatter, 'listening');
		const address = squatter.address();
		const port = typeof address === 'object' && address !== null ? String(address.port) : '';
		const child = run('--page-port', port, '--proxy-port', '0');
		let text = '';
		child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
		const [code] = await once(child, 'close');
		squatter.close();
		expect(code).toBe(1);
		expect(text.trim()).toBe(
			`Port ${port} is in use by another program. Choose another one with --page-port or --proxy-port (0: any).`,
		);
	});
});
