import type { HttpAnswer } from '../calls/transport.cts';
import { inWords } from '../calls/words.cts';
import type { Lab } from '../lab/lab.cts';
import { MADE_UP_TOKEN } from './account.cts';
import type { Question } from './question.cts';

async function readLead(lab: Lab, authorization: string | null): Promise<string> {
	const answer: HttpAnswer = await lab.call({ path: `/crm/v8/Leads/${lab.lead.id}?fields=id`, authorization });
	return answer.status === 200 ? 'taken' : inWords(answer);
}

/** About the token in a call. That the documented `Zoho-oauthtoken` is taken shows in every other question. */
export const accessQuestions: readonly Question[] = [
	{
		name: 'access.bearer',
		text: 'Authorization: Bearer, which n8n sends',
		assumed: 'taken',
		ask: async (lab) => await readLead(lab, `Bearer ${lab.connection.accessToken}`),
	},
	{
		name: 'access.no-token',
		text: 'No Authorization',
		assumed: '401 AUTHENTICATION_FAILURE: Authentication failed',
		ask: async (lab) => await readLead(lab, null),
	},
	{
		name: 'access.unknown-token',
		text: 'A token that was never given out',
		assumed: '401 INVALID_TOKEN: invalid oauth token',
		ask: async (lab) => await readLead(lab, `Zoho-oauthtoken ${MADE_UP_TOKEN}`),
	},
];
