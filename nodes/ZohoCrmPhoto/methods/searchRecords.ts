import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readConnection } from '../zoho/account/connection';
import { CREDENTIAL_TYPE } from '../zoho/n8n';
import { findRecords } from '../zoho/records/records';
import { recordUrl } from '../zoho/records/recordUrl';
import { chosenModule } from './chosenModule';
import { clientOfEditor, LIST_SETTINGS, valueOrThrow } from './editor';

/**
 * The list "Record": the module's records by name, each with what tells it from others and its address in Zoho CRM.
 *
 * @param filter what to look for: two letters or more of any word, an e-mail address, an id or a record's address
 * @param paginationToken where the page before ended
 * @throws NodeApiError or NodeOperationError that says why there is no list
 */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const module = valueOrThrow(this, chosenModule(this, 'records', "the record by 'ID' or 'URL'"));
	const { records, next } = valueOrThrow(
		this,
		await findRecords(clientOfEditor(this), module, filter.trim(), paginationToken, LIST_SETTINGS),
	);
	const { home } = valueOrThrow(this, readConnection(await this.getCredentials(CREDENTIAL_TYPE)));
	return {
		results: records.map(({ id, label }) => ({
			name: label,
			value: id,
			...(home !== undefined && { url: recordUrl(home, { module, recordId: id }) }),
		})),
		paginationToken: next,
	};
}
