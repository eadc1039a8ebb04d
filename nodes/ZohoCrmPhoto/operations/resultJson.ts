import type { IDataObject } from 'n8n-workflow';

/**
 * The JSON of an item that was done, in the order in which it is read: the record, what was put on it, then Zoho's words.
 *
 * @param place the record, and which of its fields where it is about one
 * @param answer Zoho's four fields; `details` stays only where it holds something, which in its answers about photos it does not
 * @param told what was sent, where something was, and what is there now
 */
export function resultJson(
	place: Readonly<Record<string, string>>,
	answer: IDataObject,
	told?: IDataObject,
): IDataObject {
	const { details, ...words } = answer;
	const isEmpty = typeof details === 'object' && details !== null && Object.keys(details).length === 0;
	return { ...place, ...told, ...words, ...(details !== undefined && !isEmpty && { details }) };
}
