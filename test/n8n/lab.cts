import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startEmulator, type Emulator } from '../emulator/emulator.cts';
import type { ZohoService } from '../emulator/zohoService.cts';
import { installN8n, type InstalledN8n } from './install/install.cts';
import { progressOn } from './install/progress.cts';
import { CURRENT, type N8nVersion } from './install/versions.cts';
import { buildPackage, PACKAGE_NAME, type BuiltPackage } from './package/pack.cts';
import { publish } from './package/registry.cts';
import { addCredential, connect } from './server/connect.cts';
import { startServer, type Server } from './server/server.cts';

/** How a lab is to be. */
export interface LabOptions {
	/** Default: n8n 2.41. */
	version?: N8nVersion;
	/** More for n8n's environment. */
	env?: Record<string, string>;
	/** `installer`: by n8n's own installer, with a connected credential; `none`: neither. Default: `installer`. */
	node?: 'installer' | 'none';
}

/** A folder that is new, the emulated Zoho, and a real n8n that can reach nothing but it. */
export interface Lab {
	folder: string;
	n8n: InstalledN8n;
	emulator: Emulator;
	zoho: ZohoService;
	built: BuiltPackage;
	server: Server;
	/** Id of the connected credential; empty without one. */
	credentialId: string;
	/** Stops n8n and starts it on the same data. */
	restart(env?: Record<string, string>): Promise<void>;
	/** Takes everything down and away. */
	close(): Promise<void>;
}

/** Starts a lab from nothing. @throws Error in words, with nothing left running */
export async function openLab({ version = CURRENT, env = {}, node = 'installer' }: LabOptions = {}): Promise<Lab> {
	const n8n = await installN8n(version, progressOn(process.stderr));
	const folder = await mkdtemp(path.join(tmpdir(), 'photo-n8n-'));
	const emulator = await startEmulator();
	let server: Server | undefined;
	const close = async (): Promise<void> => {
		await server?.stop();
		await emulator.close();
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};
	try {
		const built = await buildPackage();
		await publish(emulator.zoho.sites, [await built.pack(folder)]);
		const start = async (more: Record<string, string> = {}): Promise<Server> => {
			const started = await startServer({
				n8n,
				folder: path.join(folder, 'home'),
				env: { ...emulator.env, ...env, ...more },
			});
			await started.rest.logIn();
			return started;
		};
		server = await start();
		const lab: Lab = {
			folder,
			n8n,
			emulator,
			zoho: emulator.zoho,
			built,
			server,
			credentialId: '',
			async restart(more) {
				await lab.server.stop();
				lab.server = await start(more);
				server = lab.server;
			},
			close,
		};
		if (node === 'installer') {
			await server.rest.installPackage(PACKAGE_NAME, built.version);
			lab.credentialId = await addCredential(server.rest);
			await connect(emulator, server.rest, lab.credentialId);
		}
		return lab;
	} catch (reason) {
		await close();
		throw reason;
	}
}
