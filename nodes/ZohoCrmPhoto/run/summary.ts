import type { Failure } from '../outcome';

/** Codes in a few words; a code that is not here stands for itself. */
const REASONS: ReadonlyMap<string, string> = new Map([
	['FILE_SIZE_MORE_THAN_ALLOWED_SIZE', 'too large'],
	['UNSUPPORTED_FILE_TYPE', 'of a kind that Zoho CRM does not take'],
	['NOT_AN_IMAGE', 'not a picture'],
	['EMPTY_FILE', 'empty'],
	['CORRUPT_IMAGE', 'damaged or cut off'],
	['BINARY_NOT_FOUND', 'without a file'],
	['INVALID_DATA', 'not accepted by Zoho CRM'],
	['INVALID_MODULE', 'module not found'],
	['RECORD_LOCKED', 'record locked'],
	['PHOTO_URL_FAILED', 'not fetched from the URL'],
	['NO_PERMISSION', 'not allowed'],
	['OAUTH_SCOPE_MISMATCH', 'without the scope'],
	['CREDENTIAL_NOT_CONNECTED', 'without a connection to Zoho'],
	['INVALID_PARAMETER', 'with an invalid parameter'],
	['TOO_MANY_REQUESTS', 'refused for too many calls at a time'],
	['RATE_LIMIT_EXCEEDED', 'refused for too many calls at a time'],
	['INTERNAL_ERROR', 'broken down in Zoho CRM'],
	['SERVICE_UNAVAILABLE', 'met by an outage of Zoho CRM'],
	['BAD_GATEWAY', 'met by an outage of Zoho CRM'],
	['UNEXPECTED_ANSWER', 'answered by something that is not Zoho CRM'],
	['CONNECTION_LOST', 'broken off'],
	['NOT_ATTEMPTED', 'not tried'],
	['TIMED_OUT', 'too slow'],
]);

const DONE: ReadonlyMap<string, string> = new Map([
	['upload', 'uploaded'],
	['download', 'downloaded'],
	['delete', 'deleted'],
]);

/**
 * One sentence about a run, e.g. `3 of 50 photos were not uploaded: 2 too large, 1 record not found`.
 *
 * @param operation value of the parameter
 * @param items how many items the run had
 * @param failures those that were not done
 * @returns undefined where all went well
 */
export function summary(operation: string, items: number, failures: readonly Failure[]): string | undefined {
	if (failures.length === 0) return undefined;
	const counts = new Map<string, number>();
	for (const { code, short } of failures) {
		const reason = short ?? REASONS.get(code) ?? code;
		counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}
	const reasons = [...counts].sort(([, one], [, other]) => other - one).map(([reason, count]) => `${count} ${reason}`);
	const [photos, were] = items === 1 ? ['photo', 'was'] : ['photos', failures.length === 1 ? 'was' : 'were'];
	return `${failures.length} of ${items} ${photos} ${were} not ${DONE.get(operation) ?? 'done'}: ${reasons.join(', ')}`;
}
