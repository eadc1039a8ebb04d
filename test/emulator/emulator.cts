import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PageServer } from './control/pageServer.cts';
import { CertificateAuthority } from './network/certificateAuthority.cts';
import { ConnectProxy } from './network/connectProxy.cts';
import { ZohoService } from './zohoService.cts';

export type { ZohoService } from './zohoService.cts';

/** Where the emulator listens and leaves its certificate. */
export interface EmulatorOptions {
	/** Port of the web page and control interface; default: any free one. */
	pagePort?: number;
	/** Port of the CONNECT proxy; default: any free one. */
	proxyPort?: number;
	/** Folder for the CA's certificate, made if missing; default: a new one that `close` removes. */
	caFolder?: string;
	/** What hosts that it does not answer for say to people; default: nothing, they get 502. */
	closedSign?: string;
}

/** A running emulator. */
export interface Emulator {
	/** `http://127.0.0.1:PORT`, a CONNECT proxy. */
	proxyUrl: string;
	/** Path of a PEM file with the throw-away CA. */
	caFile: string;
	/** `http://127.0.0.1:PORT/`, the web page. */
	pageUrl: string;
	/** Environment that points a child process at the emulator. */
	env: Record<string, string>;
	/** State, switches, and what was seen. */
	zoho: ZohoService;
	/** Closes everything, also open connections, and leaves no handle behind. */
	close(): Promise<void>;
}

/**
 * Starts an emulated Zoho on loopback: all accounts and API hosts of all data centers, over TLS, behind a CONNECT
 * proxy.
 * @throws Error with Node's code when a port is taken or the folder cannot be written
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const zoho = new ZohoService();
	const authority = await CertificateAuthority.create();
	const proxy = new ConnectProxy({
		authority,
		faults: zoho.network,
		log: zoho.logBook,
		knows: (host) => zoho.knows(host),
		closedSign: options.closedSign,
		handle: (request, response, url) => void zoho.handle(request, response, url),
	});
	zoho.attach({ reset: (request) => proxy.reset(request), drop: (host) => proxy.dropConnections(host) });
	const page = new PageServer(zoho);

	let temporary: string | undefined;
	const close = async (): Promise<void> => {
		zoho.clock.close();
		await Promise.all([proxy.close(), page.close()]);
		if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
	};
	try {
		if (options.caFolder === undefined) temporary = await mkdtemp(join(tmpdir(), 'emulated-zoho-'));
		else await mkdir(options.caFolder, { recursive: true });
		const caFile = join(options.caFolder ?? temporary ?? '', 'ca.pem');
		await writeFile(caFile, authority.pem);
		const proxyUrl = `http://127.0.0.1:${await proxy.listen(options.proxyPort ?? 0)}`;
		const pageUrl = `http://127.0.0.1:${await page.listen(options.pagePort ?? 0)}/`;
		const env = {
			HTTPS_PROXY: proxyUrl,
			HTTP_PROXY: proxyUrl,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: caFile,
		};
		return { proxyUrl, caFile, pageUrl, env, zoho, close };
	} catch (reason) {
		await close();
		throw reason;
	}
}
