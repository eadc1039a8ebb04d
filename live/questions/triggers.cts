import { takenOr } from '../calls/words.cts';
import { pngOfPixels } from '../lab/pictures.cts';
import { INVALID_DATA, type Question } from './question.cts';

/** About `restrict_triggers`. The first question comes before all other uploads, which then do as it was answered. */
export const triggerQuestions: readonly Question[] = [
	{
		name: 'triggers.workflow',
		text: 'An upload with restrict_triggers=workflow',
		assumed: 'taken',
		ask: async (lab) => {
			const seen = takenOr(await lab.upload(pngOfPixels(9, 1), { query: '?restrict_triggers=workflow' }));
			lab.holdsTriggers = seen === 'taken';
			return seen;
		},
	},
	{
		name: 'triggers.unknown',
		text: 'An upload with restrict_triggers=nothing',
		assumed: INVALID_DATA,
		ask: async (lab) => takenOr(await lab.upload(pngOfPixels(9, 2), { query: '?restrict_triggers=nothing' })),
	},
];
