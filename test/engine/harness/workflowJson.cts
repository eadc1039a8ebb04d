import type { IConnections, INode, IWorkflowBase, IWorkflowSettings, NodeConnectionType, OnError } from 'n8n-workflow';
import type { WorkflowJson, WorkflowNode } from './protocol.cts';
import { SOURCE_TYPE } from './standIns.cts';

/**
 * Workflow JSON as n8n-core takes it, with n8n's defaults for what is left out.
 *
 * @param replaced names of the nodes whose place a source takes
 * @throws Error for a connection type or an onError value it does not know, or a name to replace that is not there
 */
export function toWorkflowData(workflow: WorkflowJson, replaced: string[]): IWorkflowBase {
	for (const name of replaced) {
		if (!workflow.nodes.some((node) => node.name === name)) throw new Error(`No node "${name}" to stand in for.`);
	}
	const now = new Date();
	return {
		id: 'harness-workflow',
		name: 'Harness',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: now,
		updatedAt: now,
		nodes: workflow.nodes.map((node, index) => toNode(replaced.includes(node.name) ? asSource(node) : node, index)),
		connections: toConnections(workflow.connections),
		settings: toSettings(workflow.settings ?? {}),
	};
}

function asSource({ name, id, position, disabled }: WorkflowNode): WorkflowNode {
	return { name, type: SOURCE_TYPE, id, position, disabled };
}

function toNode(node: WorkflowNode, index: number): INode {
	const { position = [index * 200, 0], onError, credentials, ...same } = node;
	const [x = 0, y = 0] = position;
	return {
		...same,
		id: node.id ?? `node-${index}`,
		typeVersion: node.typeVersion ?? 1,
		position: [x, y],
		parameters: node.parameters ?? {},
		...(credentials && { credentials }),
		...(onError !== undefined && { onError: toOnError(onError) }),
	};
}

function toOnError(value: string): OnError {
	if (value === 'continueErrorOutput' || value === 'continueRegularOutput' || value === 'stopWorkflow') return value;
	throw new Error(`n8n has no onError value "${value}".`);
}

function toConnections(connections: WorkflowJson['connections']): IConnections {
	const result: IConnections = {};
	for (const [source, byType] of Object.entries(connections)) {
		const outputs: IConnections[string] = (result[source] = {});
		for (const [type, branches] of Object.entries(byType)) {
			outputs[type] = branches.map((targets) =>
				(targets ?? []).map(({ node, type: kind, index }) => ({ node, type: toConnectionType(kind), index })),
			);
		}
	}
	return result;
}

function toConnectionType(type: string): NodeConnectionType {
	if (type === 'main' || type === 'ai_tool') return type;
	throw new Error(`The harness has no connection type "${type}".`);
}

function toSettings(settings: NonNullable<WorkflowJson['settings']>): IWorkflowSettings {
	const { executionOrder, binaryMode, timezone } = settings;
	return {
		executionOrder: executionOrder === 'v0' ? 'v0' : 'v1',
		...(binaryMode === 'combined' || binaryMode === 'separate' ? { binaryMode } : {}),
		...(timezone !== undefined && { timezone }),
	};
}
