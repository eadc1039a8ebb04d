import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether an AI agent calls the node as a tool, which n8n gives a type of its own: no file reaches it, and none leaves it. */
export function isTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}
