import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import { type Answer, emptyAnswer, jsonAnswer } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, invalidParameter, zohoErrors } from './errors.cts';
import type { Modules } from './modules.cts';
import { recordJson } from './recordJson.cts';
import type { CrmRecord, Records } from './records.cts';

/** The scope that search wants besides reading the module (search page, OAS 2026). */
const searchScope = ['ZohoSearch.securesearch.READ'];

type Test = (record: CrmRecord) => boolean;

function contains(value: string | undefined, part: string): boolean {
	return (value ?? '').toLowerCase().includes(part.toLowerCase());
}

/** One `(Field:operator:value)`; a backslash before `( ) , \` in the value is taken off (search page). */
function condition(text: string): Test | undefined {
	const match = /^\((\w+):(equals|starts_with):((?:\\.|[^\\()])*)\)$/.exec(text);
	if (!match) return undefined;
	const [, field = '', operator, escaped = ''] = match;
	const value = escaped.replace(/\\(.)/g, '$1');
	return (record) => {
		const actual = field === 'id' ? record.id : (record.fields[field] ?? '');
		// "equals" behaves like contains (search page).
		return operator === 'equals' ? contains(actual, value) : actual.toLowerCase().startsWith(value.toLowerCase());
	};
}

/** `(A:equals:b)` or `((A:equals:b)and(C:starts_with:d))`; undefined when it cannot be read. */
function criteria(text: string): Test | undefined {
	const single = condition(text);
	if (single) return single;
	const inner = /^\((.*)\)$/s.exec(text)?.[1];
	if (inner === undefined) return undefined;
	const tests = inner.split(/(?<=[^\\]\))and(?=\()/).map(condition);
	return (record) => tests.every((test) => test?.(record) === true);
}

/** `GET /crm/{version}/{module}/search`. */
export class SearchEndpoint {
	constructor(
		private readonly modules: Modules,
		private readonly records: Records,
	) {}

	/** Answers a search by `criteria`, `email`, `phone` or `word`, in this priority (search page). */
	answer(api: ApiCall, moduleName: string): Answer {
		const module = this.modules.find(moduleName);
		const word = module ? moduleWord(module) : moduleName.toLowerCase();
		const granted =
			isGranted(api.token.scopes, moduleScopes(word, ['ALL', 'READ'])) && isGranted(api.token.scopes, searchScope);
		if (!granted) return errorAnswer(zohoErrors.scopeMismatch);
		if (!module) return errorAnswer(zohoErrors.unknownModule);
		if (!module.apiSupported) return errorAnswer(zohoErrors.unsupportedModule);

		const test = this.test(api.url.searchParams);
		if (typeof test !== 'function') return test;
		const perPage = Number(api.url.searchParams.get('per_page') ?? 200);
		const page = Number(api.url.searchParams.get('page') ?? 1);
		if (!Number.isInteger(perPage) || perPage < 1 || perPage > 200) return errorAnswer(invalidParameter('per_page'));
		if (!Number.isInteger(page) || page < 1) return errorAnswer(invalidParameter('page'));
		if (page * perPage > 2000) {
			return errorAnswer({ status: 400, code: 'LIMIT_REACHED', message: 'the search limit is reached' });
		}
		const found = this.records
			.list(api.token.org, moduleName)
			.filter((record) => record.condition !== 'deleted' && test(record));
		const shown = found.slice((page - 1) * perPage, page * perPage);
		if (shown.length === 0) return emptyAnswer(204);
		const fields = api.url.searchParams.get('fields')?.split(',');
		return jsonAnswer(200, {
			data: shown.map((record) => recordJson(record, module, fields)),
			info: { per_page: perPage, count: shown.length, page, more_records: page * perPage < found.length },
		});
	}

	private test(query: URLSearchParams): Test | Answer {
		const wanted = query.get('criteria');
		if (wanted !== null) {
			return criteria(wanted) ?? errorAnswer({ status: 400, code: 'INVALID_QUERY', message: 'invalid query formed' });
		}
		const email = query.get('email');
		if (email !== null) return (record) => record.fields.Email?.toLowerCase() === email.toLowerCase();
		const phone = query.get('phone');
		if (phone !== null) {
			return phone.length < 3
				? errorAnswer(invalidParameter('phone'))
				: (record) => contains(record.fields.Phone, phone);
		}
		const word = query.get('word');
		if (word === null) {
			return errorAnswer({
				status: 400,
				code: 'EXPECTED_PARAM_MISSING',
				message: 'One of the expected parameter is missing',
				details: { param_names: ['criteria', 'email', 'phone', 'word'] },
			});
		}
		// The shortest word is two characters (search page). Assumption: what a shorter one is answered.
		if (word.length < 2) return errorAnswer(invalidParameter('word'));
		// Assumption: a record is found when each word begins some word of its text; Zoho says only "word".
		const words = word.toLowerCase().split(/\s+/).filter(Boolean);
		return (record) => {
			const texts = Object.values(record.fields).flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
			return words.every((one) => texts.some((text) => text.startsWith(one)));
		};
	}
}
