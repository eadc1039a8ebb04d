import { isTool } from '../asTool';
import { done } from '../outcome';
import { downloadPhoto } from '../zoho/records/photo';
import { describedFile, storedFile } from './downloadedFile';
import type { Operation } from './operation';

/**
 * Fetches the photo of the item's record into a binary field.
 *
 * A record without a photo is no failure: its item says `hasPhoto: false`.
 *
 * To an AI agent that calls the node as a tool no file can be given: its model is told what the photo is, and so.
 */
export const downloadOperation: Operation = async ({ context, item, address, settings, zoho }) => {
	const given: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
	const field = typeof given === 'string' && given !== '' ? given : 'data';
	const answer = await downloadPhoto(zoho, address, settings);
	if (!answer.ok) return answer;
	const asTool = isTool(context);
	if (answer.value.body.length === 0) {
		return done({ json: { ...address, hasPhoto: false, ...(asTool && { message: 'The record has no photo' }) } });
	}
	if (asTool) {
		const message = 'The record has a photo, described here; the file itself does not reach a model';
		return done({ json: { ...address, hasPhoto: true, message, photo: describedFile(answer.value) } });
	}
	const file = await storedFile(context, answer.value);
	if (!file.ok) return file;
	return done({
		json: { ...address, hasPhoto: true, photo: file.value.facts },
		binary: { [field]: file.value.binary },
	});
};
