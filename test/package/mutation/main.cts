/**
 * Mutation run by Stryker, as stryker.config.mjs has it. Further arguments go to Stryker.
 *
 * Usage: npm run test:mutation                                                       everything changed since the last run
 *        npm run test:mutation -- --mutate 'nodes/ZohoCrmPhoto/photo/formats/*.ts'   some files
 *        npm run test:mutation -- --force                                          everything
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

import { installFolder } from '../installFolder.cts';
import { PROJECT } from '../packed.cts';

const STRYKER = path.join(__dirname, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

async function main(): Promise<void> {
	await installFolder(__dirname);
	const run = spawn(process.execPath, [STRYKER, 'run', 'stryker.config.mjs', ...process.argv.slice(2)], {
		cwd: PROJECT,
		stdio: 'inherit',
	});
	run.on('close', (code) => {
		process.exitCode = code ?? 1;
	});
}

void main();
