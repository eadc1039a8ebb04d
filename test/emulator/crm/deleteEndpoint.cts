import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import { type Answer, jsonAnswer } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, invalidParameter, zohoErrors } from './errors.cts';
import type { Modules } from './modules.cts';
import type { Records } from './records.cts';

/** Records that one call deletes (delete-records page). */
const maxRecords = 100;

/** `DELETE /crm/{version}/{module}?ids=` ("Delete Records"). */
export class DeleteEndpoint {
	constructor(
		private readonly modules: Modules,
		private readonly records: Records,
	) {}

	/** Answers the call. Assumption: a deleted record's addresses answer as for an id that never was. */
	answer(api: ApiCall, name: string): Answer {
		const module = this.modules.find(name);
		const word = module ? moduleWord(module) : name.toLowerCase();
		if (!isGranted(api.token.scopes, moduleScopes(word, ['ALL', 'DELETE'])))
			return errorAnswer(zohoErrors.scopeMismatch);
		if (!module) return errorAnswer(zohoErrors.unknownModule);
		if (!module.apiSupported) return errorAnswer(zohoErrors.unsupportedModule);
		const ids = api.url.searchParams.get('ids')?.split(',') ?? [];
		if (ids.length === 0 || ids.length > maxRecords) return errorAnswer(invalidParameter('ids'));
		const data = ids.map((id) => {
			const record = this.records.get(name, id);
			if (record?.org.id !== api.token.org.id || record.condition === 'deleted') {
				const { code, message } = zohoErrors.unknownId;
				return { code, details: { id }, message, status: 'error' };
			}
			this.records.setCondition(name, id, 'deleted');
			return { code: 'SUCCESS', details: { id }, message: 'record deleted', status: 'success' };
		});
		const refused = data.filter(({ status }) => status === 'error').length;
		// Assumption: 400 where all were refused, and 207 where some were (status-codes page: "Multi-Status").
		return jsonAnswer(refused === 0 ? 200 : refused === data.length ? 400 : 207, { data }, data[0]?.code);
	}
}
