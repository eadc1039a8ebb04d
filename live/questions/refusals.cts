import { inWords, takenOr } from '../calls/words.cts';
import { pngOfPixels } from '../lab/pictures.cts';
import type { Question } from './question.cts';

const unknownModule = '400 INVALID_MODULE: the module name given seems to be invalid';
const invalidUrl = '404 INVALID_URL_PATTERN: Please check if the URL trying to access is a correct one';

function upload(name: string, text: string, assumed: string, address: (id: string) => string): Question {
	return {
		name: `refusals.${name}`,
		text,
		assumed,
		ask: async (lab) => takenOr(await lab.upload(pngOfPixels(2, 2), { address: address(lab.lead.id) })),
	};
}

/** About the addresses that Zoho refuses. */
export const refusalQuestions: readonly Question[] = [
	upload('unknown-module', 'A module that does not exist', unknownModule, (id) => `/crm/v8/No_Such_Module/${id}/photo`),
	upload(
		'module-without-photos',
		'A module whose records have no photo (Tasks)',
		'400 INVALID_MODULE: The given module is not supported in API',
		(id) => `/crm/v8/Tasks/${id}/photo`,
	),
	upload('lower-case-module', 'The module as "leads"', unknownModule, (id) => `/crm/v8/leads/${id}/photo`),
	upload('unknown-address', 'An address that does not exist', invalidUrl, (id) => `/crm/v8/Leads/${id}/photograph`),
	upload('unknown-version', 'The version v99', invalidUrl, (id) => `/crm/v99/Leads/${id}/photo`),
	{
		name: 'refusals.verb',
		text: 'PUT on the photo',
		assumed: '400 INVALID_REQUEST_METHOD: The http request method type is not a valid one',
		ask: async (lab) => takenOr(await lab.send('PUT', `v8/Leads/${lab.lead.id}/photo`, {})),
	},
	{
		name: 'refusals.no-fields',
		text: 'A list of leads without "fields"',
		assumed: '400 REQUIRED_PARAM_MISSING: One of the expected parameter is missing',
		// One record at most would come, and nothing of it is kept.
		ask: async (lab) => inWords(await lab.get('v8/Leads?per_page=1')),
	},
];
