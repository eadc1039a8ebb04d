import { done } from '../outcome';
import { downloadPhoto } from '../zoho/records/photo';
import { describedFile, storedFile } from './downloadedFile';
import type { Operation } from './operation';

/**
 * Fetches the photo of the item's record into a binary field.
 *
 * A record without a photo is no failure: its item says `hasPhoto: false`. Type and name follow the bytes, as Zoho's
 * documentation promises image/png for whatever was uploaded.
 *
 * To an AI agent that calls the node as a tool no file can be given: its model is told what the photo is, and so.
 */
export const downloadOperation: Operation = async ({ context, item, address, settings, zoho }) => {
	const given: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
	const field = typeof given === 'string' && given !== '' ? given : 'data';
	const answer = await downloadPhoto(zoho, address, settings);
	if (!answer.ok) return answer;
	const isTool = context.getNode().type.endsWith('Tool');
	const told = (message: string): { message?: string } => (isTool ? { message } : {});
	if (answer.value.body.length === 0) {
		return done({ json: { ...address, hasPhoto: false, ...told('The record has no photo') } });
	}

	const photo = describedFile(answer.value);
	const json = {
		...address,
		hasPhoto: true,
		...told('The record has a photo, described here; the file itself does not reach a model'),
		photo,
	};
	if (isTool) return done({ json });
	const binary = await storedFile(context, answer.value.body, photo);
	return binary.ok ? done({ json, binary: { [field]: binary.value } }) : binary;
};
