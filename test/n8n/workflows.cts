import { randomUUID } from 'node:crypto';

/** Name of the node under test in the workflows here. */
export const PHOTO = 'Zoho CRM Photo';
/** Name of the trigger of workflows that are run by hand. */
export const MANUAL = 'Start';
/** Name of the webhook that takes files. */
export const WEBHOOK = 'Webhook';

/** A node of a workflow. */
export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: object;
	credentials?: object;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	webhookId?: string;
}

/** The type name of the node under test, as n8n's installer gives it. */
export const PHOTO_TYPE = 'n8n-nodes-zoho-crm-photo.zohoCrmPhoto';

/** The node under test: each item's photo goes to the lead that its JSON names in `id`. */
export function photoNode(
	credentialId: string,
	more: Partial<WorkflowNode> & { parameters?: object } = {},
): WorkflowNode {
	return {
		name: PHOTO,
		type: PHOTO_TYPE,
		typeVersion: 1,
		credentials: { zohoCrmPhotoOAuth2Api: { id: credentialId, name: 'Zoho account' } },
		...more,
		parameters: {
			module: { __rl: true, mode: 'name', value: 'Leads' },
			recordId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			...more.parameters,
		},
	};
}

/** A trigger that is started by hand. */
export const manualTrigger: WorkflowNode = { name: MANUAL, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 };

/** Reads the files that a pattern names, from the disk. */
export function readFiles(pattern: string): WorkflowNode {
	return {
		name: 'Read Photos',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1,
		parameters: { fileSelector: pattern, options: {} },
	};
}

/** JavaScript that runs once for all items. */
export function code(name: string, text: string): WorkflowNode {
	return { name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: text } };
}

/** Takes the files of a form post and answers with what the last node gave. */
export function webhook(path: string): WorkflowNode {
	return {
		name: WEBHOOK,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'allEntries', options: {} },
		webhookId: randomUUID(),
	};
}

/** Makes one item of each file; the record's id is what the file's name begins with. */
export const splitFiles = code(
	'One Item per File',
	`const binary = $input.first().binary;
return Object.values(binary).map((file) => ({ json: { id: file.fileName.split('-')[0] }, binary: { data: file } }));`,
);

/** Gives each item the id that its file's name begins with. */
export const idByFileName = code(
	'Id by File Name',
	`return $input.all().map((item, index) => ({
	json: { id: item.binary.data.fileName.split('-')[0], name: item.binary.data.fileName },
	binary: item.binary,
	pairedItem: index,
}));`,
);

/** A workflow whose nodes follow one another. */
export function chain(name: string, nodes: readonly WorkflowNode[]): object {
	return workflow(
		name,
		nodes,
		nodes.slice(1).map((node, place) => ({ from: nodes[place]?.name ?? '', to: node.name })),
	);
}

/** A workflow of nodes and the lines between them. */
export function workflow(
	name: string,
	nodes: readonly WorkflowNode[],
	lines: ReadonlyArray<{ from: string; output?: number; to: string; kind?: 'main' | 'ai_tool' | 'ai_languageModel' }>,
): object {
	const connections: Record<string, Record<string, Array<Array<{ node: string; type: string; index: number }>>>> = {};
	for (const { from, output = 0, to, kind = 'main' } of lines) {
		const outputs = ((connections[from] ??= {})[kind] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: kind, index: 0 });
	}
	return {
		name,
		nodes: nodes.map((node, place) => ({ id: randomUUID(), position: [place * 220, 0], parameters: {}, ...node })),
		connections,
		settings: { executionOrder: 'v1' },
	};
}
