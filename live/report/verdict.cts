/**
 * What a seen answer means for an assumption. `other words`: status and code are as assumed, Zoho's message is not;
 * nothing in the node depends on it.
 */
export type Verdict = 'as assumed' | 'other words' | 'differs' | 'no answer' | 'not asked';

/** One row of the report. */
export interface Row {
	question: string;
	text: string;
	assumed: string;
	/** What was seen, or why nothing was. */
	seen: string;
	verdict: Verdict;
}

/** Compares a seen answer with the assumed one. */
export function verdictOf(assumed: string, seen: string): Verdict {
	if (seen === assumed) return 'as assumed';
	const [statusAndCode] = /^\d{3} [A-Z_]+: /.exec(assumed) ?? [];
	return statusAndCode !== undefined && seen.startsWith(statusAndCode) ? 'other words' : 'differs';
}

/** True for a row that the emulator has to learn from. */
export function isNews({ verdict }: Row): boolean {
	return verdict === 'differs' || verdict === 'other words' || verdict === 'no answer';
}
