import { createRequire } from 'node:module';
import path from 'node:path';

/** One n8n-core with the copies of the other n8n packages that it uses itself. */
export interface Core {
	version: string;
	core: typeof import('n8n-core');
	workflow: typeof import('n8n-workflow');
	container: typeof import('@n8n/di').Container;
}

/** Where an n8n-core (and so n8n) finds n8n-workflow: the copy that a package under test has to share. */
export function workflowPackageFolder(coreFolder: string): string {
	const entry = requireFromCore(coreFolder).resolve('n8n-workflow');
	const marker = path.join('node_modules', 'n8n-workflow');
	return entry.slice(0, entry.lastIndexOf(marker) + marker.length);
}

function requireFromCore(coreFolder: string): NodeJS.Require {
	const fromFolder = createRequire(path.join(coreFolder, 'package.json'));
	return createRequire(fromFolder.resolve('n8n-core'));
}

/**
 * Loads n8n-core and makes it ready for executions, as n8n's own start commands do: binary data service, expression
 * engine, and the proxy agents that obey HTTPS_PROXY and NO_PROXY.
 *
 * @param coreFolder folder that holds `node_modules/n8n-core`
 */
export async function loadCore(coreFolder: string): Promise<Core> {
	const load = requireFromCore(coreFolder);
	// n8n's classes carry decorator metadata: without this first, loading the core throws.
	load('reflect-metadata');
	const di: typeof import('@n8n/di') = load('@n8n/di');
	const core: typeof import('n8n-core') = load('n8n-core');
	const workflow: typeof import('n8n-workflow') = load('n8n-workflow');
	const { version }: { version: string } = createRequire(path.join(coreFolder, 'package.json'))(
		'n8n-core/package.json',
	);

	await di.Container.get(core.BinaryDataService).init();
	installProxyAgents(load, core);
	if ('initExpressionEngine' in workflow.Expression) {
		// 'legacy': the other engine needs isolated-vm, which is built for Node 24 only.
		await workflow.Expression.initExpressionEngine({
			engine: 'legacy',
			poolSize: 1,
			maxCodeCacheSize: 64,
			bridgeTimeout: 5000,
			bridgeMemoryLimit: 128,
		});
	}
	return { version, core, workflow, container: di.Container };
}

/** n8n 2.41 keeps the installer in @n8n/backend-network; n8n-core 2.0 and 1.x have it themselves. */
function installProxyAgents(load: NodeJS.Require, core: object): void {
	if ('installGlobalProxyAgent' in core && typeof core.installGlobalProxyAgent === 'function') {
		core.installGlobalProxyAgent();
		return;
	}
	const network: { installGlobalProxyAgent(): void } = load('@n8n/backend-network');
	network.installGlobalProxyAgent();
}
