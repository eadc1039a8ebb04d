import { setTimeout } from 'node:timers/promises';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialsHelper,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { Core } from './core.cts';

/** The decrypted data of every credential, by id: what n8n keeps in its database, shared by all executions. */
export class CredentialStore {
	private readonly records = new Map<string, ICredentialDataDecryptedObject>();

	/** @param readMs milliseconds that an execution waits for a credential */
	constructor(readonly readMs: number) {}

	/** Stores a copy of what can be written as JSON, as n8n does. */
	set(id: string, data: object): void {
		this.records.set(id, JSON.parse(JSON.stringify(data)));
	}

	/** A copy of what is stored. Throws n8n's own sentence when there is no such credential. */
	get(id: string, type = 'unknown'): ICredentialDataDecryptedObject {
		const data = this.records.get(id);
		if (data === undefined) throw new Error(`Credential with ID "${id}" does not exist for type "${type}".`);
		return structuredClone(data);
	}

	has(id: string): boolean {
		return this.records.has(id);
	}

	all(): Record<string, ICredentialDataDecryptedObject> {
		return structuredClone(Object.fromEntries(this.records));
	}
}

/**
 * Hidden fields that n8n 2.41 never takes from the stored data but works out anew at each use
 * (n8n 2.41.1, dist/oauth/dcr-managed-fields.js). n8n 2.0.0 and 1.123.0 have no such rule.
 */
const PINNED_FIELDS = [
	'useDynamicClientRegistration',
	'authUrl',
	'accessTokenUrl',
	'grantType',
	'authentication',
	'usePkce',
	'requestTokenUrl',
	'signatureMethod',
];

/** The node that n8n gives to a credential's expressions outside of an execution (2.41.1, credentials-helper.js). */
const CREDENTIAL_NODE: INode = { id: 'mock', name: '', typeVersion: 1, type: 'mock', position: [0, 0], parameters: {} };

/**
 * n8n's CredentialsHelper over a plain store, for one execution. It follows n8n 2.41.1 (dist/credentials-helper.js) in
 * what a node can see: inherited fields, defaults, pinned hidden fields, expressions such as
 * `=https://accounts.{{$self["dataCenter"]}}/oauth/v2/token`, and tokens stored back. `getParentTypes` answers
 * truthfully, so that n8n-core signs, refreshes and repeats OAuth2 requests itself.
 */
export class StoredCredentials implements ICredentialsHelper {
	/** How often tokens were stored through this helper. */
	tokenUpdates = 0;

	constructor(
		private readonly n8n: Core,
		private readonly types: ReadonlyMap<string, ICredentialType>,
		private readonly store: CredentialStore,
	) {}

	getParentTypes(name: string): string[] {
		const parents = this.types.get(name)?.extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const type = this.typeOf(name);
		const combined: INodeProperties[] = [];
		const { mergeNodeProperties } = this.n8n.workflow.NodeHelpers;
		for (const parent of type.extends ?? []) mergeNodeProperties(combined, this.getCredentialsProperties(parent));
		mergeNodeProperties(combined, type.properties);
		return combined;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		if (this.store.readMs > 0) await setTimeout(this.store.readMs);
		const stored = this.store.get(idOf(nodeCredentials), type);
		if (raw === true) return stored;
		const data = this.withDefaults(type, stored);
		const additionalKeys = this.n8n.core.getAdditionalKeys(additionalData, mode, null);
		if (resolve) {
			const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = resolve;
			return asCredentialData(
				workflow.expression.getParameterValue(
					asParameters(data),
					runExecutionData,
					runIndex,
					itemIndex,
					node.name,
					connectionInputData,
					mode,
					additionalKeys,
					executeData,
					false,
					data,
				),
			);
		}
		const { Workflow } = this.n8n.workflow;
		const workflow = new Workflow({
			nodes: [CREDENTIAL_NODE],
			connections: {},
			active: false,
			nodeTypes: NO_NODE_TYPES,
		});
		return asCredentialData(
			workflow.expression.getComplexParameterValue(
				CREDENTIAL_NODE,
				asParameters(data),
				mode,
				additionalKeys,
				undefined,
				undefined,
				data,
			),
		);
	}

	/** Stored values over defaults; pinned hidden fields from the credential type alone. */
	private withDefaults(type: string, stored: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		const given = { ...stored };
		if (pinsHiddenFields(this.n8n.version)) {
			for (const field of PINNED_FIELDS) {
				if (properties.some(({ name, type: kind }) => name === field && kind === 'hidden')) delete given[field];
			}
		}
		const data = asCredentialData(
			this.n8n.workflow.NodeHelpers.getNodeParameters(properties, asParameters(given), true, false, null, null),
		);
		if (stored.oauthTokenData !== undefined) data.oauthTokenData = stored.oauthTokenData;
		return data;
	}

	async getCredentials(nodeCredentials: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const { id, name } = nodeCredentials;
		const credentials = new this.n8n.core.Credentials({ id, name }, type);
		await credentials.setData(this.store.get(idOf(nodeCredentials), type));
		return credentials;
	}

	async authenticate(_credentials: ICredentialDataDecryptedObject, typeName: string): Promise<IHttpRequestOptions> {
		throw new Error(`The harness signs OAuth2 requests only; "${typeName}" is another kind of credential.`);
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const renewed = await this.typeOf(typeName).preAuthentication?.call(helpers, credentials);
		return renewed === undefined ? undefined : asCredentialData(renewed);
	}

	async updateCredentials(
		nodeCredentials: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.store.set(idOf(nodeCredentials), data);
	}

	async updateCredentialsOauthTokenData(
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const id = idOf(nodeCredentials);
		const { oauthTokenData } = data;
		if (oauthTokenData === undefined) throw new Error(`n8n-core stored credential "${id}" without token data.`);
		this.store.set(id, { ...this.store.get(id, type), oauthTokenData });
		this.tokenUpdates++;
	}

	private typeOf(name: string): ICredentialType {
		const type = this.types.get(name);
		if (type === undefined) throw new Error(`Unknown credential type "${name}"`);
		return type;
	}
}

const NO_NODE_TYPES: INodeTypes = {
	getByName: () => MOCK_NODE_TYPE,
	getByNameAndVersion: () => MOCK_NODE_TYPE,
	getKnownTypes: () => ({}),
};

const MOCK_NODE_TYPE = {
	description: {
		displayName: 'Mock',
		name: 'mock',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
};

function idOf({ id, name }: INodeCredentialsDetails): string {
	if (!id) throw new Error(`Found credential with no ID: "${name}".`);
	return id;
}

function asCredentialData(value: unknown): ICredentialDataDecryptedObject {
	if (!isCredentialData(value)) throw new Error('n8n resolved a credential to something that is no object.');
	return value;
}

function isCredentialData(value: unknown): value is ICredentialDataDecryptedObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** n8n passes credential data through the functions that work out node parameters; both are plain objects. */
function asParameters(data: ICredentialDataDecryptedObject): INodeParameters {
	if (!isParameters(data)) throw new Error('Credential data is no object.');
	return data;
}

function isParameters(value: object): value is INodeParameters {
	return !Array.isArray(value);
}

function pinsHiddenFields(coreVersion: string): boolean {
	return coreVersion !== '2.0.0' && !coreVersion.startsWith('1.');
}
