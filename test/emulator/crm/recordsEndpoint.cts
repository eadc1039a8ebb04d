import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import type { Clock } from '../clock.cts';
import { type Answer, emptyAnswer, jsonAnswer } from '../network/answer.cts';
import { type ApiCall, isFromV3 } from './apiCall.cts';
import { errorAnswer, invalidParameter, type ZohoError, zohoErrors } from './errors.cts';
import type { ImageFields } from './imageFields.cts';
import type { CrmModule, Modules } from './modules.cts';
import { recordJson, zohoTime } from './recordJson.cts';
import type { CrmRecord, Records } from './records.cts';

/** Page size at most, and by default (get-records page). */
const pageMaximum = 200;
/** Records that `page` can reach; beyond that only `page_token` (get-records page). */
const discreteMaximum = 2000;
const fieldsMaximum = 50;
/** Assumption: Zoho's pages do not say how many `ids` a call takes. */
const idsMaximum = 100;

interface Wish {
	fields: string[] | undefined;
	perPage: number;
	from: number;
	page: number;
}

function refuse(error: ZohoError): { refused: Answer } {
	return { refused: errorAnswer(error) };
}

/** `GET /crm/{version}/{module}` and `GET /crm/{version}/{module}/{record id}`. */
export class RecordsEndpoint {
	private readonly pageTokens = new Map<string, { from: number; page: number }>();

	constructor(
		private readonly modules: Modules,
		private readonly records: Records,
		private readonly clock: Clock,
		private readonly imageFields: ImageFields,
	) {}

	/** Answers the list of a module's records. */
	list(api: ApiCall, moduleName: string): Answer {
		const access = this.access(api, moduleName);
		if ('refused' in access) return access.refused;
		const wish = this.wish(api);
		if ('refused' in wish) return wish.refused;
		const wanted = this.wanted(api, this.records.list(api.token.org, moduleName));
		if ('refused' in wanted) return wanted.refused;
		const sorted = this.sorted(api, wanted.records);
		if ('refused' in sorted) return sorted.refused;

		const shown = sorted.records.slice(wish.from, wish.from + wish.perPage);
		if (shown.length === 0) return emptyAnswer(204);
		const reached = wish.from + shown.length;
		const more = reached < sorted.records.length;
		const token = more ? this.pageToken(reached, wish.page + 1) : null;
		return jsonAnswer(200, {
			data: shown.map((record) => recordJson(record, access.module, wish.fields, this.imageFields)),
			info: {
				per_page: wish.perPage,
				next_page_token: token,
				count: shown.length,
				sort_by: sorted.by,
				page: wish.page,
				previous_page_token: null,
				page_token_expiry: token ? zohoTime(this.clock.now() + 24 * 60 * 60 * 1000) : null,
				sort_order: sorted.order,
				more_records: more,
			},
		});
	}

	/** Answers one record. */
	one(api: ApiCall, moduleName: string, recordId: string): Answer {
		const access = this.access(api, moduleName);
		if ('refused' in access) return access.refused;
		if (!/^\d{1,20}$/.test(recordId)) {
			return errorAnswer({ ...zohoErrors.unknownId, details: { id: recordId } });
		}
		const record = this.records.get(moduleName, recordId);
		// Assumption: 204 for an id that is unknown or another org's; the get-records pages name both 204 and INVALID_DATA.
		const isHere = record?.org.id === api.token.org.id && record.condition !== 'deleted';
		if (!record || !isHere) return emptyAnswer(204);
		const fields = api.url.searchParams.get('fields')?.split(',');
		return jsonAnswer(200, { data: [recordJson(record, access.module, fields, this.imageFields)] });
	}

	private access(api: ApiCall, name: string): { module: CrmModule } | { refused: Answer } {
		const module = this.modules.find(name);
		const word = module ? moduleWord(module) : name.toLowerCase();
		if (!isGranted(api.token.scopes, moduleScopes(word, ['ALL', 'READ']))) return refuse(zohoErrors.scopeMismatch);
		if (!module) return refuse(zohoErrors.unknownModule);
		if (!module.apiSupported) return refuse(zohoErrors.unsupportedModule);
		return { module };
	}

	private wish(api: ApiCall): Wish | { refused: Answer } {
		const query = api.url.searchParams;
		const fields = query
			.get('fields')
			?.split(',')
			.filter((name) => name !== '');
		if (isFromV3(api.version) && (fields === undefined || fields.length === 0)) {
			return refuse({
				status: 400,
				code: 'REQUIRED_PARAM_MISSING',
				message: 'One of the expected parameter is missing',
				details: { param_name: 'fields' },
			});
		}
		if ((fields?.length ?? 0) > fieldsMaximum) {
			return refuse({
				status: 400,
				code: 'LIMIT_EXCEEDED',
				message: 'more than 50 fields are given',
				details: { limit: fieldsMaximum },
			});
		}
		const perPage = Number(query.get('per_page') ?? pageMaximum);
		if (!Number.isInteger(perPage) || perPage < 1 || perPage > pageMaximum) return refuse(invalidParameter('per_page'));
		const pageToken = query.get('page_token');
		if (pageToken !== null) {
			const place = this.pageTokens.get(pageToken);
			return place ? { fields, perPage, ...place } : refuse(invalidParameter('page_token'));
		}
		const page = Number(query.get('page') ?? 1);
		if (!Number.isInteger(page) || page < 1) return refuse(invalidParameter('page'));
		if (page * perPage > discreteMaximum) {
			return refuse({
				status: 400,
				code: 'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
				message: 'You can get only the first 2000 records without using page_token parameter.',
				details: {},
			});
		}
		return { fields, perPage, page, from: (page - 1) * perPage };
	}

	/** Those that `ids` names, or all. Assumption: an id that is unknown or deleted is left out of the answer. */
	private wanted(api: ApiCall, records: readonly CrmRecord[]): { records: readonly CrmRecord[] } | { refused: Answer } {
		const given = api.url.searchParams.get('ids');
		if (given === null) return { records };
		const ids = new Set(given.split(','));
		if (ids.size > idsMaximum || [...ids].some((id) => !/^\d{1,20}$/.test(id))) return refuse(invalidParameter('ids'));
		return { records: records.filter(({ id }) => ids.has(id)) };
	}

	private sorted(
		api: ApiCall,
		records: readonly CrmRecord[],
	): { records: CrmRecord[]; by: string; order: string } | { refused: Answer } {
		const by = api.url.searchParams.get('sort_by') ?? 'id';
		const order = api.url.searchParams.get('sort_order') ?? 'desc';
		if (!['id', 'Created_Time', 'Modified_Time'].includes(by)) return refuse(invalidParameter('sort_by'));
		if (order !== 'asc' && order !== 'desc') return refuse(invalidParameter('sort_order'));
		const sign = order === 'asc' ? 1 : -1;
		const compare = (one: CrmRecord, other: CrmRecord): number => {
			const byTime =
				by === 'Created_Time'
					? one.createdAt - other.createdAt
					: by === 'Modified_Time'
						? one.modifiedAt - other.modifiedAt
						: 0;
			return sign * (byTime || one.id.length - other.id.length || (one.id < other.id ? -1 : 1));
		};
		return { records: records.filter((one) => one.condition !== 'deleted').sort(compare), by, order };
	}

	private pageToken(from: number, page: number): string {
		const token = Buffer.from(`emulated page ${from} ${page}`).toString('hex');
		this.pageTokens.set(token, { from, page });
		return token;
	}
}
