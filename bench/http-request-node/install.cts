import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

/** Full name of n8n's HTTP Request node. */
export const HTTP_REQUEST_TYPE = 'n8n-nodes-base.httpRequest';

/** The file of its class. */
export const HTTP_REQUEST_FILE = path.join(
	__dirname,
	'node_modules/n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
);

/**
 * Installs here, by `npm ci`, what the benchmark runs beside this project's node, unless what the lock file asks for is
 * there already. n8n-nodes-base is large (0.8 GB), so nobody gets it who only works on the node.
 *
 * @returns the folder that holds `node_modules/n8n-core`, for `EngineOptions.core`
 * @throws Error with npm's output when npm cannot install
 */
export async function installHttpRequestNode(): Promise<string> {
	const marker = path.join(__dirname, 'node_modules', '.installed-lock');
	const lock = createHash('sha256')
		.update(await readFile(path.join(__dirname, 'package-lock.json')))
		.digest('hex');
	if ((await readFile(marker, 'utf8').catch(() => undefined)) !== lock) {
		await promisify(execFile)('npm', ['ci'], { cwd: __dirname });
		await writeFile(marker, lock);
	}
	return __dirname;
}

/** `require` as a file in this folder has it. */
export function requireHere(): NodeJS.Require {
	return createRequire(path.join(__dirname, 'package.json'));
}
