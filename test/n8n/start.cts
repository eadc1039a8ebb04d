import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { defaultClient } from '../emulator/accounts/clients.cts';
import { startEmulator, type Emulator } from '../emulator/emulator.cts';
import { exampleFiles, examplePhotos, prepareExamples, readExample } from './examples.cts';
import { installN8n } from './install/install.cts';
import { progressOn, type Progress } from './install/progress.cts';
import { CURRENT } from './install/versions.cts';
import { dig, listAt, textAt } from './json.cts';
import { buildPackage, PACKAGE_NAME, STATE_FOLDER } from './package/pack.cts';
import { publish } from './package/registry.cts';
import { takeFolder } from './running.cts';
import { addCredential, addZohoCredential, connect, CREDENTIAL_TYPE, ZOHO_CREDENTIAL_TYPE } from './server/connect.cts';
import { freePorts, isFree } from './server/ports.cts';
import { OWNER, type Rest } from './server/rest.cts';
import { startServer, type Server } from './server/server.cts';

/** Ports that are taken where they are free, so that what once pointed at them finds them again: n8n's usual one, the emulator's. */
const USUAL_PORTS = { n8n: 5678, page: 18_080, proxy: 18_443 };

/** What a host outside says in the lab. */
const CLOSED =
	'This lab is closed: nothing outside it can be reached, only the emulated Zoho CRM and https://shop.example';
const HOME = path.join(STATE_FOLDER, 'home');
const FILES = path.join(HOME, '.n8n-files');

/** Runs a step while somebody waits. */
async function step<T>(progress: Progress, name: string, work: () => Promise<T>): Promise<T> {
	progress.begin(name);
	try {
		return await work();
	} finally {
		progress.end();
	}
}

/** The usual port, or another one when somebody listens there. */
async function choosePort(usual: number, who: string): Promise<number> {
	if (await isFree(usual)) return usual;
	const [other = 0] = await freePorts(1);
	console.log(`Port ${usual} is in use by another program, so ${who} takes port ${other} this time.`);
	return other;
}

/** Installs the package by n8n's own installer, again whenever its sources have changed. */
async function installPackage(rest: Rest, fingerprint: string): Promise<void> {
	const marker = path.join(STATE_FOLDER, 'installed');
	const packages = listAt(await rest.send('GET', '/community-packages'));
	const isThere = packages.some((one) => dig(one, 'packageName') === PACKAGE_NAME);
	if (isThere && (await readFile(marker, 'utf8').catch(() => '')) === fingerprint) return;
	if (isThere) await rest.send('DELETE', `/community-packages?name=${PACKAGE_NAME}`);
	await rest.installPackage(PACKAGE_NAME);
	await writeFile(marker, fingerprint);
}

/**
 * The credentials of the last start, or new ones. All there are get connected, also a user's own: the emulated Zoho forgets
 * its tokens when it ends.
 */
async function connectAll(emulator: Emulator, rest: Rest): Promise<{ credentialId: string; zohoCredentialId: string }> {
	const first = async (type: string, add: (rest: Rest) => Promise<string>): Promise<string> => {
		const known = listAt(await rest.send('GET', '/credentials')).filter((one) => dig(one, 'type') === type);
		const ids = known.length > 0 ? known.map((one) => textAt(one, 'id')) : [await add(rest)];
		for (const id of ids) {
			await connect(emulator, rest, id).catch((reason: unknown) => {
				if (id === ids[0]) throw reason;
			});
		}
		return ids[0] ?? '';
	};
	return {
		credentialId: await first(CREDENTIAL_TYPE, addCredential),
		zohoCredentialId: await first(ZOHO_CREDENTIAL_TYPE, addZohoCredential),
	};
}

/** Puts the example workflows into n8n, those that are not there yet, and gives the address of the one to begin with. */
async function addExamples(
	{ rest, address }: Server,
	credentials: { credentialId: string; zohoCredentialId: string },
): Promise<string> {
	const there = new Map(
		listAt(await rest.send('GET', '/workflows?skip=0&take=200')).map((one) => [textAt(one, 'name'), textAt(one, 'id')]),
	);
	let first = '';
	for (const file of exampleFiles) {
		const example = await readExample(file, { ...credentials, files: FILES });
		const id = there.get(example.name) ?? (await rest.addWorkflow(example));
		if (file === 'folder-to-leads.json' || first === '') first = `${address}/workflow/${id}`;
	}
	return first;
}

function introduction(server: Server, emulator: Emulator, workflow: string): string {
	return [
		'',
		'n8n is running, with the node Zoho CRM Photo and an emulated Zoho CRM.',
		'',
		`  Editor             ${server.address}/`,
		`  Log in with        ${OWNER.email}`,
		`  Password           ${OWNER.password}`,
		`  Begin with         ${workflow}`,
		`                     (press "Execute workflow": ${examplePhotos.length} photos; one is refused, with the reason)`,
		`  What Zoho got      ${emulator.pageUrl}`,
		'',
		'  For a credential of your own (the consent page is only reachable by a browser that uses the proxy):',
		`  Client ID          ${defaultClient.clientId}`,
		`  Client Secret      ${defaultClient.clientSecret}`,
		`  Proxy, certificate ${emulator.proxyUrl}, ${emulator.caFile}`,
		'',
		`Your workflows stay in ${path.relative(process.cwd(), STATE_FOLDER)}${path.sep}. Stop with Ctrl+C.`,
	].join('\n');
}

/** One sentence for what may stand in the way. */
function inWords(reason: unknown): string {
	if (reason instanceof Error && 'code' in reason && reason.code === 'ENOSPC') {
		return 'The disk is full. Make room and start again.';
	}
	return reason instanceof Error ? reason.message : String(reason);
}

async function main(): Promise<void> {
	const progress = progressOn(process.stdout);
	const open: Array<() => Promise<void>> = [];
	let closing: Promise<void> | undefined;
	const close = (): Promise<void> =>
		(closing ??= (async () => {
			for (const end of open.reverse()) await end();
		})());
	const stopped = new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
	});
	const work = (async () => {
		await mkdir(HOME, { recursive: true });
		const folder = await takeFolder(STATE_FOLDER);
		if (folder.taken) {
			console.log(
				folder.address === undefined
					? `It is starting already (process ${folder.pid}).`
					: `It is already running at ${folder.address}/ (process ${folder.pid}). Stop it there with Ctrl+C to start it anew.`,
			);
			return;
		}
		open.push(folder.giveBack);
		const n8n = await installN8n(CURRENT, progress);
		const built = await step(progress, 'Building the node', async () => await buildPackage());
		const emulator = await startEmulator({
			caFolder: STATE_FOLDER,
			closedSign: CLOSED,
			pagePort: await choosePort(USUAL_PORTS.page, 'the page of the emulated Zoho CRM'),
			proxyPort: await choosePort(USUAL_PORTS.proxy, 'its proxy'),
		});
		open.push(async () => await emulator.close());
		await prepareExamples(emulator, FILES);
		await publish(emulator.zoho.sites, [await built.pack(STATE_FOLDER)]);
		const port = await choosePort(USUAL_PORTS.n8n, 'n8n');
		const server = await step(progress, `Starting n8n ${n8n.release}`, async () => {
			const env = { ...emulator.env, N8N_RESTRICT_FILE_ACCESS_TO: FILES };
			const started = await startServer({ n8n, folder: HOME, port, env });
			open.push(async () => await started.stop());
			await started.rest.logIn();
			return started;
		});
		const workflow = await step(progress, 'Installing the node and connecting it', async () => {
			await installPackage(server.rest, built.fingerprint);
			return await addExamples(server, await connectAll(emulator, server.rest));
		});
		await folder.tell(server.address);
		console.log(introduction(server, emulator, workflow));
		await server.process.ended();
		if (closing === undefined) throw new Error(`n8n has ended by itself. It wrote last:\n${server.process.log}`);
	})();
	try {
		await Promise.race([work, stopped]);
	} finally {
		if (open.length > 0) console.log('\nStopping.');
		await close();
		work.catch(() => undefined);
	}
}

main().then(
	() => process.exit(0),
	(reason: unknown) => {
		console.error(inWords(reason));
		process.exit(1);
	},
);
