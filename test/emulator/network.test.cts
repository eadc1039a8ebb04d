import { request } from 'node:http';

import { type Emulator, startEmulator } from './emulator.cts';
import { accountsHost, apiHost, dataCenters, environments } from './network/dataCenters.cts';
import { openTls, proxiedRequest } from './proxiedRequest.cts';

// Real connections and processes: slow only when the machine is busy with something else.
jest.setTimeout(30_000);

describe('the network of the emulated Zoho', () => {
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	afterAll(async () => await emulator.close());
	beforeEach(() => emulator.zoho.reset());

	const serverInfo = { url: 'https://accounts.zoho.eu/oauth/serverinfo' };

	it('has a good certificate for every host of every data center, made once', async () => {
		const hosts = dataCenters.flatMap((one) => [
			accountsHost(one),
			...environments.map((place) => apiHost(one, place)),
		]);
		expect(hosts).toHaveLength(40);
		const fingerprints = new Set<string>();
		for (const host of hosts) {
			const socket = await openTls(emulator, host);
			expect(socket.authorized).toBe(true);
			fingerprints.add(socket.getPeerCertificate().fingerprint256);
			socket.destroy();
		}
		expect(fingerprints.size).toBe(40);
		const again = await openTls(emulator, 'accounts.zoho.eu');
		expect(fingerprints).toContain(again.getPeerCertificate().fingerprint256);
		again.destroy();
	});

	it('knows the names that Zoho uses for Canada', () => {
		expect(emulator.zoho.knows('accounts.zohocloud.ca')).toBe(true);
		expect(emulator.zoho.knows('www.zohoapis.ca')).toBe(true);
		expect(emulator.zoho.knows('accounts.zoho.ca')).toBe(false);
	});

	it('refuses other hosts and counts them', async () => {
		await expect(proxiedRequest(emulator, { url: 'https://api.n8n.io/' })).rejects.toThrow('502');
		expect(emulator.zoho.refusedHosts).toEqual(['api.n8n.io']);
	});

	it.each([
		['wrong-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
		['expired', 'CERT_HAS_EXPIRED'],
		['untrusted', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
		['reset', 'ECONNRESET'],
	] as const)('can be wrong: %s', async (fault, code) => {
		emulator.zoho.network.set('accounts.zoho.eu', fault);
		await expect(proxiedRequest(emulator, serverInfo)).rejects.toMatchObject({ code });
		emulator.zoho.network.set('accounts.zoho.eu', undefined);
		expect((await proxiedRequest(emulator, serverInfo)).status).toBe(200);
	});

	it('can be unreachable, without that host being counted as unknown', async () => {
		emulator.zoho.network.set('accounts.zoho.eu', 'unreachable');
		await expect(proxiedRequest(emulator, serverInfo)).rejects.toThrow('502');
		expect(emulator.zoho.refusedHosts).toEqual([]);
	});

	it('drops open connections of a host whose certificate goes bad', async () => {
		const socket = await openTls(emulator, 'accounts.zoho.eu');
		const isClosed = new Promise((resolve) => socket.once('close', resolve));
		emulator.zoho.network.set('accounts.zoho.eu', 'expired');
		await isClosed;
	});

	it('serves no other host than the one the tunnel was opened for', async () => {
		const answer = await proxiedRequest(emulator, { ...serverInfo, headers: { host: 'www.zohoapis.com' } });
		expect(answer.status).toBe(421);
	});

	it('does not take a token without TLS, and says so', async () => {
		const proxy = new URL(emulator.proxyUrl);
		const status = await new Promise((resolve) => {
			const path = 'http://www.zohoapis.com/crm/v8/Leads';
			const headers = { host: 'www.zohoapis.com', authorization: 'Bearer x' };
			request({ host: proxy.hostname, port: proxy.port, path, headers, agent: false }, (answer) => {
				answer.resume();
				resolve(answer.statusCode);
			}).end();
		});
		expect(status).toBe(403);
		expect(emulator.zoho.leaks).toMatchObject([{ where: 'header', host: 'www.zohoapis.com' }]);
	});

	describe('sites', () => {
		const url = 'https://images.example.com/ada.jpg?size=2';

		it('answer as told, and 404 for other addresses of theirs', async () => {
			emulator.zoho.sites.set(url, { headers: { 'content-type': 'image/jpeg' }, body: 'bytes' });
			const answer = await proxiedRequest(emulator, { url });
			expect(answer.status).toBe(200);
			expect(answer.headers['content-type']).toBe('image/jpeg');
			expect(answer.body.toString()).toBe('bytes');
			expect((await proxiedRequest(emulator, { url: 'https://images.example.com/other' })).status).toBe(404);
			expect(emulator.zoho.siteCalls.map((call) => call.status)).toEqual([200, 404]);
		});

		it('redirect, break off, and never end', async () => {
			const { sites } = emulator.zoho;
			sites.set(url, { redirectTo: 'https://images.example.com/moved' });
			const redirect = await proxiedRequest(emulator, { url });
			expect([redirect.status, redirect.headers.location]).toEqual([302, 'https://images.example.com/moved']);
			sites.set(url, { body: 'half of it', resetAfterBytes: 4 });
			await expect(proxiedRequest(emulator, { url })).rejects.toThrow();
			sites.set(url, { body: Buffer.alloc(1000), repeat: 500 });
			expect((await proxiedRequest(emulator, { url })).body).toHaveLength(500_000);
			expect(emulator.zoho.siteCalls.at(-1)?.bytesSent).toBe(500_000);
		});

		it('answer plain http through the proxy as well', async () => {
			emulator.zoho.sites.set('http://plain.example.com/a.gif', { body: 'gif' });
			const proxy = new URL(emulator.proxyUrl);
			const text = await new Promise((resolve) => {
				const path = 'http://plain.example.com/a.gif';
				request({ host: proxy.hostname, port: proxy.port, path, agent: false }, (answer) => {
					answer.on('data', (chunk: Buffer) => resolve(chunk.toString()));
				}).end();
			});
			expect(text).toBe('gif');
		});

		it('notice a token that is none of theirs', async () => {
			emulator.zoho.sites.set(url, { body: 'bytes' });
			await proxiedRequest(emulator, { url, headers: { authorization: 'Bearer 1000.abc' } });
			expect(emulator.zoho.leaks).toMatchObject([{ where: 'header', host: 'images.example.com' }]);
		});
	});

	it('leaves nothing open when it closes, not even calls that hang', async () => {
		const another = await startEmulator();
		another.zoho.faults.add({ when: {}, answer: { kind: 'hang' } });
		const hanging = proxiedRequest(another, { url: 'https://www.zohoapis.com/crm/v8/settings/modules' });
		const outcome = expect(hanging).rejects.toThrow();
		while (another.zoho.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
		await another.close();
		await outcome;
	});
});

describe('the network of an emulated Zoho with a sign for people', () => {
	const closedSign = 'This lab is closed';
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await startEmulator({ closedSign });
	});
	afterAll(async () => await emulator.close());

	it.each(['https://photos.example/a.jpg', 'http://photos.example/a.jpg'])('shows it at %s', async (url) => {
		emulator.zoho.reset();
		const asked = { url, headers: { accept: 'image/jpeg, */*;q=0.1' } };
		const picture = await proxiedRequest(emulator, asked);
		expect(picture.status).toBe(200);
		expect(picture.body.toString()).toContain(`<title>${closedSign}</title>`);
		const page = await proxiedRequest(emulator, { url });
		expect([page.status, page.body.toString().includes(closedSign)]).toEqual([502, true]);
		expect(emulator.zoho.refusedHosts).toEqual(['photos.example', 'photos.example']);
	});

	it('still answers for Zoho', async () => {
		const info = await proxiedRequest(emulator, { url: 'https://accounts.zoho.eu/oauth/serverinfo' });
		expect(info.status).toBe(200);
	});
});
