import type { IDataObject } from 'n8n-workflow';

import type { RecordAddress } from '../zoho/task';

/**
 * The JSON of an item that was done, in the order in which it is read: the record, what was put on it, then Zoho's words.
 *
 * @param answer Zoho's four fields; `details` stays only where it holds something, which in its answers about photos it does not
 * @param photo what was sent, where something was
 */
export function resultJson({ module, recordId }: RecordAddress, answer: IDataObject, photo?: IDataObject): IDataObject {
	const { details, ...words } = answer;
	const isEmpty = typeof details === 'object' && details !== null && Object.keys(details).length === 0;
	return { module, recordId, ...(photo && { photo }), ...words, ...(details !== undefined && !isEmpty && { details }) };
}
