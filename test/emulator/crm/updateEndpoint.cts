import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import type { Clock } from '../clock.cts';
import { type Answer, drain, jsonAnswer, readBody } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, type ZohoError, zohoErrors } from './errors.cts';
import { checkImage } from './imageCheck.cts';
import type { ImageField, ImageFields } from './imageFields.cts';
import type { Modules } from './modules.cts';
import { zohoTime } from './recordJson.cts';
import type { CrmRecord, Records } from './records.cts';
import type { UploadedFile, UploadedFiles } from './uploadedFiles.cts';

/** Assumption: formats and pixels of an image field's images are not documented; whatever is a picture is taken. */
const rules = {
	maxBytes: 20 * 1024 * 1024,
	maxPixels: Infinity,
	refuseTruncated: true,
	refuseUnfittingExtension: false,
};
/** Records that one call takes (update-records page). */
const maxRecords = 100;
const bodyLimit = 1024 * 1024;

/** What an update does to one image field. */
interface Change {
	field: ImageField;
	remove: string[];
	add: Array<{ file: UploadedFile; mimeType: string }>;
}

/** What the update address works on. */
export interface UpdateEndpointParts {
	modules: Modules;
	records: Records;
	imageFields: ImageFields;
	files: UploadedFiles;
	clock: Clock;
}

/** `PUT /crm/{version}/{module}` and `PUT /crm/{version}/{module}/{record id}`, as far as image upload fields go. */
export class UpdateEndpoint {
	constructor(private readonly parts: UpdateEndpointParts) {}

	/**
	 * Answers an update.
	 * @returns undefined when the body broke off
	 */
	async answer(api: ApiCall, moduleName: string, recordId: string | undefined): Promise<Answer | undefined> {
		const module = this.parts.modules.find(moduleName);
		const word = module ? moduleWord(module) : moduleName.toLowerCase();
		const early = !isGranted(api.token.scopes, moduleScopes(word, ['ALL', 'WRITE', 'UPDATE']))
			? zohoErrors.scopeMismatch
			: !module
				? zohoErrors.unknownModule
				: module.apiSupported
					? undefined
					: zohoErrors.unsupportedModule;
		if (early) return (await drain(api.request)) ? errorAnswer(early) : undefined;

		const sent = await sentJson(api);
		if (sent === undefined) return undefined;
		const rows = isObject(sent) && Array.isArray(sent.data) ? sent.data.filter(isObject) : [];
		if (!isObject(sent) || rows.length === 0 || rows.length > maxRecords) {
			return errorAnswer({
				status: 400,
				code: 'MANDATORY_NOT_FOUND',
				message: 'required field not found',
				details: { api_name: 'data' },
			});
		}
		// `trigger` that is left out starts everything, an empty list nothing (update-records page).
		const fires = !Array.isArray(sent.trigger) || sent.trigger.includes('workflow');
		const answers = rows.map((row) => this.one(api, moduleName, recordId ?? String(row.id), row, fires));
		const refused = answers.filter((one) => 'error' in one).length;
		const data = answers.map((one) => {
			if (!('error' in one)) return one;
			const { code, message, details = {} } = one.error;
			return { code, details, message, status: 'error' };
		});
		// Assumption: 400 where all were refused, and 202 where some were; the page says so of inserts.
		return jsonAnswer(refused === 0 ? 200 : refused === rows.length ? 400 : 202, { data }, data[0]?.code);
	}

	private one(
		api: ApiCall,
		module: string,
		id: string,
		row: Record<string, unknown>,
		fires: boolean,
	): { code: string; details: object; message: string; status: string } | { error: ZohoError } {
		const { records, imageFields, clock } = this.parts;
		const record = records.get(module, id);
		if (!record || record.org.id !== api.token.org.id || record.condition === 'deleted') {
			return { error: { ...zohoErrors.unknownId, details: { id } } };
		}
		const condition = records.conditionOf(record);
		if (condition?.methods.length === 3) return { error: condition.error('PUT') };
		const changes: Change[] = [];
		for (const [name, value] of Object.entries(row)) {
			const field = imageFields.find(module, name);
			// Assumption: fields that are no image fields are taken and not looked at.
			if (!field) continue;
			const change = this.change(api, record, field, value);
			if ('error' in change) return change;
			changes.push(change);
		}
		if (imageFields.storesNothing > 0) imageFields.storesNothing--;
		else for (const change of changes) this.store(record, change);
		record.modifiedAt = clock.now();
		if (fires) record.workflowsFired++;
		const modified = { Modified_Time: zohoTime(clock.now()), Created_Time: zohoTime(record.createdAt) };
		return { code: 'SUCCESS', details: { ...modified, id }, message: 'record updated', status: 'success' };
	}

	/** What is wanted of a field: entries that are not named stay (an assumption: no page says so). */
	private change(api: ApiCall, record: CrmRecord, field: ImageField, value: unknown): Change | { error: ZohoError } {
		const { imageFields, files } = this.parts;
		// Assumption: an unknown id, or a file that is no picture, is INVALID_DATA about the field.
		const details = { api_name: field.apiName, json_path: `$.data[0].${field.apiName}` };
		const invalid = { error: { status: 400, code: 'INVALID_DATA', message: 'invalid data', details } };
		const entries: unknown[] = Array.isArray(value) ? value : [undefined];
		const change: Change = { field, remove: [], add: [] };
		const held = imageFields.images(record.module, record.id, field.apiName);
		for (const entry of entries) {
			if (!isObject(entry)) return invalid;
			if ('_delete' in entry) {
				const isHeld = held.some(({ id }) => id === entry.id);
				if (!isHeld || entry._delete !== null) return invalid;
				change.remove.push(String(entry.id));
				continue;
			}
			const file = typeof entry.File_Id__s === 'string' ? files.find(api.token.org, entry.File_Id__s) : undefined;
			const verdict = file && checkImage(file.bytes, file.fileName, rules);
			if (!file || !verdict || 'refused' in verdict) return invalid;
			change.add.push({ file, mimeType: verdict.image.mimeType });
		}
		if (held.length - change.remove.length + change.add.length > field.maximum) {
			return {
				error: {
					status: 400,
					code: 'LIMIT_EXCEEDED',
					message: 'the number of images exceeds the limit of the field',
					details: { api_name: field.apiName, limit: field.maximum },
				},
			};
		}
		return change;
	}

	private store(record: CrmRecord, { field, remove, add }: Change): void {
		const { imageFields } = this.parts;
		for (const id of remove) imageFields.remove(record, field.apiName, id);
		for (const { file, mimeType } of add) imageFields.add(record, field.apiName, file, mimeType);
	}
}

/** The JSON of a body, null for what is none; undefined when the client went away. */
async function sentJson(api: ApiCall): Promise<unknown> {
	try {
		const text = (await readBody(api.request, bodyLimit)).toString('utf8');
		return /^application\/json\b/i.test(api.request.headers['content-type'] ?? '') ? parsed(text) : null;
	} catch {
		return undefined;
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
