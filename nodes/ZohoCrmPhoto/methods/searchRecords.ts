import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readConnection } from '../zoho/account/connection';
import { CREDENTIAL_TYPE } from '../zoho/n8n';
import { findRecords } from '../zoho/records/records';
import { recordUrl } from '../zoho/records/recordUrl';
import { chosenModule } from './chosenModule';
import { clientOfEditor, LIST_SETTINGS, valueOrThrow } from './editor';

/**
 * The list "Record": the module's records by name, each with its address in Zoho CRM.
 *
 * @param filter letters to look for; two or more are searched for by Zoho
 * @param paginationToken where the page before ended
 * @throws NodeApiError or NodeOperationError that says why there is no list
 */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const module = valueOrThrow(
		this,
		chosenModule(this, 'list of its records', "Choose the module from its list, or give the record by 'ID' or 'URL'."),
	);
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
