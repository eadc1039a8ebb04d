// n8n's classes carry decorator metadata: without this first, loading the core throws.
import 'reflect-metadata';
import { createRequire } from 'node:module';
import * as n8nCore from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';
import type { ICredentialType, INodeTypes, Workflow } from 'n8n-workflow';

import { ZohoCrmPhotoOAuth2Api } from '../../credentials/ZohoCrmPhotoOAuth2Api.credentials';
import { ZohoCrmPhoto } from '../../nodes/ZohoCrmPhoto/ZohoCrmPhoto.node';
import { CREDENTIAL_TYPE, n8nOfExecution, type N8n } from '../../nodes/ZohoCrmPhoto/zoho/n8n';
import { additionalDataFor } from '../engine/harness/additionalData.cts';
import type { Core } from '../engine/harness/core.cts';
import { CredentialStore, StoredCredentials } from '../engine/harness/credentials.cts';
import { oAuth2Api } from '../engine/harness/oauth2-credential.cts';

/** The door to Zoho as n8n itself opens it for a running node: signing, renewing and sending are n8n-core's. */
export interface RealDoor extends N8n {
	/** The credential as it is stored now. */
	stored(): Record<string, unknown>;
	/** Stores a credential, as another execution does. */
	store(credential: object): void;
}

/** The project's n8n-core, in the test's own process: nothing of it is replaced. */
export async function core(): Promise<Core> {
	// 'legacy': the other engine needs isolated-vm, which is built for Node 24 only.
	await n8nWorkflow.Expression.initExpressionEngine({
		engine: 'legacy',
		poolSize: 1,
		maxCodeCacheSize: 64,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
	});
	const di: typeof import('@n8n/di') = createRequire(require.resolve('n8n-core'))('@n8n/di');
	return { version: '2.41.1', core: n8nCore, workflow: n8nWorkflow, container: di.Container };
}

/** The credential types by name: the node's own, and its parent. */
export function credentialTypes(): Map<string, ICredentialType> {
	return new Map<string, ICredentialType>([
		[CREDENTIAL_TYPE, new ZohoCrmPhotoOAuth2Api()],
		[oAuth2Api.name, oAuth2Api],
	]);
}

/**
 * Opens the door for one credential.
 *
 * @param credential what n8n would have stored, in the clear
 */
export async function openDoor(credential: object): Promise<RealDoor> {
	const n8n = await core();
	const store = new CredentialStore(0);
	const keep = (data: object): void => store.set('zoho', data);
	keep(credential);
	const node = {
		id: '1',
		name: 'Zoho CRM Photo',
		type: 'zohoCrmPhoto',
		typeVersion: 1,
		position: [0, 0] satisfies [number, number],
		parameters: {},
		credentials: { [CREDENTIAL_TYPE]: { id: 'zoho', name: 'Zoho account' } },
	};
	const type = new ZohoCrmPhoto();
	const nodeTypes: INodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow: Workflow = new n8n.workflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const helper = new StoredCredentials(n8n, credentialTypes(), store);
	const input = { main: [[{ json: {} }]] };
	const context = new n8n.core.ExecuteContext(
		workflow,
		node,
		additionalDataFor(n8n, helper),
		'manual',
		n8n.workflow.createRunExecutionData(),
		0,
		[{ json: {} }],
		input,
		{ node, data: input, source: null },
		[],
	);
	return { ...n8nOfExecution(context), stored: () => store.get('zoho'), store: keep };
}
