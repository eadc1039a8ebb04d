import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { layOut, type EngineFolder } from './engineFolder.cts';
import { OutputLog } from './outputLog.cts';
import {
	endOfOutput,
	type Answer,
	type Calls,
	type CpuUse,
	type CredentialData,
	type ListSearchRequest,
	type ListSearchResult,
	type MemoryUse,
	type Method,
	type RunRequest,
	type RunResult,
	type WorkerSettings,
} from './protocol.cts';

export type * from './protocol.cts';

const PROJECT = path.resolve(__dirname, '../../..');

/** How the engine process starts. */
export interface EngineOptions {
	/** 'root': the project's own n8n-core. Else a folder that holds node_modules/n8n-core. */
	core?: string;
	/** Folder of the built package under test; the project's own when left out. */
	packageFolder?: string;
	/** On top of a small, clean environment: e.g. HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS. */
	env?: Record<string, string>;
	/** Where binary data lies: in memory ('default') or in files ('filesystem', n8n's own default). */
	binaryMode?: 'default' | 'filesystem';
	/**
	 * Further node types by full name, e.g. "n8n-nodes-base.httpRequest": the built file of each, which exports a class
	 * named as the file is, and finds the n8n-workflow of the same core.
	 */
	nodeFiles?: Record<string, string>;
	/** Milliseconds that an execution waits for a credential, as n8n's database takes them; none when left out. */
	credentialReadMs?: number;
	/** Arguments for Node itself, e.g. --max-old-space-size=512. */
	nodeArgs?: string[];
}

/** An n8n-core in a process of its own, with the package under test installed. */
export interface Engine {
	/** The version of its n8n-core, e.g. "2.41.1". */
	readonly coreVersion: string;
	/**
	 * Runs a workflow once. Several at once are several executions in parallel, which share the credential store; their
	 * `logs` then hold each other's lines too. Rejects when n8n refuses to start the workflow, and when the process ends.
	 */
	run(request: RunRequest): Promise<RunResult>;
	/** Cancels the run with this `executionId`; false when it is not running (any more). */
	cancel(executionId: string): Promise<boolean>;
	/** Searches a resource locator's list as the editor does. What the method throws is in the result's `error`. */
	listSearch(request: ListSearchRequest): Promise<ListSearchResult>;
	/** Writes whole credentials to the store, by id. */
	storeCredentials(credentials: Record<string, object>): Promise<void>;
	/** Everything in the store, by id. */
	storedCredentials(): Promise<Record<string, CredentialData>>;
	/** Resident memory of the engine process in bytes, now and at its highest. */
	memory(): Promise<MemoryUse>;
	/** Processor time of the engine process since its start, in milliseconds. */
	cpu(): Promise<CpuUse>;
	/** Ends the process and removes its folder. */
	close(): Promise<void>;
}

/**
 * Starts an engine (about a second). A process of its own, because Node reads NODE_EXTRA_CA_CERTS and NODE_PATH only at
 * its start, and because several n8n-core versions cannot share a process.
 *
 * @throws Error when the core or the package cannot be loaded, with what the process wrote to stderr
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
	const { core = 'root', packageFolder = PROJECT, env = {}, nodeFiles = {}, nodeArgs = [] } = options;
	const { binaryMode = 'filesystem', credentialReadMs = 0 } = options;
	const coreFolder = core === 'root' ? PROJECT : path.resolve(core);
	const folder = await layOut(path.resolve(packageFolder), coreFolder);
	const worker = path.join(folder.root, 'worker.cjs');
	await build({
		entryPoints: [path.join(__dirname, 'worker.cts')],
		outfile: worker,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		logLevel: 'error',
	});
	const settings: WorkerSettings = { coreFolder, packageFolder: folder.packageFolder, nodeFiles, credentialReadMs };
	const child = fork(worker, [JSON.stringify(settings)], {
		cwd: folder.root,
		execArgv: nodeArgs,
		serialization: 'advanced',
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		env: { ...inherited(), ...n8nEnvironment(folder, binaryMode), ...env },
	});
	const engine = new ChildEngine(child, folder);
	try {
		await engine.ready();
	} catch (fault) {
		await engine.close();
		throw fault;
	}
	return engine;
}

/** What a process needs of its surroundings; nothing of the developer's own n8n, Node or proxy settings. */
function inherited(): Record<string, string> {
	const names = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'];
	return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function n8nEnvironment(folder: EngineFolder, binaryMode: string): Record<string, string> {
	return {
		// n8n loads packages in another way when it takes itself to be in a test.
		NODE_ENV: 'production',
		NODE_PATH: folder.modulesFolder,
		N8N_USER_FOLDER: folder.root,
		N8N_ENCRYPTION_KEY: 'engine-key',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_DEFAULT_BINARY_DATA_MODE: binaryMode,
		N8N_EXPRESSION_ENGINE: 'legacy',
		N8N_LOG_LEVEL: 'debug',
		// n8n 2.0 and 1.x throw out of a node when they log a circular object as text at this level.
		N8N_LOG_FORMAT: 'json',
		NO_COLOR: '1',
	};
}

/** The parent's side of the engine process: numbered calls over IPC, answered in any order. */
class ChildEngine implements Engine {
	coreVersion = '';
	private readonly log: OutputLog;
	private readonly answers = new EventEmitter();
	private readonly open = new Map<number, (reason: Error) => void>();
	private readonly exited: Promise<unknown>;
	private lastId = 0;

	constructor(
		private readonly child: ChildProcess,
		private readonly folder: EngineFolder,
	) {
		if (child.stdout === null || child.stderr === null) throw new Error('The engine process has no output pipes.');
		this.log = new OutputLog(child.stdout, child.stderr);
		this.exited = once(child, 'exit');
		child.on('message', (answer: Answer<Method>) => this.answers.emit(String(answer.id), answer));
		// 'close' rather than 'exit': what the process said last has been read by then.
		child.on('close', (code, signal) => this.rejectOpen(signal ? `by ${signal}` : `with exit code ${code}`));
	}

	/** Resolves when the process has announced itself. Asked once, right after the start. */
	async ready(): Promise<void> {
		const { coreVersion } = await this.answerTo<'start'>(0);
		this.coreVersion = coreVersion;
	}

	async run(request: RunRequest): Promise<RunResult> {
		const start = this.log.length;
		const executionId = request.executionId ?? String(this.lastId + 1);
		const report = await this.call('run', { ...request, executionId });
		return { ...report, logs: this.log.since(start) };
	}

	async cancel(executionId: string): Promise<boolean> {
		return await this.call('cancel', executionId);
	}

	async listSearch(request: ListSearchRequest): Promise<ListSearchResult> {
		const start = this.log.length;
		const report = await this.call('listSearch', request);
		return { ...report, logs: this.log.since(start) };
	}

	async storeCredentials(credentials: Record<string, object>): Promise<void> {
		await this.call('storeCredentials', credentials);
	}

	async storedCredentials(): Promise<Record<string, CredentialData>> {
		return await this.call('storedCredentials', null);
	}

	async memory(): Promise<MemoryUse> {
		return await this.call('memory', null);
	}

	async cpu(): Promise<CpuUse> {
		return await this.call('cpu', null);
	}

	async close(): Promise<void> {
		if (this.child.connected) this.child.disconnect();
		// A node that blocks the process never sees the channel close.
		const kill = setTimeout(() => this.child.kill('SIGKILL'), 2000);
		await this.exited;
		clearTimeout(kill);
		// Node emits no 'close' for a child whose channel this side has closed.
		this.rejectOpen('because it was closed');
		await rm(this.folder.root, { recursive: true, force: true });
	}

	private async call<M extends Method>(method: M, input: Calls[M]['takes']): Promise<Calls[M]['gives']> {
		const id = ++this.lastId;
		const outputComplete = this.log.closing(endOfOutput(id));
		const answer = this.answerTo<M>(id);
		// Without a listener of its own, a message that cannot be sent would end the caller's process.
		this.child.send({ id, method, input }, (fault) => fault && this.open.get(id)?.(fault));
		const output = await answer;
		await outputComplete;
		return output;
	}

	private async answerTo<M extends Method>(id: number): Promise<Calls[M]['gives']> {
		return await new Promise((resolve, reject) => {
			this.open.set(id, reject);
			this.answers.once(String(id), (answer: Answer<M>) => {
				this.open.delete(id);
				if ('output' in answer) resolve(answer.output);
				else reject(new Error(answer.refused.message, { cause: answer.refused.stack }));
			});
		});
	}

	private rejectOpen(how: string): void {
		const lastLines = this.log.since(Math.max(0, this.log.length - 50)).join('\n');
		const reason = new Error(`The engine process ended ${how}. Its last lines:\n${lastLines}`);
		for (const reject of this.open.values()) reject(reason);
		this.open.clear();
	}
}
