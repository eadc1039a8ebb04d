import type { IDataObject, INodeType } from 'n8n-workflow';

/**
 * The tool form of a node with `usableAsTool`, under the same name with "Tool" added: no main input, one tool output, a
 * description for the model (n8n 2.41.1, dist/tool-generation/ai-tools.js).
 *
 * @throws Error when the node cannot be used as a tool, as n8n does
 */
export function toolForm(nodeType: INodeType): INodeType {
	const { description } = nodeType;
	if (!description.usableAsTool) throw new Error(`Node cannot be used as a tool: ${description.name}`);
	const form: INodeType = Object.create(nodeType);
	form.description = {
		...description,
		name: `${description.name}Tool`,
		inputs: [],
		outputs: ['ai_tool'],
		usableAsTool: undefined,
		properties: [
			{ displayName: 'Tool Description', name: 'descriptionType', type: 'options', options: [], default: 'auto' },
			{ displayName: 'Description', name: 'toolDescription', type: 'string', default: description.description },
			...description.properties,
		],
	};
	return form;
}

/**
 * Stands for an AI agent: for each input item it calls every connected tool once with the parameter `arguments`, and
 * gives what the model would get: `{tool, description, response}`, or `{tool, description, error}`.
 */
export const agent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Agent' },
		inputs: ['main', 'ai_tool'],
		outputs: ['main'],
		properties: [{ displayName: 'Arguments', name: 'arguments', type: 'json', default: {} }],
	},
	async execute() {
		const output = [];
		for (const index of this.getInputData().keys()) {
			const given = this.getNodeParameter('arguments', index, {});
			for (const tool of toolsIn(await this.getInputConnectionData('ai_tool', index))) {
				const called = { tool: tool.name, description: tool.description };
				output.push({ json: { ...called, ...(await call(tool, given)) }, pairedItem: { item: index } });
			}
		}
		return [output];
	},
};

/** What n8n-core makes of a tool node: a tool of LangChain's. */
interface Tool {
	name: string;
	description: string;
	invoke(given: unknown): Promise<unknown>;
}

async function call(tool: Tool, given: unknown): Promise<IDataObject> {
	try {
		return { response: String(await tool.invoke(given)) };
	} catch (fault) {
		return { error: fault instanceof Error ? fault.message : String(fault) };
	}
}

function toolsIn(connected: unknown): Tool[] {
	return (Array.isArray(connected) ? connected : [connected]).filter(isTool);
}

function isTool(value: unknown): value is Tool {
	return typeof value === 'object' && value !== null && 'invoke' in value && 'name' in value && 'description' in value;
}
