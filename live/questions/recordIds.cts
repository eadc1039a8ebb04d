import { inWords, takenOr } from '../calls/words.cts';
import { pngOfPixels } from '../lab/pictures.cts';
import { type Question, UNKNOWN_ID, UNKNOWN_RELATED_ID } from './question.cts';

/** Numbers that no record has: far below the 15 digits and more of Zoho's ids, or the largest there can be. */
const ids = ['1', '999999999999999999', '9223372036854775807', '99999999999999999999'];

/** About ids that lead to no record of the module. Only reading meets them, apart from those that can be no record's. */
export const recordIdQuestions: readonly Question[] = [
	...ids.map(
		(id): Question => ({
			name: `record-ids.${id.length}-digit${id.length === 1 ? '' : 's'}`,
			text: `A photo of an unknown id of ${id.length} digit${id.length === 1 ? '' : 's'}`,
			assumed: UNKNOWN_RELATED_ID,
			ask: async (lab) => inWords(await lab.get(`v8/Leads/${id}/photo`)),
		}),
	),
	{
		name: 'record-ids.upload-unknown',
		text: 'An upload to the id 1',
		assumed: UNKNOWN_RELATED_ID,
		ask: async (lab) => takenOr(await lab.upload(pngOfPixels(2, 2), { address: '/crm/v8/Leads/1/photo' })),
	},
	{
		name: 'record-ids.delete-unknown',
		text: 'Deleting the photo of the id 1',
		assumed: UNKNOWN_ID,
		ask: async (lab) => takenOr(await lab.call({ method: 'DELETE', path: '/crm/v8/Leads/1/photo' })),
	},
	{
		name: 'record-ids.other-module',
		text: "An upload to the lead's id in Contacts",
		assumed: UNKNOWN_RELATED_ID,
		ask: async (lab) => {
			const address = `/crm/v8/Contacts/${lab.lead.id}/photo`;
			return takenOr(await lab.upload(pngOfPixels(2, 2), { address }));
		},
	},
	{
		name: 'record-ids.record-unknown',
		text: 'Reading the record of an unknown id',
		assumed: '204 without a body',
		ask: async (lab) => inWords(await lab.get('v8/Leads/9223372036854775807?fields=id')),
	},
];
