import type { INode, IRun, Workflow } from 'n8n-workflow';
import { additionalDataFor } from './additionalData.cts';
import type { Core } from './core.cts';
import { StoredCredentials, type CredentialStore } from './credentials.cts';
import { AvailableNodeTypes, type InstalledPackage } from './installedPackage.cts';
import type { Calls, InputItem, RunReport, WorkflowJson } from './protocol.cts';
import { asStored, nodeResults, plainError } from './result.cts';
import { SOURCE_TYPE, standInNodeTypes } from './standIns.cts';
import { toWorkflowData } from './workflowJson.cts';

type Request = Calls['run']['takes'];

/** Runs workflows through n8n-core's WorkflowExecute, several at once if asked, and cancels them. */
export class Executions {
	private readonly running = new Map<string, { cancel(): void }>();

	constructor(
		private readonly n8n: Core,
		private readonly installed: InstalledPackage,
		private readonly store: CredentialStore,
	) {}

	/**
	 * One execution in mode "manual", from start to end. A node's error is part of the report; what n8n refuses to start
	 * (a missing required parameter, no start node, an unknown node type) is thrown.
	 */
	async run(request: Request): Promise<RunReport> {
		const { executionId, standIns = {}, items = [{ json: {} }] } = request;
		const { core, workflow: n8nWorkflow } = this.n8n;
		for (const [id, data] of Object.entries(request.credentials ?? {})) this.store.set(id, data);
		const data = toWorkflowData(request.workflow, Object.keys(standIns));
		const itemsOf = (nodeName: string): InputItem[] => standIns[nodeName] ?? items;
		const nodeTypes = new AvailableNodeTypes(this.n8n, this.installed.nodeTypes, standInNodeTypes(itemsOf));
		const workflow = new n8nWorkflow.Workflow({ ...data, nodeTypes });
		const helper = new StoredCredentials(this.n8n, this.installed.credentialTypes, this.store);
		const additionalData = additionalDataFor(this.n8n, helper, executionId);
		additionalData.hooks = new core.ExecutionLifecycleHooks('manual', executionId, data);
		// Not WorkflowExecute.run, which takes its arguments in another form on n8n-core 2.0 and 1.x.
		const start = { node: startNodeOf(workflow, request.startNode), data: { main: [[{ json: {} }]] }, source: null };
		const runData = n8nWorkflow.createRunExecutionData({ executionData: { nodeExecutionStack: [start] } });
		const running = new core.WorkflowExecute(additionalData, 'manual', runData).processRunExecutionData(workflow);
		this.running.set(executionId, running);
		const timer =
			request.cancelAfter === undefined ? undefined : setTimeout(() => running.cancel(), request.cancelAfter);
		try {
			return await this.report(request, helper, await running);
		} finally {
			clearTimeout(timer);
			this.running.delete(executionId);
		}
	}

	/** Cancels as n8n's stop button does. False when no such execution is running. */
	cancel(executionId: string): boolean {
		const running = this.running.get(executionId);
		running?.cancel();
		return running !== undefined;
	}

	private async report(request: Request, helper: StoredCredentials, run: IRun): Promise<RunReport> {
		const { error } = run.data.resultData;
		return {
			executionId: request.executionId,
			status: run.status,
			...(error && { error: plainError(this.n8n, error) }),
			nodes: await nodeResults(this.n8n, run, request.omitOutput ?? []),
			credentials: this.credentialsOf(request.workflow),
			tokenUpdates: helper.tokenUpdates,
			...(request.keepExecutionData && { executionData: asStored(this.n8n, run.data) }),
		};
	}

	private credentialsOf(workflow: WorkflowJson): RunReport['credentials'] {
		const ids = workflow.nodes.flatMap(({ credentials }) => Object.values(credentials ?? {}).map(({ id }) => id ?? ''));
		return Object.fromEntries(ids.filter((id) => this.store.has(id)).map((id) => [id, this.store.get(id)]));
	}
}

/** The start node as n8n picks it (triggers, then n8n's list of starting node types), else the first source. */
function startNodeOf(workflow: Workflow, name: string | undefined): INode {
	if (name !== undefined) {
		const node = workflow.getNode(name);
		if (node === null) throw new Error(`No node "${name}" to start from.`);
		return node;
	}
	const isSource = ({ type, disabled }: INode) => type === SOURCE_TYPE && disabled !== true;
	const node = workflow.getStartNode() ?? Object.values(workflow.nodes).find(isSource);
	if (node === undefined) throw new Error('No node to start the workflow from could be found');
	return node;
}
