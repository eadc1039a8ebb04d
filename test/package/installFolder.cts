import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * Installs the packages of a folder that has a package.json and a lock file of its own by `npm ci`, unless what the lock
 * file asks for is there already. Tools that few runs need live in such folders, so that the project's own install
 * stays small.
 *
 * @param folder path of the folder
 * @throws Error with npm's output when npm cannot install
 */
export async function installFolder(folder: string): Promise<void> {
	const marker = path.join(folder, 'node_modules', '.installed-lock');
	const lock = createHash('sha256')
		.update(await readFile(path.join(folder, 'package-lock.json')))
		.digest('hex');
	const installed = await readFile(marker, 'utf8').catch(() => undefined);
	if (installed === lock) return;
	await promisify(execFile)('npm', ['ci'], { cwd: folder });
	await writeFile(marker, lock);
}
