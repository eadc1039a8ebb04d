import type { IDataObject } from 'n8n-workflow';

/**
 * Why one item could not be done, in the words its user reads.
 *
 * `message` says in one sentence what happened (no final period, as n8n shows it as a headline), `description` what to
 * do. Neither ever holds a token, a secret or image bytes.
 */
export interface Failure {
	/** Zoho's code where Zoho has one for the same thing, else one of our own (docs/errors.md lists them all). */
	code: string;
	message: string;
	description: string;
	/** Name of the file that was refused or could not be brought to its record; absent where there was none yet. */
	fileName?: string;
	/** The reason in a few words for the summary of a run, where the code alone does not give it. */
	short?: string;
	/** HTTP status of Zoho's last answer; absent where no answer came. */
	httpStatus?: number;
	/** Calls made for the request that was refused, counted from 1; absent where no call was made. */
	attempts?: number;
	/** Zoho's answer as it came, for whoever looks into the details. */
	answer?: IDataObject;
	/** What else is bound to meet the same refusal: every later item of the run, or those of the same module. */
	stops?: 'run' | 'module';
}

/** What became of a step: its value, or the failure that ends the item. Nothing in this node throws to say "refused". */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** An outcome that went well. */
export function done<T>(value: T): Outcome<T> {
	return { ok: true, value };
}

/** An outcome that ends the item. */
export function refused(failure: Failure): { ok: false; failure: Failure } {
	return { ok: false, failure };
}
