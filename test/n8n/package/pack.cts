import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../install/command.cts';

const PROJECT = path.join(__dirname, '..', '..', '..');
/** What the tarball is made of; the rest goes after the build, so that no linter finds the sources a second time. */
const PACKED = ['package.json', 'index.js', 'LICENSE', 'README.md'];
const BUILT_FROM = ['gulpfile.js', 'tsconfig.json', 'nodes', 'credentials'];

/** Holds what is built and kept between two runs. */
export const STATE_FOLDER = path.join(PROJECT, '.n8n');

/** The name under which npm and n8n know the package. */
export const PACKAGE_NAME = 'n8n-nodes-zoho-crm-photo';

/** A change of the sources before they are built, for a next version that differs. */
export interface SourceChange {
	file: string;
	from: string;
	to: string;
}

/** A built package that can be packed under any version. */
export interface BuiltPackage {
	/** Says which sources it is made of. */
	fingerprint: string;
	/** The version in its package.json. */
	version: string;
	/** Packs it by `npm pack` into a folder. @returns path of the tarball */
	pack(folder: string, version?: string): Promise<string>;
}

/**
 * Builds the package from its sources, in a folder of its own: whoever builds in the project meanwhile is not disturbed. What
 * was built from the same sources is taken as it is.
 *
 * @throws CommandFailed with the words of gulp or npm
 */
export async function buildPackage(change?: SourceChange): Promise<BuiltPackage> {
	const parent = path.join(STATE_FOLDER, 'built');
	await mkdir(parent, { recursive: true });
	await writeFile(path.join(STATE_FOLDER, '.gitignore'), '*\n');
	const making = await mkdtemp(path.join(parent, 'making-'));
	try {
		for (const source of [...PACKED, ...BUILT_FROM]) {
			if (!(await exists(path.join(PROJECT, source)))) continue;
			await cp(path.join(PROJECT, source), path.join(making, source), { recursive: true });
		}
		if (change) await apply(change, making);
		const fingerprint = await fingerprintOf(making);
		const folder = path.join(parent, fingerprint);
		if (!(await exists(folder))) {
			await symlink(path.join(PROJECT, 'node_modules'), path.join(making, 'node_modules'));
			const gulp = path.join(PROJECT, 'node_modules', 'gulp', 'bin', 'gulp.js');
			await run({ program: process.execPath, args: [gulp, 'build'], cwd: making });
			for (const source of [...BUILT_FROM, 'node_modules']) await rm(path.join(making, source), { recursive: true });
			await rename(making, folder);
		}
		return await packable(folder, fingerprint);
	} finally {
		await rm(making, { recursive: true, force: true });
	}
}

async function packable(folder: string, fingerprint: string): Promise<BuiltPackage> {
	const manifest: { version: string } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	return {
		fingerprint,
		version: manifest.version,
		async pack(target, version = manifest.version) {
			const packing = await mkdtemp(path.join(target, 'packing-'));
			await cp(folder, packing, { recursive: true });
			await writeFile(path.join(packing, 'package.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
			const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', target];
			const written = await run({ program: 'npm', args, cwd: packing });
			await rm(packing, { recursive: true });
			return path.join(target, written.trim().split('\n').at(-1) ?? '');
		},
	};
}

async function apply({ file, from, to }: SourceChange, folder: string): Promise<void> {
	const source = await readFile(path.join(folder, file), 'utf8');
	if (!source.includes(from)) throw new Error(`${file} does not hold "${from}"`);
	await writeFile(path.join(folder, file), source.replaceAll(from, to));
}

async function fingerprintOf(folder: string): Promise<string> {
	const hash = createHash('sha256');
	for (const file of (await readdir(folder, { recursive: true })).sort()) {
		const place = path.join(folder, file);
		if ((await stat(place)).isFile()) hash.update(`\0${file}\0`).update(await readFile(place));
	}
	return hash.digest('hex').slice(0, 16);
}

async function exists(file: string): Promise<boolean> {
	return await stat(file).then(
		() => true,
		() => false,
	);
}
