import { done, type Outcome } from '../../outcome';
import { successOf, type HttpAnswer } from '../answers/answer';
import type { CallSettings, ZohoClient } from '../calls/client';
import type { RecordAddress } from '../task';
import { sendFile, type FilePart } from './sendFile';
import type { IDataObject } from 'n8n-workflow';

/**
 * Puts a photo on a record in place of the one it has ("Upload a Photo").
 *
 * @param restrictTriggers whether Zoho's workflows shall not start (`restrict_triggers=workflow`)
 * @returns Zoho's four fields of the success
 */
export async function uploadPhoto(
	zoho: ZohoClient,
	address: RecordAddress,
	file: FilePart,
	restrictTriggers: boolean,
	settings: CallSettings,
): Promise<Outcome<IDataObject>> {
	const answer = await sendFile(zoho, file, {
		...settings,
		task: 'upload',
		address,
		path: photoPath(address),
		query: restrictTriggers ? { restrict_triggers: 'workflow' } : undefined,
	});
	return envelope(answer);
}

/**
 * Fetches a record's photo ("Download a Photo").
 *
 * @returns the answer with the bytes; status 204 and no bytes for a record without a photo
 */
export async function downloadPhoto(
	zoho: ZohoClient,
	address: RecordAddress,
	settings: CallSettings,
): Promise<Outcome<HttpAnswer>> {
	return await zoho.send({
		...settings,
		task: 'download',
		address,
		method: 'GET',
		path: photoPath(address),
		expects: 'photo',
	});
}

/**
 * Deletes a record's photo ("Delete a Photo").
 *
 * @returns Zoho's four fields of the success
 */
export async function deletePhoto(
	zoho: ZohoClient,
	address: RecordAddress,
	settings: CallSettings,
): Promise<Outcome<IDataObject>> {
	return envelope(
		await zoho.send({
			...settings,
			task: 'delete',
			address,
			method: 'DELETE',
			path: photoPath(address),
			expects: 'envelope',
		}),
	);
}

/** `/{module}/{record id}/photo`, each part encoded so that no value can lead elsewhere. */
function photoPath({ module, recordId }: RecordAddress): string {
	return `/${encodeURIComponent(module)}/${encodeURIComponent(recordId)}/photo`;
}

function envelope(outcome: Outcome<HttpAnswer>): Outcome<IDataObject> {
	return outcome.ok ? done(successOf(outcome.value)) : outcome;
}
