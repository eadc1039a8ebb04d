import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** The older n8n-core versions that the engine tests also run on: of n8n 2.0.0, and of n8n 1.123.0 (core 1.122.0). */
export const OLDER_CORES = ['2.0.0', '1.122.0'];

/**
 * Installs an older n8n-core into its folder here by `npm ci`, unless what its lock file asks for is there already.
 *
 * @param version one of OLDER_CORES
 * @returns the folder that holds `node_modules/n8n-core`, for `EngineOptions.core`
 * @throws Error with npm's output when npm cannot install
 */
export async function installCore(version: string): Promise<string> {
	const folder = path.join(__dirname, version);
	const marker = path.join(folder, 'node_modules', '.installed-lock');
	const lock = createHash('sha256')
		.update(await readFile(path.join(folder, 'package-lock.json')))
		.digest('hex');
	const installed = await readFile(marker, 'utf8').catch(() => undefined);
	if (installed !== lock) {
		await promisify(execFile)('npm', ['ci'], { cwd: folder });
		await writeFile(marker, lock);
	}
	return folder;
}
