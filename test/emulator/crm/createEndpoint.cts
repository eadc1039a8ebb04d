import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import { type Answer, jsonAnswer, readBody } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, zohoErrors } from './errors.cts';
import type { Modules } from './modules.cts';
import { zohoTime } from './recordJson.cts';
import type { Records } from './records.cts';

const longestBody = 100_000;

/**
 * `POST /crm/{version}/{module}`: makes one record ("Insert Records"), as n8n's own Zoho CRM node asks for it, which writes
 * the module in lower case. Assumption: a field that is required and missing is not missed.
 */
export class CreateEndpoint {
	constructor(
		private readonly modules: Modules,
		private readonly records: Records,
	) {}

	/** Answers the call. */
	async answer(api: ApiCall, name: string): Promise<Answer> {
		const body = (await readBody(api.request, longestBody)).toString('utf8');
		const module = this.modules.all().find(({ apiName }) => apiName.toLowerCase() === name.toLowerCase());
		if (module === undefined) return errorAnswer(zohoErrors.unknownModule);
		const scopes = moduleScopes(moduleWord(module), ['ALL', 'CREATE', 'WRITE']);
		if (!isGranted(api.token.scopes, scopes)) return errorAnswer(zohoErrors.scopeMismatch);
		const fields = fieldsIn(body);
		const shownName = [fields.First_Name, fields[module.displayField] ?? fields.Last_Name]
			.filter((part) => part)
			.join(' ');
		const { dataCenter, environment } = api.token.org;
		const id = this.records.add(module.apiName, {
			name: shownName,
			fields,
			dataCenter: dataCenter.location,
			environment,
		});
		const at = zohoTime(this.records.get(module.apiName, id)?.createdAt ?? 0);
		const details = { Created_Time: at, Modified_Time: at, id };
		return jsonAnswer(
			201,
			{ data: [{ code: 'SUCCESS', details, message: 'record added', status: 'success' }] },
			'SUCCESS',
		);
	}
}

function fieldsIn(body: string): Record<string, string> {
	const parsed: unknown = JSON.parse(body);
	const data: unknown = Object(parsed).data;
	const first: unknown = Array.isArray(data) ? data[0] : undefined;
	return Object.fromEntries(Object.entries(Object(first)).map(([name, value]) => [name, String(value)]));
}
