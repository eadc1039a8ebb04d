import { additionalDataFor } from './additionalData.cts';
import type { Core } from './core.cts';
import { StoredCredentials, type CredentialStore } from './credentials.cts';
import { AvailableNodeTypes, type InstalledPackage } from './installedPackage.cts';
import type { ListSearchReport, ListSearchRequest } from './protocol.cts';
import { plainError } from './result.cts';

/**
 * Calls a node type's `methods.listSearch` in a real LoadOptionsContext, as the editor's server side does (n8n 2.41.1,
 * dist/services/dynamic-node-parameters.service.js): a workflow of one node "Temp-Node" with the parameters as they
 * stand in the panel. What the method throws becomes `error`; an unknown node type or method is thrown.
 */
export async function listSearch(
	n8n: Core,
	installed: InstalledPackage,
	store: CredentialStore,
	request: ListSearchRequest,
): Promise<ListSearchReport> {
	const { nodeType, typeVersion = 1, parameters = {}, path = 'parameters', filter, paginationToken } = request;
	const nodeTypes = new AvailableNodeTypes(n8n, installed.nodeTypes, new Map());
	const method = nodeTypes.getByNameAndVersion(nodeType, typeVersion).methods?.listSearch?.[request.method];
	if (method === undefined) throw new Error(`Node type "${nodeType}" has no listSearch method "${request.method}".`);
	const credentials = Object.fromEntries(
		Object.entries(request.credentials ?? {}).map(([type, id]) => [type, { id, name: id }]),
	);
	const workflow = new n8n.workflow.Workflow({
		nodes: [{ id: 'temp', name: 'Temp-Node', type: nodeType, typeVersion, position: [0, 0], parameters, credentials }],
		connections: {},
		active: false,
		nodeTypes,
	});
	const node = workflow.getNode('Temp-Node');
	if (node === null) throw new Error('n8n dropped the node.');
	const helper = new StoredCredentials(n8n, installed.credentialTypes, store);
	const additionalData = { ...additionalDataFor(n8n, helper), currentNodeParameters: parameters };
	const context = new n8n.core.LoadOptionsContext(workflow, node, additionalData, path);
	try {
		const { results, paginationToken: next } = await method.call(context, filter, paginationToken);
		return {
			results: results.map(({ name, value, url, description }) => ({ name, value, url, description })),
			...(next !== undefined && { paginationToken: String(next) }),
			tokenUpdates: helper.tokenUpdates,
		};
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return { results: [], error: plainError(n8n, error), tokenUpdates: helper.tokenUpdates };
	}
}
