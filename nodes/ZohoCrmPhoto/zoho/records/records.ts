import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';
import { done, type Failure, type Outcome } from '../../outcome';
import { jsonOf, shownIn, type HttpAnswer } from '../answers/answer';
import type { CallSettings, ZohoClient } from '../calls/client';
import type { Task } from '../task';
import { listed, type ListedRecord } from './labels';
import { nameFieldOf, secondFieldsOf } from './nameField';
import { readRecordUrl } from './recordUrl';

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
/** Ids of Zoho CRM have 13 to 19 digits: with fewer a number is more likely a telephone's. */
const ID = /^\d{13,20}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Reads one page. */
type Read = (task: Task, path: string, query: IDataObject) => Promise<Outcome<RecordPage>>;

/**
 * One page of a module's records: those found by what was typed, or the most recently changed ones.
 *
 * An id, or the address of a record, finds this record, a whole e-mail address those that have it, and any other word is
 * searched for by Zoho. Searching needs the scope ZohoSearch.securesearch.READ as well; without it, and for a single
 * letter, the most recently changed records are looked through instead.
 *
 * @param module API name of the module
 * @param word what to look for; empty for all
 * @param from what the page before gave as `next`
 */
export async function findRecords(
	zoho: ZohoClient,
	module: string,
	word: string,
	from: string | undefined,
	settings: CallSettings,
): Promise<Outcome<RecordPage>> {
	const read: Read = async (task, path, query) => {
		const answer = await zoho.send({
			...settings,
			task,
			address: { module, recordId: '' },
			method: 'GET',
			path: `/${encodeURIComponent(module)}${path}`,
			query: { fields: ['id', nameFieldOf(module), ...secondFieldsOf(module)].join(','), ...query },
			expects: 'json',
		});
		return answer.ok ? done(toPage(answer.value, module, from)) : answer;
	};
	const paged = { per_page: PER_PAGE, ...pageQuery(from) };

	if (from === undefined) {
		const exact = await readExactly(read, word);
		if (exact !== undefined) return exact;
	}
	if (word.length >= SHORTEST_WORD) {
		const found = await read('search', '/search', { word, ...paged });
		if (found.ok || !isScopeMissing(found.failure)) return found;
	}
	const newest = await read('read', '', { sort_by: 'Modified_Time', sort_order: 'desc', ...paged });
	if (!newest.ok) return newest;
	const wanted = word.toLowerCase();
	return done({
		...newest.value,
		records: newest.value.records.filter(({ id, label }) => `${label} ${id}`.toLowerCase().includes(wanted)),
	});
}

/** The records that an id, a record's address or a whole e-mail address leads to; undefined for any other word, and where it leads to none. */
async function readExactly(read: Read, word: string): Promise<Outcome<RecordPage> | undefined> {
	const id = ID.test(word) ? word : readRecordUrl(word)?.recordId;
	if (id === undefined && !EMAIL.test(word)) return undefined;
	const found = id === undefined ? await read('search', '/search', { email: word }) : await read('read', `/${id}`, {});
	if (found.ok) return found.value.records.length > 0 ? done({ ...found.value, next: undefined }) : undefined;
	// Of an id that no record has, Zoho says either nothing or that it is not valid.
	const mayPass = id === undefined ? isScopeMissing(found.failure) : found.failure.httpStatus === 400;
	return mayPass ? undefined : found;
}

/** Whether the scope for searching is missing; once Zoho has said so, the next search is not tried. */
function isScopeMissing({ code }: Failure): boolean {
	return code === 'OAUTH_SCOPE_MISMATCH' || code === 'NOT_ATTEMPTED';
}

function pageQuery(from: string | undefined): IDataObject {
	if (from === undefined) return {};
	return /^\d{1,2}$/.test(from) ? { page: Number(from) } : { page_token: from };
}

function toPage(answer: HttpAnswer, module: string, from: string | undefined): RecordPage {
	const json = jsonOf(answer) ?? {};
	const data: unknown = json.data;
	const records = listed(Array.isArray(data) ? data.filter(isRecord) : [], module, (value) => shownIn(answer, value));
	const info = isRecord(json.info) ? json.info : {};
	const page = from === undefined ? 1 : Number(from);
	const token = textOf(info.next_page_token);
	const next = Number.isNaN(page) || page >= LAST_PAGE ? token || undefined : String(page + 1);
	return { records, next: info.more_records === true ? next : undefined };
}
