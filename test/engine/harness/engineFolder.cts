import { cp, mkdir, mkdtemp, readFile, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { workflowPackageFolder } from './core.cts';

/** A user folder of n8n in the temporary files, with the package under test installed. */
export interface EngineFolder {
	/** What N8N_USER_FOLDER takes. */
	root: string;
	/** The installed package. */
	packageFolder: string;
	/** What NODE_PATH takes: the modules that n8n lets a package find. */
	modulesFolder: string;
}

/**
 * Lays out a package as n8n's installer leaves it (`.n8n/nodes/node_modules/<name>`, only the published files), outside
 * of the project: inside, the project's own n8n-workflow would be found instead of the core's, and every development
 * dependency with it. The one module that the package can find is n8n-workflow, as in n8n's Docker image, where a
 * strict pnpm tree hides the rest.
 *
 * @param packageFolder folder of a built package; its package.json must name what is published under "files"
 */
export async function layOut(packageFolder: string, coreFolder: string): Promise<EngineFolder> {
	const root = await mkdtemp(path.join(os.tmpdir(), 'n8n-engine-'));
	const { name, files }: { name: string; files: string[] } = JSON.parse(
		await readFile(path.join(packageFolder, 'package.json'), 'utf8'),
	);
	const installed = path.join(root, '.n8n', 'nodes', 'node_modules', name);
	// What is left out of a folder ("!dist/**/*.map") changes nothing for the engine.
	for (const file of ['package.json', ...files.filter((pattern) => !pattern.startsWith('!'))]) {
		await cp(path.join(packageFolder, file), path.join(installed, file), { recursive: true });
	}
	const modulesFolder = path.join(root, 'n8n', 'node_modules');
	await mkdir(modulesFolder, { recursive: true });
	await symlink(workflowPackageFolder(coreFolder), path.join(modulesFolder, 'n8n-workflow'));
	return { root, packageFolder: installed, modulesFolder };
}
