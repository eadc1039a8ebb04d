import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import { formSent } from '../formSent.cts';
import { strict } from '../strict.cts';

/** How a run of the node is set up. */
export interface ExecutionSetup {
	items?: INodeExecutionData[];
	/** Parameters by name; a function gives the value for an item, or throws as an expression does. */
	parameters?: Record<string, unknown>;
	goesOn?: boolean;
	cancelled?: AbortSignal;
	/** Zoho's part: what comes back for a signed request. */
	answer?: (options: IHttpRequestOptions) => unknown;
	/** Further members of `this.helpers`. */
	helpers?: object;
	/** Further members of `this`. */
	more?: object;
	nodeType?: string;
	/** A connected credential; by default one that no other execution has. */
	credential?: object;
}

/** What a run of the node did. */
export interface Execution {
	context: IExecuteFunctions;
	/** The signed requests, in order. */
	requests: IHttpRequestOptions[];
	/** The hints that were shown. */
	hints: unknown[];
}

let connections = 0;

/** A connection of its own, as executions that sign with the same one share what they learn. */
export function connected(): ICredentialDataDecryptedObject {
	const refresh_token = `refresh ${++connections}`;
	return {
		dataCenter: 'zoho.com',
		oauthTokenData: { access_token: 'token', refresh_token, api_domain: 'https://www.zohoapis.com' },
	};
}

/** The context of an execution with a connected credential; see {@link strict} for what it does not have. */
export function execution(setup: ExecutionSetup = {}): Execution {
	const {
		items = [],
		parameters = {},
		goesOn = true,
		cancelled,
		answer,
		helpers,
		more,
		nodeType = 'x.zohoCrmPhoto',
		credential = connected(),
	} = setup;
	const requests: IHttpRequestOptions[] = [];
	const hints: unknown[] = [];
	const node: INode = {
		id: '1',
		name: 'Zoho CRM Photo',
		type: nodeType,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const given: Record<string, unknown> = {
		operation: 'upload',
		module: { mode: 'name', value: 'Leads' },
		recordId: (item: number) => ({ mode: 'id', value: items[item]?.json.id }),
		...parameters,
	};
	const context = strict<IExecuteFunctions>('context', {
		getInputData: () => items,
		continueOnFail: () => goesOn,
		getNode: () => node,
		getExecutionCancelSignal: () => cancelled,
		getCredentials: async () => credential,
		addExecutionHints: (...shown: unknown[]) => void hints.push(...shown),
		getNodeParameter(name: string, item: number, fallback?: unknown): unknown {
			const value = given[name];
			if (value === undefined && fallback === undefined) throw new Error(`Could not get parameter "${name}"`);
			return typeof value === 'function' ? value(item) : (value ?? fallback);
		},
		helpers: strict('helpers', {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions): Promise<unknown> {
				const isForm = options.body instanceof Blob && options.body.type.startsWith('multipart/');
				requests.push({ ...options, ...(isForm && { body: await formSent(options.body) }) });
				return await answer?.(options);
			},
			assertBinaryData(item: number, field: string | IBinaryData): unknown {
				if (typeof field !== 'string') return field;
				const found = items[item]?.binary?.[field];
				if (found === undefined) throw new Error('The item has no such field');
				return found;
			},
			getBinaryDataBuffer: async (_item: number, binary: IBinaryData) => Buffer.from(binary.data, 'base64'),
			...helpers,
		}),
		...more,
	});
	return { context, requests, hints };
}

/** An answer of Zoho's as n8n's request function gives it. */
export function zohoAnswer(statusCode: number, body: object | Buffer, headers: Record<string, string> = {}): object {
	return { statusCode, headers, body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)) };
}

/** Zoho's answer to an upload that went well. */
export const UPLOADED = zohoAnswer(200, {
	code: 'SUCCESS',
	details: {},
	message: 'photo uploaded successfully',
	status: 'success',
});

/** Zoho's answer to a call that it refuses. */
export function refusal(statusCode: number, code: string, message = ''): object {
	return zohoAnswer(statusCode, { code, details: {}, message, status: 'error' });
}

/** An item for a record, with a file in memory in the field `data`. */
export function withFile(id: string, bytes: Buffer, fileName = 'photo.png'): INodeExecutionData {
	return { json: { id }, binary: { data: { mimeType: 'image/png', data: bytes.toString('base64'), fileName } } };
}
