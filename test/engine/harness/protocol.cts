import type { INodeParameters } from 'n8n-workflow';

/** One photo, file or other binary field that a source emits. `data` as bytes, or a file that is streamed in. */
export interface InputBinary {
	data: Buffer | { file: string };
	/** Left out: the field has no file name, as a webhook upload without one. */
	fileName?: string;
	/** Left out: n8n derives it from the file name, then (bytes only) from the content. */
	mimeType?: string;
}

/** One item that a source emits. */
export interface InputItem {
	json: object;
	binary?: Record<string, InputBinary>;
	/** Binary fields as a Code node gives them: n8n hands them on as they are, whatever they hold. */
	rawBinary?: Record<string, object>;
}

/** A node as workflow JSON has it. What is left out gets n8n's default. */
export interface WorkflowNode {
	name: string;
	type: string;
	id?: string;
	typeVersion?: number;
	position?: number[];
	parameters?: INodeParameters;
	credentials?: Record<string, { id: string | null; name: string }>;
	disabled?: boolean;
	onError?: string;
	continueOnFail?: boolean;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	alwaysOutputData?: boolean;
	executeOnce?: boolean;
}

/** Workflow JSON as n8n exports it: source node name -> connection type -> output -> targets. */
export interface WorkflowJson {
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string; type: string; index: number }> | null>>>;
	settings?: { executionOrder?: string; binaryMode?: string; timezone?: string };
}

/** The plain data of a credential, as n8n holds it decrypted, `oauthTokenData` included. */
export type CredentialData = Record<string, unknown>;

/** One execution. */
export interface RunRequest {
	workflow: WorkflowJson;
	/** What every `harness.source` node of the workflow emits; one empty item when left out. */
	items?: InputItem[];
	/** Replaces the named nodes (whatever their type) by sources that emit these items. */
	standIns?: Record<string, InputItem[]>;
	/**
	 * Plain credential data by id, written to the engine's credential store before the run. Leave an id out to use what
	 * is stored, e.g. a token that an earlier or a parallel run has refreshed.
	 */
	credentials?: Record<string, object>;
	/** The node to start from. Left out: found as n8n finds it, else the first source. */
	startNode?: string;
	/** A name for this execution, for `Engine.cancel`. Left out: a new number. */
	executionId?: string;
	/** Cancels the execution this many milliseconds after its start, as n8n's stop button does. */
	cancelAfter?: number;
	/** Nodes whose output is not wanted back: their bytes then stay in the engine. */
	omitOutput?: string[];
	/** Asks for `RunResult.executionData`. */
	keepExecutionData?: boolean;
}

/** An error as n8n stores it in the execution. `httpCode` only for an answer over HTTP. */
export interface PlainError {
	name: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: Record<string, unknown>;
	[other: string]: unknown;
}

/** A binary field of an output item, its bytes read back through n8n's BinaryDataService. */
export interface OutputBinary {
	data: Buffer;
	mimeType: string;
	fileName?: string;
	fileExtension?: string;
	/** n8n's text for people, e.g. "1.43 kB". */
	fileSize?: string;
	/** Where the bytes lay, e.g. "filesystem-v2:workflows/..."; left out in memory mode. */
	id?: string;
}

/**
 * An item as the next node would get it. With the workflow setting `binaryMode: combined`, `binary` shows the files of
 * `json._files`.
 */
export interface OutputItem {
	json: Record<string, unknown>;
	binary?: Record<string, OutputBinary>;
	pairedItem?: unknown;
	error?: PlainError;
}

/** A note that n8n shows over a node's output. */
export interface Hint {
	message: string;
	location?: string;
	type?: string;
}

/** The last run of one node. A node that was never reached has no entry. */
export interface NodeResult {
	status: string;
	/** How often the node ran in this execution (loops); the fields are those of the last time. */
	runs: number;
	error?: PlainError;
	/** Items by output branch; 0 is the success branch, 1 the error branch. For a tool: what it gave the agent. */
	output: OutputItem[][];
	hints: Hint[];
	executionTimeMs: number;
}

/** What came of an execution. */
export interface RunResult {
	executionId: string;
	/** n8n's execution status: success, error, canceled, ... */
	status: string;
	error?: PlainError;
	nodes: Record<string, NodeResult>;
	/** The credentials that the workflow names, as they are stored after the run. */
	credentials: Record<string, CredentialData>;
	/** How often this execution stored OAuth2 tokens. */
	tokenUpdates: number;
	/**
	 * Every line that the engine process wrote while this execution ran: n8n's log at level debug (a JSON object a line,
	 * with all that was handed to the logger), and whatever came to stdout and stderr otherwise.
	 */
	logs: string[];
	/** With `keepExecutionData`: the whole execution as text, as n8n would write it to its database. */
	executionData?: string;
}

/** A search as the editor makes it for a resource locator's list. */
export interface ListSearchRequest {
	nodeType: string;
	typeVersion?: number;
	/** The name under the node type's `methods.listSearch`. */
	method: string;
	parameters?: INodeParameters;
	/** The parameter that is searched, e.g. "parameters.module". */
	path?: string;
	/** Credential type -> credential id in the engine's store. */
	credentials?: Record<string, string>;
	filter?: string;
	paginationToken?: string;
}

/** The list that a search gave, or the error that the editor would show. */
export interface ListSearchResult {
	results: Array<{ name: string; value: string | number | boolean; url?: string; description?: string }>;
	paginationToken?: string;
	error?: PlainError;
	tokenUpdates: number;
	logs: string[];
}

/** What the engine process has used: bytes of memory. */
export interface MemoryUse {
	rss: number;
	peakRss: number;
}

/** Processor time of the engine process since its start, in milliseconds. */
export interface CpuUse {
	userMs: number;
	systemMs: number;
}

/** Run results as they leave the engine process: the log lines are added outside. */
export type RunReport = Omit<RunResult, 'logs'>;
export type ListSearchReport = Omit<ListSearchResult, 'logs'>;

/** What can be asked of the engine process, by method: what it takes and gives. `start` is the announcement. */
export interface Calls {
	start: { takes: null; gives: { coreVersion: string } };
	run: { takes: RunRequest & { executionId: string }; gives: RunReport };
	listSearch: { takes: ListSearchRequest; gives: ListSearchReport };
	cancel: { takes: string; gives: boolean };
	storeCredentials: { takes: Record<string, object>; gives: null };
	storedCredentials: { takes: null; gives: Record<string, CredentialData> };
	memory: { takes: null; gives: MemoryUse };
	cpu: { takes: null; gives: CpuUse };
}

export type Method = keyof Calls;

/** A call on its way to the engine process. */
export type Call = { [M in Method]: { id: number; method: M; input: Calls[M]['takes'] } }[Method];

/** The engine process's answer to a call. The announcement that it is ready comes unasked, as answer 0. */
export type Answer<M extends Method> =
	| { id: number; output: Calls[M]['gives'] }
	| { id: number; refused: { message: string; stack: string } };

/** The line that the engine process writes to stdout and to stderr when the output of a call is complete. */
export function endOfOutput(callId: number): string {
	return `harness: end of call ${callId}`;
}

/** The settings with which the engine process starts, handed over as its one argument in JSON. */
export interface WorkerSettings {
	/** Folder that holds `node_modules/n8n-core`. */
	coreFolder: string;
	/** Folder of the installed package under test. */
	packageFolder: string;
	/** Further node types by full name: the files of their classes. */
	nodeFiles: Record<string, string>;
	/** Milliseconds that an execution waits for a credential. */
	credentialReadMs: number;
}
