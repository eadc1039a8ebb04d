import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isTool } from '../asTool';
import { done } from '../outcome';
import { downloadImage } from '../zoho/records/fieldImages';
import { describedFile, storedFile } from './downloadedFile';
import { onImageField, placeOf } from './imageJob';
import { pickedImages } from './pickedImages';

/** What a model is told. */
const DESCRIBED = 'The field has images, described here; the files themselves do not reach a model';

/**
 * Fetches images of the item's field into binary fields: `data`, `data_1`, `data_2` and so on.
 *
 * A field without images is no failure: its item says `hasImages: false`. To an AI agent that calls the node as a tool no file
 * can be given: its model is told what the images are.
 */
export const downloadImagesOperation = onImageField(async (job) => {
	const { context, item, zoho, settings, target } = job;
	const given: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
	const first = typeof given === 'string' && given.trim() !== '' ? given.trim() : 'data';
	const found = await pickedImages(job);
	if (!found.ok) return found;
	const { held, picked } = found.value;

	const asTool = isTool(context);
	const images: IDataObject[] = [];
	const binary: INodeExecutionData['binary'] = {};
	for (const [place, image] of picked.entries()) {
		const answer = await downloadImage(zoho, target.address, image, settings);
		if (!answer.ok) return answer;
		const { id, sequenceNumber } = image;
		if (asTool) {
			images.push({ id, ...describedFile(answer.value, image.fileName), sequenceNumber });
			continue;
		}
		const file = await storedFile(context, answer.value, image.fileName);
		if (!file.ok) return file;
		const binaryField = place === 0 ? first : `${first}_${place}`;
		binary[binaryField] = file.value.binary;
		images.push({ id, ...file.value.facts, sequenceNumber, binaryField });
	}
	const message = images.length === 0 ? 'The field has no images' : DESCRIBED;
	const json = { ...placeOf(target), hasImages: held.length > 0, ...(asTool && { message }), images };
	return done(Object.keys(binary).length === 0 ? { json } : { json, binary });
});
