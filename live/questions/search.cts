import { inWords, rowsOf } from '../calls/words.cts';
import type { Lab } from '../lab/lab.cts';
import type { Question } from './question.cts';

async function search(lab: Lab, words: string): Promise<string> {
	const answer = await lab.get(`v8/Leads/search?word=${encodeURIComponent(words)}&fields=id&per_page=10`);
	const rows = rowsOf(answer);
	if (rows.length === 0) return inWords(answer);
	return rows.some(({ id }) => id === lab.lead.id) ? 'found' : 'others found';
}

/** The word of the lead's name that no other record has. */
function ownWord({ lead }: Lab): string {
	return lead.name.split(' ')[3] ?? lead.name;
}

/** Right after the lead was made. Zoho's page speaks of seconds until a search knows a record. */
export const earlySearchQuestions: readonly Question[] = [
	{
		name: 'search.just-made',
		text: 'A search for a record that was just made',
		assumed: 'found',
		ask: async (lab) => await search(lab, ownWord(lab)),
	},
];

/** At the end of the run. */
export const lateSearchQuestions: readonly Question[] = [
	{
		name: 'search.later',
		text: 'The same search at the end of the run',
		assumed: 'found',
		ask: async (lab) => await search(lab, ownWord(lab)),
	},
	{
		name: 'search.begin-of-word',
		text: 'A search for the first letters of the word',
		assumed: 'found',
		ask: async (lab) => await search(lab, ownWord(lab).slice(0, 6)),
	},
	{
		name: 'search.one-letter',
		text: 'A search for one letter',
		assumed: '400 INVALID_DATA: invalid data',
		ask: async (lab) => await search(lab, 'n'),
	},
];
