import { inWords } from '../calls/words.cts';
import { goneAgain, twoPhotos } from './photoLife.cts';
import type { Question } from './question.cts';

/** About the answers to what succeeds. */
export const photoQuestions: readonly Question[] = [
	{
		name: 'photo.uploaded',
		text: 'The answer to an upload',
		assumed: '200 SUCCESS: photo uploaded successfully',
		ask: async (lab) => inWords((await twoPhotos(lab)).uploaded),
	},
	{
		name: 'photo.replaced',
		text: 'The answer to an upload where a photo is',
		assumed: '200 SUCCESS: photo uploaded successfully',
		ask: async (lab) => inWords((await twoPhotos(lab)).uploadedAgain),
	},
	{
		name: 'photo.deleted',
		text: 'The answer to deleting a photo',
		assumed: '200 SUCCESS: Photo deleted',
		ask: async (lab) => inWords((await goneAgain(lab)).removed),
	},
	{
		name: 'photo.deleted-twice',
		text: 'Deleting a photo that is not there',
		assumed: '200 SUCCESS: Photo deleted',
		ask: async (lab) => inWords((await goneAgain(lab)).removedAgain),
	},
	{
		name: 'photo.none',
		text: 'Downloading a photo that is not there',
		assumed: '204 without a body',
		ask: async (lab) => inWords((await goneAgain(lab)).downloaded),
	},
];
