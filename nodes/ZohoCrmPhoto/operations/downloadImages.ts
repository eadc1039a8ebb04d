import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { done } from '../outcome';
import { downloadImage } from '../zoho/records/fieldImages';
import { storedFile } from './downloadedFile';
import { onImageField, resultJson } from './imageJob';
import { pickedImages } from './pickedImages';

/**
 * Fetches images of the item's field into binary fields: `data`, `data_1`, `data_2` and so on.
 *
 * A field without images is no failure: its item says `hasImages: false`.
 */
export const downloadImagesOperation = onImageField(async (job) => {
	const { context, item, zoho, settings, target } = job;
	const given: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
	const first = typeof given === 'string' && given.trim() !== '' ? given.trim() : 'data';
	const found = await pickedImages(job);
	if (!found.ok) return found;
	const { held, picked } = found.value;

	const images: IDataObject[] = [];
	const binary: INodeExecutionData['binary'] = {};
	for (const [place, image] of picked.entries()) {
		const answer = await downloadImage(zoho, target.address, image, settings);
		if (!answer.ok) return answer;
		const file = await storedFile(context, answer.value, image.fileName);
		if (!file.ok) return file;
		const binaryField = place === 0 ? first : `${first}_${place}`;
		binary[binaryField] = file.value.binary;
		images.push({ id: image.id, ...file.value.facts, sequenceNumber: image.sequenceNumber, binaryField });
	}
	const json = resultJson(target, { hasImages: held.length > 0, images });
	return done(images.length === 0 ? { json } : { json, binary });
});
