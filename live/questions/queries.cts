import { inWords, rowsOf } from '../calls/words.cts';
import type { Lab } from '../lab/lab.cts';
import { COMPANY } from '../lab/ownLead.cts';
import type { Question } from './question.cts';

async function query(lab: Lab, text: string, contentType?: string): Promise<string> {
	const answer = await lab.send('POST', 'v8/coql', { select_query: text }, contentType);
	const rows = rowsOf(answer);
	if (rows.length === 0 || answer.status !== 200) return inWords(answer);
	return rows.some(({ id }) => id === lab.lead.id) ? 'found' : 'others found';
}

function named(condition: (name: string) => string): (lab: Lab) => Promise<string> {
	return async (lab) => await query(lab, `select id from Leads where ${condition(lab.lead.name)} limit 2`);
}

/** About COQL, by which records are found. The first one comes right after the lead was made. */
export const queryQuestions: readonly Question[] = [
	{
		name: 'queries.just-made',
		text: 'COQL for a record that was just made',
		assumed: 'found',
		ask: named((name) => `Last_Name = '${name}'`),
	},
	{
		name: 'queries.upper-case',
		text: 'COQL for its name in upper case',
		assumed: 'found',
		ask: named((name) => `Last_Name = '${name.toUpperCase()}'`),
	},
	{
		name: 'queries.part',
		text: 'COQL for a part of its name',
		assumed: '204 without a body',
		ask: named((name) => `Last_Name = '${name.slice(0, -4)}'`),
	},
	{
		name: 'queries.quotes',
		text: 'COQL with a quote that is doubled',
		assumed: 'found',
		ask: named((name) => `Company in ('${COMPANY.replaceAll("'", "''")}', '${name}')`),
	},
	{
		name: 'queries.51-values',
		text: 'COQL with 51 values of "in"',
		assumed: '400 LIMIT_EXCEEDED: the limit of values is exceeded',
		ask: named((name) => `Last_Name in (${Array.from({ length: 51 }, (_, place) => `'${name} ${place}'`).join(', ')})`),
	},
	{
		name: 'queries.unknown-field',
		text: 'COQL with a field that does not exist',
		assumed: '400 INVALID_QUERY: invalid query formed',
		ask: named((name) => `No_Such_Field = '${name}'`),
	},
	{
		name: 'queries.content-type',
		text: 'COQL in a body that is not called JSON',
		assumed: '400 MANDATORY_NOT_FOUND: required field not found',
		ask: async (lab) =>
			await query(lab, `select id from Leads where Last_Name = '${lab.lead.name}' limit 2`, 'text/plain'),
	},
];
