import { readFile } from 'node:fs/promises';

import type { WorkflowJson } from '../test/engine/harness/engine.cts';

/** Type of the node that this package brings. */
export const PHOTO_NODE_TYPE = 'n8n-nodes-zoho-crm-photo.zohoCrmPhoto';

/**
 * A workflow file as n8n exports it, with a credential chosen in its Zoho CRM Photo nodes: exported files hold none.
 *
 * @param file path of the JSON file
 * @param credentialId id under which the credential is stored
 */
export async function readWorkflow(file: string, credentialId: string): Promise<WorkflowJson> {
	const workflow: WorkflowJson = JSON.parse(await readFile(file, 'utf8'));
	for (const node of workflow.nodes) {
		if (node.type !== PHOTO_NODE_TYPE) continue;
		node.credentials = { zohoCrmPhotoOAuth2Api: { id: credentialId, name: 'Zoho CRM' } };
	}
	return workflow;
}
