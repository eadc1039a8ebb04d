import type { HttpAnswer } from '../calls/transport.cts';
import { inWords, rowsOf } from '../calls/words.cts';
import { type Lab, NotAsked } from '../lab/lab.cts';
import { shared } from '../lab/shared.cts';
import { INVALID_DATA, type Question } from './question.cts';

const withPhotos = shared(async (lab) => await lab.get('v8/settings/modules?feature_name=record_image'));

/** The fields of leads, which the questions about image fields look at too. */
export const leadFields = shared(async (lab) => await lab.get('v8/settings/fields?module=Leads'));

function has(answer: HttpAnswer, apiName: string): boolean {
	return rowsOf(answer, 'modules').some((module) => module.api_name === apiName);
}

function filtered(answer: HttpAnswer): string {
	if (rowsOf(answer, 'modules').length === 0) return inWords(answer);
	if (!has(answer, 'Leads')) return 'without Leads';
	return has(answer, 'Tasks') ? 'all modules' : 'modules with photos alone';
}

/** Whether a module is among those with photos. @throws NotAsked where those are not told apart */
async function isAmong(lab: Lab, apiName: string): Promise<string> {
	const answer = await withPhotos(lab);
	if (filtered(answer) !== 'modules with photos alone') throw new NotAsked('the list is not of modules with photos');
	return has(answer, apiName) ? 'yes' : 'no';
}

/** About the lists of modules and fields. Names other than Zoho's own are not looked at. */
export const moduleQuestions: readonly Question[] = [
	{
		name: 'modules.feature',
		text: 'Modules with feature_name=record_image',
		assumed: 'modules with photos alone',
		ask: async (lab) => filtered(await withPhotos(lab)),
	},
	{
		name: 'modules.deals',
		text: 'Whether Deals is among them',
		assumed: 'yes',
		ask: async (lab) => await isAmong(lab, 'Deals'),
	},
	{
		name: 'modules.services',
		text: 'Whether Services is among them',
		assumed: 'no',
		ask: async (lab) => await isAmong(lab, 'Services'),
	},
	{
		name: 'modules.feature-in-v7',
		text: 'The same in v7',
		assumed: 'all modules',
		ask: async (lab) => filtered(await lab.get('v7/settings/modules?feature_name=record_image')),
	},
	{
		name: 'modules.unknown-feature',
		text: 'Modules with a feature that does not exist',
		assumed: INVALID_DATA,
		ask: async (lab) => filtered(await lab.get('v8/settings/modules?feature_name=no_such_feature')),
	},
	{
		name: 'modules.record-image-field',
		text: "The type of the leads' field Record_Image",
		assumed: 'profileimage',
		ask: async (lab) => {
			const answer = await leadFields(lab);
			const fields = rowsOf(answer, 'fields');
			if (fields.length === 0) return inWords(answer);
			const field = fields.find((one) => one.api_name === 'Record_Image');
			return field ? String(field.data_type) : 'not there';
		},
	},
];
