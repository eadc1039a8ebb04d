import { createReadStream } from 'node:fs';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { InputBinary, InputItem } from './protocol.cts';
import { agent } from './tools.cts';

/** The node type that emits given items. */
export const SOURCE_TYPE = 'harness.source';

/**
 * Small node types that stand for n8n's own ones, which are not installed here, by full type name.
 *
 * @param itemsOf what the source of the given node name emits
 */
export function standInNodeTypes(itemsOf: (nodeName: string) => InputItem[]): ReadonlyMap<string, INodeType> {
	return new Map<string, INodeType>([
		[SOURCE_TYPE, source(itemsOf)],
		['harness.agent', agent],
		['n8n-nodes-base.manualTrigger', manualTrigger],
		['n8n-nodes-base.noOp', noOp],
		['n8n-nodes-base.stickyNote', stickyNote],
		['n8n-nodes-base.set', editFields],
	]);
}

/** Emits items, whose binary fields are made by n8n's own `prepareBinaryData`, as a trigger or a file node does. */
function source(itemsOf: (nodeName: string) => InputItem[]): INodeType {
	return {
		description: describe('source', ['trigger'], []),
		async execute() {
			const items: INodeExecutionData[] = [];
			for (const { json, binary, rawBinary } of itemsOf(this.getNode().name)) {
				const item: INodeExecutionData = { json: { ...json } };
				for (const [field, file] of Object.entries(binary ?? {})) {
					item.binary ??= {};
					item.binary[field] = await this.helpers.prepareBinaryData(open(file), file.fileName, file.mimeType);
				}
				// Through JSON, as no type describes what a Code node may leave.
				if (rawBinary !== undefined) item.binary = { ...item.binary, ...JSON.parse(JSON.stringify(rawBinary)) };
				items.push(item);
			}
			return [items];
		},
	};
}

function open({ data }: InputBinary): Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0] {
	if (data instanceof Uint8Array) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	return createReadStream(data.file);
}

const manualTrigger: INodeType = {
	description: describe('manualTrigger', ['trigger'], []),
	async execute() {
		return [[{ json: {} }]];
	},
};

const noOp: INodeType = {
	description: describe('noOp', ['organization'], ['main']),
	async execute() {
		return [this.getInputData()];
	},
};

const stickyNote: INodeType = {
	description: { ...describe('stickyNote', ['input'], []), outputs: [] },
	async execute() {
		return [];
	},
};

/**
 * Edit Fields (Set) 3.x in its two modes, without type conversion and dotted names. Binary fields go on only when other
 * fields are included.
 */
const editFields: INodeType = {
	description: describe(
		'set',
		['input'],
		['main'],
		[
			{ displayName: 'Mode', name: 'mode', type: 'string', default: 'manual' },
			{ displayName: 'JSON', name: 'jsonOutput', type: 'json', default: '{}' },
			{ displayName: 'Fields to Set', name: 'assignments', type: 'assignmentCollection', default: {} },
			{ displayName: 'Include Other Input Fields', name: 'includeOtherFields', type: 'boolean', default: false },
			{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [] },
		],
	),
	async execute() {
		return [this.getInputData().map((item, index) => setFields(this, item, index))];
	},
};

function setFields(node: IExecuteFunctions, input: INodeExecutionData, index: number): INodeExecutionData {
	const keepOthers = node.getNodeParameter('includeOtherFields', index, false) === true;
	const json: IDataObject = keepOthers ? { ...input.json } : {};
	if (node.getNodeParameter('mode', index, 'manual') === 'raw') {
		const given = node.getNodeParameter('jsonOutput', index, {});
		Object.assign(json, typeof given === 'string' ? JSON.parse(given) : given);
	} else {
		const given = node.getNodeParameter('assignments', index, {});
		for (const { name, value } of assignmentsIn(given)) json[name] = value;
	}
	return { json, pairedItem: { item: index }, ...(keepOthers && input.binary ? { binary: input.binary } : {}) };
}

function assignmentsIn(given: unknown): Array<{ name: string; value: IDataObject[string] }> {
	if (typeof given !== 'object' || given === null || !('assignments' in given)) return [];
	return Array.isArray(given.assignments) ? given.assignments : [];
}

function describe(
	name: string,
	group: INodeTypeDescription['group'],
	inputs: Array<'main'>,
	properties: INodeProperties[] = [],
): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group,
		version: [1, 2, 3, 3.1, 3.2, 3.3, 3.4],
		description: '',
		defaults: { name },
		inputs,
		outputs: ['main'],
		properties,
	};
}
