/**
 * Installs every n8n that the suites run, one after the other, so that none of them has to wait for it.
 *
 * Usage: npm run test:n8n:install
 */
import { installN8n } from './install.cts';
import { progressOn } from './progress.cts';
import { CURRENT, OLDEST } from './versions.cts';

async function main(): Promise<void> {
	for (const version of [CURRENT, OLDEST]) await installN8n(version, progressOn(process.stderr));
}

main().catch((reason: unknown) => {
	console.error(reason instanceof Error ? reason.message : reason);
	process.exitCode = 1;
});
