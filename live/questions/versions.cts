import { takenOr } from '../calls/words.cts';
import { pngOfPixels } from '../lab/pictures.cts';
import type { Question } from './question.cts';

/** Whether each version of the API that can be addressed takes a photo. */
export const versionQuestions: readonly Question[] = ['v2', 'v2.1', 'v3', 'v4', 'v5', 'v6', 'v7'].map((version) => ({
	name: `versions.${version}`,
	text: `An upload in ${version}`,
	assumed: 'taken',
	ask: async (lab) => takenOr(await lab.upload(pngOfPixels(6, 6), { version })),
}));
