import { inWords, rowsOf } from '../calls/words.cts';
import { NotAsked } from '../lab/lab.cts';
import { goneAgain, type RecordImage, recordImage, twoPhotos } from './photoLife.cts';
import type { Question } from './question.cts';

/** `null`, `a text`, `a number`; the refusal where it could not be read. */
function kindOf(image: RecordImage): string {
	if ('refused' in image) return image.refused;
	const { value } = image;
	if (value === undefined || value === null) return value === null ? 'null' : 'not there';
	return value === '' ? 'an empty text' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
}

/** About the field that tells of a photo, before the lead has one. */
export const earlyRecordImageQuestions: readonly Question[] = [
	{
		name: 'record-image.before',
		text: 'Record_Image of a record that never had a photo',
		assumed: 'null',
		ask: async (lab) => kindOf(await recordImage(lab)),
	},
];

/** About the same field once there are photos. */
export const recordImageQuestions: readonly Question[] = [
	{
		name: 'record-image.after',
		text: 'Record_Image once there is a photo',
		assumed: 'a text',
		ask: async (lab) => {
			const { uploaded, first } = await twoPhotos(lab);
			lab.resting(uploaded, 'the first photo');
			return kindOf(first);
		},
	},
	{
		name: 'record-image.another',
		text: 'Record_Image after another photo',
		assumed: 'another one',
		ask: async (lab) => {
			const { uploadedAgain, first, second } = await twoPhotos(lab);
			lab.resting(uploadedAgain, 'the second photo');
			if ('refused' in second) return second.refused;
			if ('refused' in first) throw new NotAsked('reading the first one was refused');
			return first.value === second.value ? 'the same one' : 'another one';
		},
	},
	{
		name: 'record-image.by-ids',
		text: 'The lead and an id that does not exist, in one list',
		assumed: 'the lead alone',
		ask: async (lab) => {
			const answer = await lab.get(`v8/Leads?ids=${lab.lead.id},9223372036854775807&fields=Record_Image`);
			const ids = rowsOf(answer).map(({ id }) => id);
			if (ids.length === 0) return inWords(answer);
			return ids.length === 1 && ids[0] === lab.lead.id ? 'the lead alone' : 'something else';
		},
	},
	{
		name: 'record-image.deleted',
		text: 'Record_Image once the photo is deleted',
		assumed: 'null',
		ask: async (lab) => {
			const { removed, image } = await goneAgain(lab);
			lab.resting(removed, 'deleting the photo');
			return kindOf(image);
		},
	},
];
