import type { Login } from './account/login.cts';
import { MOST_QUESTION_CALLS } from './calls/client.cts';
import { QUESTIONS } from './questions/all.cts';
import type { Options } from './options.cts';

/** What a run will do, for the user to agree to. */
export function planText(options: Options, login: Login): string {
	const count = QUESTIONS.withLead.length + QUESTIONS.afterwards.length;
	const where = options.emulator
		? 'the emulated Zoho'
		: `the Zoho CRM org of your account at ${login.dataCenter.accountsDomain}`;
	return [
		`This asks ${where} ${count} questions:`,
		'',
		'  - It makes one lead, "n8n photo check ... (delete me)", without starting workflows, and touches no other record.',
		'  - It puts about 60 pictures on that lead, three of them of 10 MB, and takes them off again; uploads ask that no',
		'    workflow starts. If leads have an image field, it gives that lead two images in it.',
		'  - It reads the list of modules and the fields of leads, and sends calls that Zoho will refuse.',
		`  - It makes up to ${MOST_QUESTION_CALLS + 5} calls, two at a time; each costs one credit at most.`,
		...(options.provoke429
			? [
					'  - It sends what is left of them at once, about 25. For a moment Zoho may refuse calls of other programs too.',
				]
			: []),
		'  - It deletes the lead whatever happens, also after Ctrl+C. Zoho keeps it in its recycle bin for 60 days.',
		`  - It writes ${options.reportFile}: no token, no id, no name of a person or org. Nothing is sent anywhere else.`,
		'',
	].join('\n');
}

/** True for an answer that agrees. */
export function isYes(answer: string): boolean {
	return /^y(es)?$/i.test(answer.trim());
}
