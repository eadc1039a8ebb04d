import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import type { Clock } from '../clock.cts';
import { type Answer, drain, jsonAnswer, readBody } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, invalidParameter, type ZohoError, zohoErrors } from './errors.cts';
import type { CrmModule, Modules } from './modules.cts';
import { zohoTime } from './recordJson.cts';
import type { Records } from './records.cts';

/** Records that one call makes or deletes (insert-records and delete-records pages). */
const maxRecords = 100;
const bodyLimit = 1024 * 1024;

type RecordAnswer = { code: string; details: object; message: string; status: string };

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal({ code, message, details = {} }: ZohoError): RecordAnswer {
	return { code, details, message, status: 'error' };
}

/** `POST /crm/{version}/{module}` and `DELETE /crm/{version}/{module}?ids=`: records made and deleted. */
export class WritingEndpoint {
	constructor(
		private readonly modules: Modules,
		private readonly records: Records,
		private readonly clock: Clock,
	) {}

	/** Makes records of `{"data": [{...}]}`, whose texts become their fields. */
	async create(api: ApiCall, moduleName: string): Promise<Answer> {
		const rows = await this.rowsOf(api);
		const module = this.access(api, moduleName, ['ALL', 'WRITE', 'CREATE']);
		if ('error' in module) return errorAnswer(module.error);
		if (rows === undefined || rows.length === 0 || rows.length > maxRecords) {
			return errorAnswer({ ...zohoErrors.mandatoryNotFound, details: { api_name: 'data' } });
		}
		const { dataCenter, environment } = api.token.org;
		// The one field that a lead must have (insert-records page). Assumption: other modules want their display field.
		const mandatory = module.displayField === 'Full_Name' ? 'Last_Name' : module.displayField;
		const data = rows.map((row): RecordAnswer => {
			const texts = Object.entries(row).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
			const fields = Object.fromEntries(texts);
			if (!fields[mandatory]) return refusal({ ...zohoErrors.mandatoryNotFound, details: { api_name: mandatory } });
			const name = [fields.First_Name, fields[mandatory]].filter(Boolean).join(' ');
			const place = { dataCenter: dataCenter.location, environment };
			const id = this.records.add(moduleName, { ...place, name, fields });
			const now = zohoTime(this.clock.now());
			return {
				code: 'SUCCESS',
				details: { Modified_Time: now, Created_Time: now, id },
				message: 'record added',
				status: 'success',
			};
		});
		return this.answerOf(data, 201);
	}

	/** Deletes records. Assumption: from then on, the record's addresses answer as for an id that never was. */
	async remove(api: ApiCall, moduleName: string): Promise<Answer> {
		await drain(api.request);
		const module = this.access(api, moduleName, ['ALL', 'DELETE']);
		if ('error' in module) return errorAnswer(module.error);
		const ids = api.url.searchParams.get('ids')?.split(',') ?? [];
		if (ids.length === 0 || ids.length > maxRecords) return errorAnswer(invalidParameter('ids'));
		const data = ids.map((id): RecordAnswer => {
			const record = this.records.get(moduleName, id);
			if (record?.org.id !== api.token.org.id || record.condition === 'deleted') {
				return refusal({ ...zohoErrors.unknownId, details: { id } });
			}
			this.records.setCondition(moduleName, id, 'deleted');
			return { code: 'SUCCESS', details: { id }, message: 'record deleted', status: 'success' };
		});
		return this.answerOf(data, 200);
	}

	/** Assumption: 400 where all were refused, and 207 where some were (status-codes page: "Multi-Status"). */
	private answerOf(data: readonly RecordAnswer[], good: number): Answer {
		const refused = data.filter(({ status }) => status === 'error').length;
		return jsonAnswer(refused === 0 ? good : refused === data.length ? 400 : 207, { data }, data[0]?.code);
	}

	private access(api: ApiCall, name: string, operations: readonly string[]): CrmModule | { error: ZohoError } {
		const module = this.modules.find(name);
		const word = module ? moduleWord(module) : name.toLowerCase();
		if (!isGranted(api.token.scopes, moduleScopes(word, operations))) return { error: zohoErrors.scopeMismatch };
		if (!module) return { error: zohoErrors.unknownModule };
		return module.apiSupported ? module : { error: zohoErrors.unsupportedModule };
	}

	/** The records of the body; undefined where it is not JSON of that form. */
	private async rowsOf({ request }: ApiCall): Promise<Array<Record<string, unknown>> | undefined> {
		try {
			const json: unknown = JSON.parse((await readBody(request, bodyLimit)).toString('utf8'));
			return isObject(json) && Array.isArray(json.data) ? json.data.filter(isObject) : undefined;
		} catch {
			return undefined;
		}
	}
}
