import { createRequire } from 'node:module';
import path from 'node:path';
import type { ICredentialType, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import type { Core } from './core.cts';
import { oAuth2Api } from './oauth2-credential.cts';
import { toolForm } from './tools.cts';

/** What the package under test brings, read by n8n-core's own loader. */
export interface InstalledPackage {
	/** By full name, e.g. "n8n-nodes-zoho-crm-photo.zohoCrmPhoto". */
	nodeTypes: ReadonlyMap<string, INodeType | IVersionedNodeType>;
	/** By name, n8n's own parent credential `oAuth2Api` included. */
	credentialTypes: ReadonlyMap<string, ICredentialType>;
}

/**
 * Loads the package as n8n does: n8n-core's PackageDirectoryLoader reads the "n8n" part of package.json, then n8n adds
 * the domain restriction fields to the credentials (n8n 2.41.1, dist/load-nodes-and-credentials.js).
 * Further node types come from single files, by full name.
 * Throws what the loader throws: a missing file, a class with another name than its file, a module that is not there.
 */
export async function loadPackage(
	n8n: Core,
	folder: string,
	nodeFiles: Record<string, string>,
): Promise<InstalledPackage> {
	const loader = new n8n.core.PackageDirectoryLoader(folder);
	await loader.loadAll();
	const nodeTypes = new Map(
		Object.entries(loader.nodeTypes).map(([name, { type }]) => [`${loader.packageName}.${name}`, type]),
	);
	for (const [name, file] of Object.entries(nodeFiles)) nodeTypes.set(name, loadNodeFile(file));
	const credentialTypes = new Map([[oAuth2Api.name, oAuth2Api]]);
	for (const [name, { type }] of Object.entries(loader.credentialTypes)) {
		if ('injectDomainRestrictionFields' in n8n.workflow) {
			type.properties = n8n.workflow.injectDomainRestrictionFields(type);
		}
		credentialTypes.set(name, type);
	}
	return { nodeTypes, credentialTypes };
}

/** The node type whose class a file exports under its own name, e.g. `HttpRequest` in HttpRequest.node.js. */
function loadNodeFile(file: string): INodeType | IVersionedNodeType {
	const exported: Record<string, new () => INodeType | IVersionedNodeType> = createRequire(file)(file);
	const NodeClass = exported[path.basename(file, '.node.js')];
	if (NodeClass === undefined) throw new Error(`No class of the file's name in ${file}.`);
	return new NodeClass();
}

/** The node types of one execution: the installed ones and the stand-ins. */
export class AvailableNodeTypes implements INodeTypes {
	constructor(
		private readonly n8n: Core,
		private readonly installed: ReadonlyMap<string, INodeType | IVersionedNodeType>,
		private readonly standIns: ReadonlyMap<string, INodeType>,
	) {}

	getByName(name: string): INodeType | IVersionedNodeType {
		const type = this.find(name) ?? this.find(name.replace(/Tool$/, ''));
		if (type === undefined) throw new Error(`Unrecognized node type: ${name}`);
		return type;
	}

	/** As n8n does it, the name of a node with "Tool" added gives its tool form. */
	getByNameAndVersion(name: string, version?: number): INodeType {
		const type = this.n8n.workflow.NodeHelpers.getVersionedNodeType(this.getByName(name), version);
		return this.find(name) === undefined ? toolForm(type) : type;
	}

	private find(name: string): INodeType | IVersionedNodeType | undefined {
		return this.installed.get(name) ?? this.standIns.get(name);
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}
}
