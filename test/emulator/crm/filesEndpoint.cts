import { isGranted } from '../accounts/scopes.cts';
import { type Answer, drain, jsonAnswer } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, zohoErrors } from './errors.cts';
import { readMultipart } from './multipartCheck.cts';
import type { UploadedFiles } from './uploadedFiles.cts';

/** Bytes of one file at most: 20 MB (files page). Assumption: MB is 2^20 bytes. */
const maxBytes = 20 * 1024 * 1024;
/** Files that one call takes (files page). */
const maxFiles = 10;

/** `POST /crm/{version}/files`: up to ten files, each a part `file`. */
export class FilesEndpoint {
	constructor(private readonly files: UploadedFiles) {}

	/**
	 * Answers an upload of files; the ids come in the order of the parts.
	 * @returns undefined when the body broke off
	 */
	async answer(api: ApiCall): Promise<Answer | undefined> {
		const serving = ['ZohoCRM.files.ALL', 'ZohoCRM.files.CREATE'];
		if (!isGranted(api.token.scopes, serving)) {
			return (await drain(api.request)) ? errorAnswer(zohoErrors.scopeMismatch) : undefined;
		}
		const body = await readMultipart(api.request, maxBytes, maxFiles);
		api.call.parts = body.parts;
		if ('brokenOff' in body) return undefined;
		if ('error' in body) {
			api.call.reason = body.reason;
			const isEmpty = body.error.code === 'INVALID_DATA';
			return errorAnswer(isEmpty ? zohoErrors.badAttachment : body.error);
		}
		// One file that is too large rejects the whole upload (OAS of 2026).
		if (body.files.some(({ size }) => size > maxBytes)) return errorAnswer(zohoErrors.fileTooLarge);
		return jsonAnswer(
			200,
			{
				data: body.files.map(({ fileName, bytes }) => ({
					code: 'SUCCESS',
					details: { name: fileName, id: this.files.add(api.token.org, fileName, bytes).id },
					message: `${fileName} uploaded Succesfully`,
					status: 'success',
				})),
			},
			'SUCCESS',
		);
	}
}
