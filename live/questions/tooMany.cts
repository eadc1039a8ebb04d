import { inWords } from '../calls/words.cts';
import { NotAsked } from '../lab/lab.cts';
import { shared } from '../lab/shared.cts';
import { deletedRecordQuestions } from './deletedRecord.cts';
import type { Question } from './question.cts';

/** More than any edition's calls in progress (5 to 25, API limits page), as long as the run may make so many. */
const crowd = 60;
/** Calls that come after them: the lead is deleted, and what is asked then. */
const reserve = 1 + deletedRecordQuestions.length;

/** Many calls at once; the first refusal of them. */
const burst = shared(async (lab) => {
	if (!lab.mayProvoke429) throw new NotAsked('only with --provoke-429');
	const call = { path: `/crm/v8/Leads/${lab.lead.id}?fields=id`, isInCrowd: true };
	const count = Math.min(crowd, lab.callsLeft - reserve);
	const answers = await Promise.allSettled(Array.from({ length: count }, async () => await lab.call(call)));
	const came = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	const refused = came.find(({ status }) => status === 429);
	if (!refused) throw new NotAsked(`none of ${count} calls at once was refused`);
	return refused;
});

/** About calls too many at once. They come last, so that nothing else meets the refusals. */
export const tooManyQuestions: readonly Question[] = [
	{
		name: 'too-many.answer',
		text: 'One call too many at once',
		assumed: '429 TOO_MANY_REQUESTS: too many requests. please try again after some time',
		ask: async (lab) => inWords(await burst(lab)),
	},
	{
		name: 'too-many.retry-after',
		text: 'Its header Retry-After',
		assumed: 'none',
		ask: async (lab) => String((await burst(lab)).headers['retry-after'] ?? 'none'),
	},
];
