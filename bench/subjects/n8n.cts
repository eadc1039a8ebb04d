import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
	startEngine,
	type InputItem,
	type WorkflowJson,
	type WorkflowNode,
} from '../../test/engine/harness/engine.cts';
import { HTTP_REQUEST_FILE, HTTP_REQUEST_TYPE, installHttpRequestNode } from '../http-request-node/install.cts';
import { makeProbe } from '../measure/probed.cts';
import type { Workload } from '../work/workload.cts';
import type { Job, Ran, Subject } from './subject.cts';

const CREDENTIALS = { zohoCrmPhotoOAuth2Api: { id: 'zoho', name: 'Zoho account' } };
const UPLOADER = 'Upload';

/** A node of n8n as a subject: given items with photos, in a real n8n-core with binary data in files, n8n's own default. */
function n8nSubject(key: string, name: string, nodeFor: (work: Workload) => Omit<WorkflowNode, 'name'>): Subject {
	return {
		key,
		name,
		does: (work) => key === 'node' || (!isOurs(work) && isFor(key, work)),
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
			const crowd = async ({ photos, credential }: Job, within: number): Promise<number> => {
				await engine.storeCredentials({ zoho: credential });
				const begun = performance.now();
				const runs = photos.map(async (photo, n) => {
					await setTimeout((n * within * 1000) / photos.length);
					await engine.run({
						workflow: workflowOf(uploader),
						items: [itemOf(photo)],
						omitOutput: ['Source', UPLOADER],
					});
				});
				await Promise.all(runs);
				return (performance.now() - begun) / 1000;
			};
			const beside = async (job: Job, singles: number): Promise<Ran> => {
				const before = await probe.start();
				const backfill = run(uploader, { ...job, photos: job.photos.slice(0, -singles) });
				const waits = job.photos.slice(-singles).map(async (photo, n) => {
					await setTimeout((n + 1) * 1000);
					const begun = performance.now();
					await engine.run({
						workflow: workflowOf(uploader),
						items: [itemOf(photo)],
						omitOutput: ['Source', UPLOADER],
					});
					return (performance.now() - begun) / 1000;
				});
				const [result, ...seconds] = await Promise.all([backfill, ...waits]);
				const after = await probe.read();
				return {
					seconds: (result.nodes[UPLOADER]?.executionTimeMs ?? 0) / 1000,
					longestSingle: Math.max(...seconds),
					cpuSeconds: after.cpuSeconds - before.cpuSeconds,
					before,
					after,
				};
			};
			return {
				async run(job) {
					if (work.crowdWithin !== undefined && !job.isWarmUp) {
						const before = await probe.start();
						const seconds = await crowd(job, work.crowdWithin);
						const after = await probe.read();
						return { seconds, cpuSeconds: after.cpuSeconds - before.cpuSeconds, before, after };
					}
					if (work.singles !== undefined && !job.isWarmUp) return await beside(job, work.singles);
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

/** Whether other ways cannot do it, or would need a workflow of several nodes: make photos fit, find records, keep photos. */
function isOurs({ columns, knownBy, kept }: Workload): boolean {
	return columns.includes('stall') || knownBy !== undefined || kept !== undefined;
}

/** Retry On Fail is for a crowd alone, as it runs all items of an execution again; Batching for many items of one. */
function isFor(key: string, { crowdWithin, singles }: Workload): boolean {
	if (singles !== undefined) return key === 'node' || key === 'batching';
	return crowdWithin === undefined ? key !== 'retry' : key !== 'batching';
}

function workflowOf(node: WorkflowNode): WorkflowJson {
	return {
		nodes: [{ name: 'Source', type: 'harness.source' }, node],
		connections: { Source: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	};
}

function itemOf({ file, fileName, recordId, email }: Job['photos'][number]): InputItem {
	return { json: { id: recordId, email }, binary: { data: { data: { file }, fileName, mimeType: 'image/jpeg' } } };
}

/** This project's node. */
export const zohoCrmPhoto = n8nSubject('node', 'Zoho CRM Photo', ({ parallel, knownBy, kept, largestSide = 0 }) => ({
	type: 'n8n-nodes-zoho-crm-photo.zohoCrmPhoto',
	parameters: {
		module: { __rl: true, mode: 'name', value: 'Leads' },
		recordId:
			knownBy === 'email'
				? { __rl: true, mode: 'field', value: '={{ $json.email }}' }
				: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		options: { parallelUploads: parallel, largestSide, ...(kept !== undefined && { existingPhoto: 'keep' }) },
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

/** n8n's HTTP Request node with Retry On Fail, at the most that n8n's editor takes: 5 tries, 5 s between them. */
export const httpRequestRetrying = n8nSubject('retry', 'HTTP Request, Retry On Fail', () => ({
	...httpRequest({}),
	onError: 'stopWorkflow',
	retryOnFail: true,
	maxTries: 5,
	waitBetweenTries: 5000,
}));
