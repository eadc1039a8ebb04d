import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { CommandFailed, run } from './command.cts';
import type { Progress } from './progress.cts';
import type { N8nVersion } from './versions.cts';

/** An n8n that can be started. */
export interface InstalledN8n {
	version: N8nVersion;
	/** Path of the Node.js to run it on. */
	node: string;
	/** Path of n8n's command. */
	command: string;
	/** Its exact version, e.g. `2.41.1`. */
	release: string;
}

/**
 * Installs an n8n into its folder by `npm ci`, unless what its lock file asks for is there already.
 *
 * @param progress is told how far it is
 * @throws Error in words for people: no room, no registry, no compiler, or npm's own last lines
 */
export async function installN8n(version: N8nVersion, progress: Progress): Promise<InstalledN8n> {
	const { folder } = version;
	const marker = path.join(folder, 'node_modules', '.installed-lock');
	const lockText = await readFile(path.join(folder, 'package-lock.json'), 'utf8');
	const lock = createHash('sha256').update(lockText).digest('hex');
	if ((await readFile(marker, 'utf8').catch(() => undefined)) !== lock) {
		await assertRoom(version);
		await assertRegistry(version, releaseOf(lockText));
		await fetchPackages(version, lockText, progress);
		await buildSqlite(version, progress);
		await writeFile(marker, lock);
	}
	return {
		version,
		node: await nodeOf(version),
		command: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		release: releaseOf(lockText),
	};
}

/** The Node.js beside this n8n, or the one that runs this. @throws Error when n8n needs one that npm has not for this machine */
async function nodeOf(version: N8nVersion): Promise<string> {
	if (version.name === '1.123') return process.execPath;
	const own = path.join(nodeFolder(version), 'bin', 'node');
	const isThere = await access(own, constants.X_OK).then(
		() => true,
		() => false,
	);
	if (isThere) return own;
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	throw new Error(
		`n8n ${version.name} needs Node.js 24, and npm has none for ${process.platform} ${process.arch}. Run this with Node.js 24.`,
	);
}

function nodeFolder(version: N8nVersion): string {
	return path.join(version.folder, 'node_modules', `node-${process.platform}-${process.arch}`);
}

function releaseOf(lockText: string): string {
	return /"node_modules\/n8n": \{\s*"version": "([^"]+)"/.exec(lockText)?.[1] ?? 'of an unknown version';
}

async function assertRoom({ name, folder, size }: N8nVersion): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	const free = bavail * bsize;
	if (free > size) return;
	const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
	throw new Error(
		`n8n ${name} needs ${gigabytes(size)} on the disk, and ${gigabytes(free)} are free. Make room and start again.`,
	);
}

/** Asks once: `npm ci` would try each of its two thousand packages again and again before it gives up. */
async function assertRegistry({ name, folder }: N8nVersion, release: string): Promise<void> {
	const args = ['view', `n8n@${release}`, 'version', '--fetch-retries=0', '--fetch-timeout=20000'];
	await run({ program: 'npm', args, cwd: folder }).catch((reason: unknown) => {
		throw new Error(inWords(reason, name), { cause: reason });
	});
}

async function fetchPackages({ name, folder }: N8nVersion, lockText: string, progress: Progress): Promise<void> {
	const total = (lockText.match(/^ {4}"node_modules\//gm) ?? []).length;
	let lookedUp = 0;
	let fetched = 0;
	const tell = progress.begin(`Installing n8n ${name}`);
	try {
		await run({
			program: 'npm',
			args: ['ci', '--loglevel=http'],
			cwd: folder,
			onLine: (line) => {
				if (!line.startsWith('npm http')) return;
				if (line.includes('.tgz')) fetched++;
				else lookedUp++;
				tell(fetched > 0 ? `${Math.min(fetched, total)} of about ${total} packages` : `${lookedUp} packages looked up`);
			},
		});
	} catch (reason) {
		throw new Error(inWords(reason, name), { cause: reason });
	} finally {
		progress.end();
	}
}

/** The one native module that n8n cannot do without: fetched ready-made, or built here. */
async function buildSqlite(version: N8nVersion, progress: Progress): Promise<void> {
	progress.begin(`Building SQLite for n8n ${version.name}`);
	const node = await nodeOf(version);
	// The headers come with the Node.js of npm; without them node-gyp would look for them on the web.
	const headers = node === process.execPath ? {} : { npm_config_nodedir: nodeFolder(version) };
	try {
		await run({
			program: 'npm',
			args: ['rebuild', 'sqlite3', '--ignore-scripts=false'],
			cwd: version.folder,
			env: { ...process.env, ...headers, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` },
		});
	} catch (reason) {
		throw new Error(
			`The module sqlite3 of n8n could be neither fetched nor built. It needs python3, make and g++.\n${text(reason)}`,
			{ cause: reason },
		);
	} finally {
		progress.end();
	}
}

function inWords(reason: unknown, name: string): string {
	const output = reason instanceof CommandFailed ? reason.output : text(reason);
	if (/ENOSPC/.test(output)) return `The disk is full: n8n ${name} was not installed. Make room and start again.`;
	if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|EHOSTUNREACH|ENETUNREACH|network/i.test(output)) {
		return `The npm registry cannot be reached, so n8n ${name} was not installed. Check the network and npm's settings (npm ping).`;
	}
	if (/spawn npm/.test(output)) return 'There is no npm on the PATH. It comes with Node.js.';
	return `npm could not install n8n ${name}.\n${text(reason)}`;
}

function text(reason: unknown): string {
	return reason instanceof Error ? reason.message : String(reason);
}
