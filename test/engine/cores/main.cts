import { installCore, OLDER_CORES } from './install.cts';

/** Installs the older n8n-cores one after another, before the tests' processes would do it side by side in one folder. */
async function main(): Promise<void> {
	for (const version of OLDER_CORES) await installCore(version);
}

main().catch((reason: unknown) => {
	console.error(reason instanceof Error ? reason.message : reason);
	process.exitCode = 1;
});
