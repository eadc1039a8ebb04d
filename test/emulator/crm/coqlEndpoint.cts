import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import { type Answer, emptyAnswer, jsonAnswer, readBody } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { type CoqlQuery, readCoql } from './coql.cts';
import { errorAnswer, type ZohoError, zohoErrors } from './errors.cts';
import type { CrmModule, Modules } from './modules.cts';
import { recordJson } from './recordJson.cts';
import type { CrmRecord, Records } from './records.cts';

/** Values of `in`, columns and rows at most (COQL limitations; rows of one credit). */
const most = { values: 50, columns: 50, rows: 200 };

const scopes = ['ZohoCRM.coql.READ', 'ZohoCRM.coql.ALL'];
/** More than any query that fits the limits. */
const longestBody = 1_000_000;
/** Fields that every module has. */
const commonFields = ['id', 'Created_Time', 'Modified_Time', 'Record_Image'];

function syntaxError(details: object = {}): ZohoError {
	return { status: 400, code: 'SYNTAX_ERROR', message: 'error occured while parsing the query', details };
}

// Assumption: the words of `details`; Zoho's page has the code, the case and no sample.
function invalidQuery(columnName: string, reason: string): ZohoError {
	return {
		status: 400,
		code: 'INVALID_QUERY',
		message: 'invalid query formed',
		details: { column_name: columnName, reason },
	};
}

function limitExceeded(name: string, limit: number): ZohoError {
	return { status: 400, code: 'LIMIT_EXCEEDED', message: `the limit of ${name} is exceeded`, details: { limit } };
}

/** `POST /crm/{version}/coql`: queries of one condition, `=` or `in` ("Get Records through a COQL Query"). */
export class CoqlEndpoint {
	/** API names of fields that hold numbers, which are not compared with a text (possible errors of the COQL page). */
	readonly numberFields = new Set<string>();

	constructor(
		private readonly modules: Modules,
		private readonly records: Records,
	) {}

	/** Answers a query, and notes it in the call. */
	async answer(api: ApiCall): Promise<Answer> {
		const text = await this.queryOf(api);
		api.call.selectQuery = text;
		if (!isGranted(api.token.scopes, scopes)) return errorAnswer(zohoErrors.scopeMismatch);
		if (text === undefined) {
			return errorAnswer({
				status: 400,
				code: 'MANDATORY_NOT_FOUND',
				message: 'required field not found',
				details: { api_name: 'select_query', json_path: '$.select_query' },
			});
		}
		const query = readCoql(text);
		if (!query) return errorAnswer(syntaxError());
		const module = this.modules.find(query.module);
		const word = module ? moduleWord(module) : query.module.toLowerCase();
		if (!isGranted(api.token.scopes, moduleScopes(word, ['ALL', 'READ']))) {
			return errorAnswer(zohoErrors.scopeMismatch);
		}
		if (!module) return errorAnswer(zohoErrors.unknownModule);
		if (!module.apiSupported) return errorAnswer(zohoErrors.unsupportedModule);
		const refusal = this.refusalOf(query, module);
		return refusal ? errorAnswer(refusal) : this.rows(api, query, module);
	}

	/** Back to the start. */
	clear(): void {
		this.numberFields.clear();
	}

	private async queryOf({ request }: ApiCall): Promise<string | undefined> {
		const body = (await readBody(request, longestBody)).toString('utf8');
		// Assumption: a body that is not said to be JSON is not read.
		if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return undefined;
		try {
			const json: unknown = JSON.parse(body);
			const has = typeof json === 'object' && json !== null && 'select_query' in json;
			return has && typeof json.select_query === 'string' ? json.select_query : undefined;
		} catch {
			return undefined;
		}
	}

	private refusalOf({ columns, field, values, orderBy, limit }: CoqlQuery, module: CrmModule): ZohoError | undefined {
		if (values.length > most.values) return limitExceeded('values', most.values);
		if (columns.length > most.columns) return limitExceeded('columns', most.columns);
		if (limit > most.rows) return limitExceeded('rows', most.rows);
		const known = [...commonFields, module.displayField, ...module.fields];
		const unknown = [...columns, field, ...(orderBy ? [orderBy.field] : [])].find((name) => !known.includes(name));
		if (unknown !== undefined) return invalidQuery(unknown, 'column given seems to be invalid');
		const twice = columns.find((name, place) => columns.indexOf(name) !== place);
		if (twice !== undefined) {
			return { status: 400, code: 'DUPLICATE_DATA', message: 'duplicate columns', details: { column_name: twice } };
		}
		const fits = this.numberFields.has(field)
			? values.every(({ text, isQuoted }) => !isQuoted && /^\d+$/.test(text))
			: values.every(({ isQuoted }) => isQuoted);
		return fits ? undefined : invalidQuery(field, 'invalid data type of the value');
	}

	private rows({ token }: ApiCall, query: CoqlQuery, module: CrmModule): Answer {
		const valueOf = (record: CrmRecord): string =>
			query.field === 'id' ? record.id : (record.fields[query.field] ?? '');
		// Assumption: texts are compared in whole, and without regard to case.
		const wanted = new Set(query.values.map(({ text }) => text.toLowerCase()));
		const found = this.records
			.list(token.org, query.module)
			.filter((record) => record.condition !== 'deleted' && wanted.has(valueOf(record).toLowerCase()));
		const sign = query.orderBy?.isDescending === true ? -1 : 1;
		const place = (record: CrmRecord): number =>
			query.orderBy?.field === 'Modified_Time' ? record.modifiedAt : Number(record.id);
		const sorted = [...found].sort((one, other) => sign * (place(one) - place(other)));
		const shown = sorted.slice(0, query.limit);
		// Assumption: no rows are a 204, as everywhere in the records API.
		if (shown.length === 0) return emptyAnswer(204);
		const isNumber = this.numberFields.has(query.field);
		return jsonAnswer(200, {
			data: shown.map((record) => ({
				...recordJson(record, module, query.columns),
				...(isNumber && { [query.field]: Number(valueOf(record)) }),
			})),
			info: { count: shown.length, more_records: shown.length < sorted.length },
		});
	}
}
