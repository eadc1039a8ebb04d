import { refused, type Failure } from '../../outcome';
import { MOST_ROWS } from './coql';
import type { Field, Match } from './search';

/** The failure of a field that Zoho cannot look in. */
export function noSuchField({ module, field }: Field, failure: Failure): Failure {
	return {
		...failure,
		short: 'with a field to match that is none',
		message: `Zoho CRM cannot look for records of ${module} by a field '${field}'`,
		description:
			"Give the field's API name in the option 'Field to Match', e.g. Email: Zoho CRM shows it under Setup > Developer Hub > APIs and SDKs > API Names. Fields of several lines, encrypted fields and those hidden from the credential's user cannot be looked in.",
	};
}

/** What a value that no record has comes to. */
export function notFound({ module, field }: Field, value: string): { ok: false; failure: Failure } {
	return refused({
		code: 'RECORD_NOT_FOUND',
		short: 'record not found',
		message: `No record of ${module} has '${shortened(value)}' in the field ${field}`,
		description:
			"Check the value, the module and the option 'Field to Match'. Deleted records, converted leads and records that the credential's user may not see are not found.",
	});
}

/** Records that a message names at most. */
const MOST_NAMED = 5;

/** What a value that several records have comes to. */
export function severalFound(
	{ module, field }: Field,
	value: string,
	matches: readonly Match[],
): { ok: false; failure: Failure } {
	const named = matches.slice(0, MOST_NAMED).map(({ id, name }) => (name === '' ? id : `${shortened(name)} (${id})`));
	const more = matches.length - named.length;
	return refused({
		code: 'SEVERAL_RECORDS_FOUND',
		short: 'with several records that match',
		message: `${matches.length}${matches.length < MOST_ROWS ? '' : ' or more'} records of ${module} have '${shortened(value)}' in the field ${field}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
		description:
			"Merge or correct them in Zoho CRM, match by a field that tells them apart (option 'Field to Match'), give the record by its ID, or set the option 'If Several Records Match' to Take the Newest.",
	});
}

/** Longest piece of a value that goes into a sentence, in characters. */
const QUOTED = 100;

function shortened(text: string): string {
	const line = text.replace(/\s+/g, ' ');
	return line.length > QUOTED ? `${line.slice(0, QUOTED)}...` : line;
}
