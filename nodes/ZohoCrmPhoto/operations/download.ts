import { done } from '../outcome';
import { downloadPhoto } from '../zoho/records/photo';
import { storedFile } from './downloadedFile';
import type { Operation } from './operation';

/**
 * Fetches the photo of the item's record into a binary field.
 *
 * A record without a photo is no failure: its item says `hasPhoto: false`.
 */
export const downloadOperation: Operation = async ({ context, item, address, settings, zoho }) => {
	const given: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
	const field = typeof given === 'string' && given !== '' ? given : 'data';
	const answer = await downloadPhoto(zoho, address, settings);
	if (!answer.ok) return answer;
	if (answer.value.body.length === 0) return done({ json: { ...address, hasPhoto: false } });

	const file = await storedFile(context, answer.value);
	if (!file.ok) return file;
	return done({
		json: { ...address, hasPhoto: true, photo: file.value.facts },
		binary: { [field]: file.value.binary },
	});
};
