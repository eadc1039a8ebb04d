import { isGranted, moduleScopes, moduleWord } from '../accounts/scopes.cts';
import { type Answer, emptyAnswer } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, invalidParameter, zohoErrors } from './errors.cts';
import type { ImageFields } from './imageFields.cts';
import type { Modules } from './modules.cts';
import type { Records } from './records.cts';

/** `GET /crm/{version}/{module}/{record id}/actions/download_fields_attachment?fields_attachment_id=`. */
export class FieldFilesEndpoint {
	constructor(
		private readonly modules: Modules,
		private readonly records: Records,
		private readonly imageFields: ImageFields,
	) {}

	/** Answers with the bytes of one image of a record's field. */
	answer(api: ApiCall, moduleName: string, recordId: string): Answer {
		const module = this.modules.find(moduleName);
		const word = module ? moduleWord(module) : moduleName.toLowerCase();
		if (!isGranted(api.token.scopes, moduleScopes(word, ['ALL', 'READ']))) return errorAnswer(zohoErrors.scopeMismatch);
		if (!module) return errorAnswer(zohoErrors.unknownModule);
		const record = this.records.get(moduleName, recordId);
		if (record?.org.id !== api.token.org.id) return errorAnswer(zohoErrors.unknownId);
		const id = api.url.searchParams.get('fields_attachment_id');
		if (id === null) return errorAnswer(invalidParameter('fields_attachment_id'));
		const images = this.imageFields
			.of(moduleName)
			.flatMap(({ apiName }) => this.imageFields.images(moduleName, recordId, apiName));
		const image = images.find((one) => one.id === id);
		// Assumption: an id that the record does not have is answered as a record without a photo is.
		if (!image) return emptyAnswer(204);
		return {
			status: 200,
			headers: {
				// Assumption: no more is said of the kind than that it is a file to save.
				'content-type': 'application/octet-stream;charset=UTF-8',
				'content-disposition': `attachment;filename*=UTF-8''${encodeURIComponent(image.fileName)}`,
			},
			body: image.bytes,
		};
	}
}
