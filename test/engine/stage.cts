import { startEmulator, type Emulator } from '../emulator/emulator.cts';
import type { ZohoService } from '../emulator/zohoService.cts';
import { installCore, OLDER_CORES } from './cores/install.cts';
import {
	startEngine,
	type CredentialData,
	type Engine,
	type EngineOptions,
	type InputItem,
	type NodeResult,
	type RunRequest,
	type RunResult,
	type WorkflowJson,
} from './harness/engine.cts';

/** The name of the node under test in the workflows of {@link photoWorkflow}. */
export const PHOTO_NODE = 'Zoho CRM Photo';

/** The n8n-core versions that the engine tests run on: the project's own, with ENGINE_CORES=all the older ones too. */
export const CORES = process.env.ENGINE_CORES === 'all' ? ['root', ...OLDER_CORES] : ['root'];

/** How the node under test is set in a workflow. */
export interface PhotoNodeSettings {
	/** The node's parameters, as a workflow file has them. */
	parameters?: object;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: boolean;
	settings?: WorkflowJson['settings'];
	/** False leaves the node without a credential. */
	credential?: boolean;
}

/** What came of one run, seen from the node under test. */
export interface PhotoRun extends RunResult {
	node: NodeResult;
	/** Items of the success branch. */
	success: NodeResult['output'][number];
	/** Items of the error branch. */
	failure: NodeResult['output'][number];
}

/** n8n and Zoho together: the built package in a real n8n-core, and the emulated Zoho behind a proxy. */
export interface Stage {
	zoho: ZohoService;
	emulator: Emulator;
	engine: Engine;
	/** Runs source -> node under test once, with a credential that is connected unless one is given. */
	run(
		items: InputItem[],
		node?: PhotoNodeSettings,
		more?: Partial<RunRequest> & { credential?: CredentialData },
	): Promise<PhotoRun>;
	close(): Promise<void>;
}

/** A workflow of a source and the node under test, as n8n would export it. */
export function photoWorkflow({
	parameters,
	onError,
	retryOnFail,
	settings,
	credential,
}: PhotoNodeSettings): WorkflowJson {
	return {
		nodes: [
			{ name: 'Source', type: 'harness.source' },
			{
				name: PHOTO_NODE,
				type: 'n8n-nodes-zoho-crm-photo.zohoCrmPhoto',
				parameters: JSON.parse(JSON.stringify(parameters ?? {})),
				onError,
				retryOnFail,
				credentials: credential === false ? undefined : { zohoCrmPhotoOAuth2Api: { id: 'zoho', name: 'Zoho account' } },
			},
		],
		connections: { Source: { main: [[{ node: PHOTO_NODE, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', ...settings },
	};
}

/** Parameters that put each item's photo on the record that its JSON names in `id`. */
export function byItem(more: object = {}): object {
	return {
		module: { __rl: true, mode: 'name', value: 'Leads' },
		recordId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		...more,
	};
}

/** Starts a stage with one of {@link CORES}, which is installed first where it is an older one. */
export async function startStageOn(core: string, options: EngineOptions = {}): Promise<Stage> {
	return await startStage({ ...options, core: core === 'root' ? core : await installCore(core) });
}

/** Starts the emulator and an engine that reaches it alone. */
export async function startStage(options: EngineOptions = {}): Promise<Stage> {
	const emulator = await startEmulator();
	const engine = await startEngine({ ...options, env: { ...emulator.env, ...options.env } });
	const { zoho } = emulator;
	return {
		zoho,
		emulator,
		engine,
		async run(items, node = {}, more = {}) {
			const { credential, ...request } = more;
			const result = await engine.run({
				workflow: photoWorkflow({ parameters: byItem(), ...node }),
				items,
				credentials: { zoho: credential ?? zoho.connect() },
				...request,
			});
			const ran = result.nodes[PHOTO_NODE];
			if (ran === undefined) throw new Error(`The node under test did not run: ${result.error?.message}`);
			return { ...result, node: ran, success: ran.output[0] ?? [], failure: ran.output[1] ?? [] };
		},
		async close() {
			await engine.close();
			await emulator.close();
		},
	};
}
