import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isRecord } from '../json';
import { refused } from '../outcome';
import { readConnection } from '../zoho/account/connection';
import { CREDENTIAL_TYPE } from '../zoho/n8n';
import { findRecords } from '../zoho/records/records';
import { recordUrl } from '../zoho/records/recordUrl';
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
	const module = valueOrThrow(this, chosenModule(this.getCurrentNodeParameter('module')));
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

/** The module whose records are listed; there is none while an expression gives it, as it differs by item. */
function chosenModule(parameter: unknown): ReturnType<typeof refused> | { ok: true; value: string } {
	const value = isRecord(parameter) ? parameter.value : parameter;
	const module = typeof value === 'string' ? value.trim() : '';
	if (/^\w{1,100}$/.test(module)) return { ok: true, value: module };
	return refused({
		code: 'INVALID_MODULE',
		message: module.startsWith('=')
			? 'The module comes from an expression, so there is no list of its records'
			: 'No module is chosen, so there is no list of records',
		description: "Choose the module from its list, or give the record by 'ID' or 'URL'.",
	});
}
