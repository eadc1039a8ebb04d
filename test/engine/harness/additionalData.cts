import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { Core } from './core.cts';

/** The addresses that an n8n on its default port gives; n8n-core refuses to run without valid ones. */
const HOST = 'http://127.0.0.1:5678/';

/** What n8n hands to every execution beside the workflow; without sub-workflows and task runners. */
export function additionalDataFor(
	n8n: Core,
	credentialsHelper: ICredentialsHelper,
	executionId?: string,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		executionId,
		externalSecretsProxy: n8n.container.get(n8n.core.ExternalSecretsProxy),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${HOST}rest`,
		instanceBaseUrl: HOST,
		formBaseUrl: `${HOST}form`,
		formWaitingBaseUrl: `${HOST}form-waiting`,
		formTestBaseUrl: `${HOST}form-test`,
		webhookBaseUrl: `${HOST}webhook`,
		webhookWaitingBaseUrl: `${HOST}webhook-waiting`,
		webhookTestBaseUrl: `${HOST}webhook-test`,
		mcpBaseUrl: `${HOST}mcp`,
		mcpTestBaseUrl: `${HOST}mcp-test`,
		logAiEvent: () => undefined,
		setExecutionStatus: () => undefined,
		sendDataToUI: () => undefined,
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		executeWorkflow: async () => {
			throw new Error('The harness runs no sub-workflows.');
		},
		startRunnerTask: async () => {
			throw new Error('The harness has no task runners.');
		},
	};
}
