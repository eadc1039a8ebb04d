import path from 'node:path';
import {
	startEngine,
	type InputItem,
	type WorkflowJson,
	type WorkflowNode,
} from '../../test/engine/harness/engine.cts';
import { HTTP_REQUEST_FILE, HTTP_REQUEST_TYPE, installHttpRequestNode } from '../http-request-node/install.cts';
import { makeProbe } from '../measure/probed.cts';
import type { Workload } from '../work/workload.cts';
import type { Job, Subject } from './subject.cts';

const CREDENTIALS = { zohoCrmPhotoOAuth2Api: { id: 'zoho', name: 'Zoho account' } };
const UPLOADER = 'Upload';

/** A node of n8n as a subject: given items with photos, in a real n8n-core with binary data in files, n8n's own default. */
function n8nSubject(key: string, name: string, nodeFor: (work: Workload) => Omit<WorkflowNode, 'name'>): Subject {
	return {
		key,
		name,
		does: (work) => key === 'node' || !work.columns.includes('stall'),
		async start(emulator, work) {
			const core = await installHttpRequestNode();
			const probe = await makeProbe();
			const engine = await startEngine({
				core,
				packageFolder: path.resolve(__dirname, '../..'),
				nodeFiles: { [HTTP_REQUEST_TYPE]: HTTP_REQUEST_FILE },
				nodeArgs: probe.nodeArgs,
				env: { ...emulator.env, ...probe.env, N8N_LOG_LEVEL: 'warn' },
			});
			const uploader: WorkflowNode = {
				name: UPLOADER,
				credentials: CREDENTIALS,
				onError: 'continueErrorOutput',
				...nodeFor(work),
			};
			const idle: WorkflowNode = { name: UPLOADER, type: 'n8n-nodes-base.noOp' };
			const run = async (node: WorkflowNode, { photos, credential }: Job) =>
				await engine.run({
					workflow: workflowOf(node),
					items: photos.map(itemOf),
					credentials: { zoho: credential },
					omitOutput: ['Source', UPLOADER],
				});
			return {
				async run(job) {
					const beforeInput = await probe.read();
					if (work.columns.includes('cpu')) await run(idle, job);
					const before = await probe.start();
					const result = await run(uploader, job);
					const after = await probe.read();
					const node = result.nodes[UPLOADER];
					if (node === undefined) throw new Error(`${name} did not run: ${result.error?.message}`);
					const inputCpu = before.cpuSeconds - beforeInput.cpuSeconds;
					return {
						seconds: node.executionTimeMs / 1000,
						cpuSeconds: after.cpuSeconds - before.cpuSeconds - inputCpu,
						before,
						after,
					};
				},
				async close() {
					await engine.close();
					await probe.remove();
				},
			};
		},
	};
}

function workflowOf(node: WorkflowNode): WorkflowJson {
	return {
		nodes: [{ name: 'Source', type: 'harness.source' }, node],
		connections: { Source: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	};
}

function itemOf({ file, fileName, recordId }: Job['photos'][number]): InputItem {
	return { json: { id: recordId }, binary: { data: { data: { file }, fileName, mimeType: 'image/jpeg' } } };
}

/** This project's node. */
export const zohoCrmPhoto = n8nSubject('node', 'Zoho CRM Photo', ({ parallel, columns }) => ({
	type: 'n8n-nodes-zoho-crm-photo.zohoCrmPhoto',
	parameters: {
		module: { __rl: true, mode: 'name', value: 'Leads' },
		recordId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		options: { parallelUploads: parallel, ...(columns.includes('stall') && { unfitPhoto: 'fit' }) },
	},
}));

/** n8n's HTTP Request node as its docs say for a file upload: "Form-Data", "n8n Binary File", predefined credential type. */
function httpRequest(options: Record<string, object>): Omit<WorkflowNode, 'name'> {
	return {
		type: HTTP_REQUEST_TYPE,
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: '=https://www.zohoapis.com/crm/v8/Leads/{{ $json.id }}/photo',
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'zohoCrmPhotoOAuth2Api',
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: {
				parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }],
			},
			options: JSON.parse(JSON.stringify(options)),
		},
	};
}

/** n8n's HTTP Request node as it comes: all items at once. */
export const httpRequestAsItComes = n8nSubject('http', 'HTTP Request', () => httpRequest({}));

/**
 * n8n's HTTP Request node with the option Batching, as n8n's docs advise against rate limits ("Handling API rate limits"):
 * as many items as the API takes at a time, and the default pause of a second in between.
 */
export const httpRequestBatching = n8nSubject('batching', 'HTTP Request, batching', ({ cap, parallel }) =>
	httpRequest({ batching: { batch: { batchSize: Math.min(cap, parallel), batchInterval: 1000 } } }),
);
