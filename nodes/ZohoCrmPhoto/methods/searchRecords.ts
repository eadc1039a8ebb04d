import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isRecord } from '../json';
import { done, refused, type Outcome } from '../outcome';
import { front } from '../text';
import { readConnection } from '../zoho/account/connection';
import { CREDENTIAL_TYPE } from '../zoho/n8n';
import { findRecords } from '../zoho/records/records';
import { recordUrl } from '../zoho/records/recordUrl';
import { clientOfEditor, LIST_SETTINGS, valueOrThrow } from './editor';

/** Longest piece of a value that goes into a sentence. */
const QUOTED = 50;

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

/**
 * The module whose records are listed. The editor works expressions out before it asks: one that cannot be resolved, for
 * want of a run before, comes as nothing at all, and one that gives nothing as an empty name.
 */
function chosenModule(parameter: unknown): Outcome<string> {
	const { mode, value } = isRecord(parameter) ? parameter : { mode: 'name', value: parameter };
	const module = typeof value === 'string' ? value.trim() : '';
	if (/^\w{1,100}$/.test(module)) return done(module);
	return refused({
		code: 'INVALID_MODULE',
		message: noModule(module, mode === 'list' && value === ''),
		description: `${module === '' && mode !== 'list' ? EMPTY : ''}Choose the module from its list, or give the record by 'ID' or 'URL'.`,
	});
}

/** What to do first where an expression may have given the empty name. */
const EMPTY = 'If an expression gives the name, execute the nodes before, so that it has their data. ';

function noModule(module: string, isUnchosen: boolean): string {
	if (isUnchosen) return 'No module is chosen, so there is no list of records';
	if (module === '') return "'Module' gives no name, so there is no list of records";
	if (module.startsWith('=')) return 'The module comes from an expression, so there is no list of its records';
	return `'${front(module, QUOTED)}' cannot be the API name of a module, so there is no list of records`;
}
