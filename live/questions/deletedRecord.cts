import { inWords, takenOr } from '../calls/words.cts';
import { pngOfPixels } from '../lab/pictures.cts';
import { type Question, UNKNOWN_ID, UNKNOWN_RELATED_ID } from './question.cts';

/** About a record that was deleted: the run's own lead, once it is gone. */
export const deletedRecordQuestions: readonly Question[] = [
	{
		name: 'deleted-record.read',
		text: 'Reading a deleted record',
		assumed: '204 without a body',
		ask: async (lab) => inWords(await lab.get(`v8/Leads/${lab.lead.id}?fields=id`)),
	},
	{
		name: 'deleted-record.download',
		text: 'The photo of a deleted record',
		assumed: UNKNOWN_RELATED_ID,
		ask: async (lab) => inWords(await lab.download()),
	},
	{
		name: 'deleted-record.upload',
		text: 'An upload to a deleted record',
		assumed: UNKNOWN_RELATED_ID,
		ask: async (lab) => takenOr(await lab.upload(pngOfPixels(2, 2))),
	},
	{
		name: 'deleted-record.delete',
		text: 'Deleting the photo of a deleted record',
		assumed: UNKNOWN_ID,
		ask: async (lab) => takenOr(await lab.remove()),
	},
];
