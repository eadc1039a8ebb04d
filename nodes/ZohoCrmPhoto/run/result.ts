import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import type { Failure } from '../outcome';
import { front, quoted } from '../text';
import type { RecordAddress } from '../zoho/task';

/**
 * An item that could not be done, for a node that is set to continue.
 *
 * One key, `error`, holding an object: n8n 1.x and 2.0 move an item to the error branch by just this shape (2.41 allows a
 * little more), and then merge the input's JSON in.
 *
 * @param address always there, empty texts where the item gives none
 */
export function failureItem(failure: Failure, item: number, address: RecordAddress): INodeExecutionData {
	const { code, message, description, httpStatus, attempts } = bounded(failure);
	const error: IDataObject = {
		message: `${message} [item ${item}]`,
		description,
		code,
		...(httpStatus !== undefined && { httpStatus }),
		...address,
		...(attempts !== undefined && { attempts }),
	};
	return { json: { error }, pairedItem: { item } };
}

/**
 * What to throw for a node that is set to stop: NodeApiError where Zoho was asked, NodeOperationError for a check of ours.
 *
 * Built fresh, as n8n gives back an existing NodeApiError unchanged. The editor adds `[item N]` by `context.itemIndex`.
 *
 * @param item index of the item; left out for a list of the editor, which has no items
 */
export function failureThrown(failure: Failure, node: INode, item?: number): NodeApiError | NodeOperationError {
	const { code, message, description, httpStatus, attempts, answer } = bounded(failure);
	const thrown =
		attempts === undefined
			? new NodeOperationError(node, message, { itemIndex: item, description })
			: new NodeApiError(node, apiAnswer(answer, code), {
					message,
					description,
					httpCode: httpStatus?.toString(),
					itemIndex: item,
				});
	// n8n replaces messages in which it finds a code of Node's, even inside a user's own value.
	thrown.message = message;
	if (answer !== undefined) thrown.context.data = answer;
	return thrown;
}

/** Characters of what is told at most: each piece that is quoted is short, and this holds for all of them together. */
const LONGEST = { code: 100, message: 1000, description: 3000 };

/** A failure as it leaves the node: whatever a sentence quotes, it stays one that can be read, stored and shown. */
function bounded(failure: Failure): Failure {
	const { code, message, description } = failure;
	return {
		...failure,
		code: front(code, LONGEST.code),
		message: cut(message, LONGEST.message),
		description: cut(description, LONGEST.description),
	};
}

function cut(text: string, most: number): string {
	return text.length > most ? `${front(text, most)}...` : text;
}

/** Zoho's answer as JSON that n8n may keep; the code alone where none came. */
function apiAnswer(answer: IDataObject | undefined, code: string): JsonObject {
	return answer === undefined ? { code } : JSON.parse(JSON.stringify(answer));
}

/**
 * The failure of an item for which n8n threw: mostly a parameter whose expression cannot be resolved for it.
 *
 * @param fault whatever was thrown
 */
export function unresolved(fault: unknown): Failure {
	const text = fault instanceof Error ? fault.message : String(fault);
	return {
		code: 'INVALID_PARAMETER',
		message: `A parameter could not be read for this item: ${quoted(text)}`,
		description: "Look at the expressions in the node's parameters and at what the node before gave for this item.",
	};
}
