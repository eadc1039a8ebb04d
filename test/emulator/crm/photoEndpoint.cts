import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import type { Clock } from '../clock.cts';
import { type Answer, drain, emptyAnswer, jsonAnswer } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, tooLarge, type ZohoError, zohoErrors } from './errors.cts';
import { checkImage, type ImageRules } from './imageCheck.cts';
import type { ConditionStage } from './magicRecords.cts';
import type { Modules } from './modules.cts';
import { readMultipart } from './multipartCheck.cts';
import type { Photos, StoredPhoto } from './photos.cts';
import type { CrmRecord, Records } from './records.cts';

/** Operations whose scope serves each verb (Zoho's upload, download and delete photo pages). */
const operations: Record<string, readonly string[]> = {
	POST: ['ALL', 'WRITE', 'CREATE'],
	GET: ['ALL', 'READ'],
	DELETE: ['ALL', 'DELETE'],
};

/** What the photo address works on. */
export interface PhotoEndpointParts {
	modules: Modules;
	records: Records;
	photos: Photos;
	rules: ImageRules;
	clock: Clock;
}

/** `POST`, `GET` and `DELETE` of `/crm/{version}/{module}/{record id}/photo`. */
export class PhotoEndpoint {
	constructor(private readonly parts: PhotoEndpointParts) {}

	/** True when the address takes this verb. */
	takes(method: string): boolean {
		return Object.hasOwn(operations, method);
	}

	/**
	 * Answers a photo call, checking in the order of zoho-api.md 10.4: scope, module, permission, multipart, record,
	 * lock, file.
	 * @returns undefined when the body broke off, so that there is nobody to answer
	 */
	async answer(api: ApiCall, moduleName: string, recordId: string): Promise<Answer | undefined> {
		const { modules, records } = this.parts;
		const module = modules.find(moduleName);
		const word = module ? moduleWord(module) : moduleName.toLowerCase();
		const record = records.get(moduleName, recordId);

		const early = (): ZohoError | undefined => {
			if (!isGranted(api.token.scopes, moduleScopes(word, operations[api.method] ?? [])))
				return zohoErrors.scopeMismatch;
			if (!module) return zohoErrors.unknownModule;
			if (!modules.takesPhotos(module, api.version)) return zohoErrors.unsupportedModule;
			return this.refusalOf(api, record, 'permission');
		};
		const refusal = early();
		if (refusal) return (await drain(api.request)) ? errorAnswer(refusal) : undefined;

		if (api.method === 'POST') return await this.upload(api, record, moduleName, recordId);
		await drain(api.request);
		const late = this.recordRefusal(api, record);
		if (late || !record) return errorAnswer(late ?? zohoErrors.unknownRelatedId);
		return api.method === 'GET' ? this.download(record) : this.remove(record);
	}

	private async upload(
		api: ApiCall,
		record: CrmRecord | undefined,
		module: string,
		recordId: string,
	): Promise<Answer | undefined> {
		const { rules, photos, clock, records } = this.parts;
		const body = await readMultipart(api.request, rules.maxBytes);
		api.call.parts = body.parts;
		if ('brokenOff' in body) return undefined;
		if ('error' in body) {
			api.call.reason = body.reason;
			return errorAnswer(body.error);
		}
		const late = this.recordRefusal(api, record);
		if (late || !record) return errorAnswer(late ?? zohoErrors.unknownRelatedId);
		const triggers = this.triggersWanted(api);
		if (triggers === 'unknown') {
			api.call.reason = 'restrict_triggers has an unknown value';
			// Assumption: Zoho does not document what a value other than "workflow" does.
			return errorAnswer({
				status: 400,
				code: 'INVALID_DATA',
				message: 'invalid data',
				details: { param_name: 'restrict_triggers', supported_values: ['workflow'] },
			});
		}
		const verdict = checkImage(body.file.bytes, body.file.fileName, rules);
		if ('refused' in verdict) {
			api.call.reason = verdict.reason;
			return errorAnswer(verdict.refused === 'size' ? tooLarge(api.version) : zohoErrors.notAnImage);
		}
		const stored = photos.put({
			module,
			recordId,
			bytes: body.file.bytes,
			fileName: body.file.fileName,
			...verdict.image,
			storedAt: clock.now(),
		});
		records.touchImage(record, `${stored.uploads}`);
		if (triggers === 'fire') record.workflowsFired++;
		return jsonAnswer(
			200,
			{ code: 'SUCCESS', details: {}, message: 'photo uploaded successfully', status: 'success' },
			'SUCCESS',
		);
	}

	private triggersWanted(api: ApiCall): 'fire' | 'hold' | 'unknown' {
		const value = api.url.searchParams.get('restrict_triggers');
		if (value === null) return 'fire';
		return value === 'workflow' ? 'hold' : 'unknown';
	}

	private download(record: CrmRecord): Answer {
		const photo = this.parts.photos.get(record.module, record.id);
		// 204 without a body when there is no photo (OAS of 2025 and 2026).
		if (!photo) return emptyAnswer(204);
		return {
			status: 200,
			headers: {
				// Assumption: the kind by the bytes; OAS names image/png only, Zoho's SDK takes others.
				'content-type': `${photo.mimeType};charset=UTF-8`,
				'content-disposition': this.disposition(photo),
			},
			body: photo.bytes,
		};
	}

	/** Assumption: the form of the Files API's example; the photo page names no header, and Zoho's SDK needs this one. */
	private disposition(photo: StoredPhoto): string {
		return `attachment;filename*=UTF-8''${encodeURIComponent(photo.fileName)}`;
	}

	private remove(record: CrmRecord): Answer {
		// Assumption: a record without a photo gets the same answer; Zoho does not document it.
		if (this.parts.photos.delete(record.module, record.id)) this.parts.records.touchImage(record, null);
		return jsonAnswer(200, { code: 'SUCCESS', details: {}, message: 'Photo deleted', status: 'success' }, 'SUCCESS');
	}

	private refusalOf(api: ApiCall, record: CrmRecord | undefined, stage: ConditionStage): ZohoError | undefined {
		const condition = this.parts.records.conditionOf(record);
		if (!condition || condition.stage !== stage || !condition.methods.includes(api.method)) return undefined;
		if (record?.org.id !== api.token.org.id) return undefined;
		return condition.error(api.method);
	}

	private recordRefusal(api: ApiCall, record: CrmRecord | undefined): ZohoError | undefined {
		if (!record || record.org.id !== api.token.org.id) {
			return api.method === 'DELETE' ? zohoErrors.unknownId : zohoErrors.unknownRelatedId;
		}
		return (
			this.refusalOf(api, record, 'record') ??
			this.refusalOf(api, record, 'lock') ??
			this.refusalOf(api, record, 'file')
		);
	}
}
