import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';
import { done, type Outcome } from '../../outcome';
import { jsonOf, shownIn, type HttpAnswer } from '../answers/answer';
import type { CallSettings, ZohoClient } from '../calls/client';
import { nameFieldOf } from './nameField';
import type { Task } from '../task';

/** A record in a list. */
export interface ListedRecord {
	id: string;
	/** The record's name, or its id where it has none. */
	label: string;
}

/** One page of records. */
export interface RecordPage {
	records: ListedRecord[];
	/** Where the next page begins: a page number, or Zoho's page token; undefined on the last page. */
	next: string | undefined;
}

/** The most that Zoho gives at a time. */
const PER_PAGE = 200;
/** Zoho counts pages up to 2,000 records; what lies beyond is reached by page tokens alone. */
const LAST_PAGE = 10;
/** Shortest word that Zoho searches for. */
const SHORTEST_WORD = 2;

/**
 * One page of a module's records: those found by name, or the most recently changed ones.
 *
 * Searching needs the scope ZohoSearch.securesearch.READ as well; without it, and for a single letter, the most recently
 * changed records are looked through instead.
 *
 * @param module API name of the module
 * @param word what to look for in the name; empty for all
 * @param from what the page before gave as `next`
 */
export async function findRecords(
	zoho: ZohoClient,
	module: string,
	word: string,
	from: string | undefined,
	settings: CallSettings,
): Promise<Outcome<RecordPage>> {
	const nameField = nameFieldOf(module);
	const fields = `id,${nameField}`;
	const read = async (task: Task, path: string, query: IDataObject): Promise<Outcome<RecordPage>> => {
		const answer = await zoho.send({
			...settings,
			task,
			address: { module, recordId: '' },
			method: 'GET',
			path: `/${encodeURIComponent(module)}${path}`,
			query: { ...query, fields, per_page: PER_PAGE, ...pageQuery(from) },
			expects: 'json',
		});
		return answer.ok ? done(toPage(answer.value, nameField, from)) : answer;
	};

	if (word.length >= SHORTEST_WORD) {
		const found = await read('search', '/search', { word });
		if (found.ok || found.failure.code !== 'OAUTH_SCOPE_MISMATCH') return found;
	}
	const newest = await read('read', '', { sort_by: 'Modified_Time', sort_order: 'desc' });
	if (!newest.ok) return newest;
	const wanted = word.toLowerCase();
	return done({
		...newest.value,
		records: newest.value.records.filter(({ label }) => label.toLowerCase().includes(wanted)),
	});
}

function pageQuery(from: string | undefined): IDataObject {
	if (from === undefined) return {};
	return /^\d{1,2}$/.test(from) ? { page: Number(from) } : { page_token: from };
}

/** What an id looks like ("Get Records"): nothing else leads to a record. */
const ID = /^\d{1,20}$/;

function toPage(answer: HttpAnswer, nameField: string, from: string | undefined): RecordPage {
	const json = jsonOf(answer) ?? {};
	const data: unknown = json.data;
	const records = (Array.isArray(data) ? data.filter(isRecord) : []).map((record) => {
		const id = textOf(record.id);
		return { id, label: shownIn(answer, record[nameField]) || id };
	});
	const info = isRecord(json.info) ? json.info : {};
	const page = from === undefined ? 1 : Number(from);
	const token = textOf(info.next_page_token);
	const next = Number.isNaN(page) || page >= LAST_PAGE ? token || undefined : String(page + 1);
	return { records: records.filter(({ id }) => ID.test(id)), next: info.more_records === true ? next : undefined };
}
