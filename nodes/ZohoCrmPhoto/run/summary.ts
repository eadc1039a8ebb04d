import type { INodeExecutionData } from 'n8n-workflow';

import type { Outcome } from '../outcome';
import type { Subject } from './subject';

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

/** What an operation does to a photo, done; for an operation that is not here, `done`. */
const DONE: ReadonlyMap<string, string> = new Map([
	['upload', 'uploaded'],
	['download', 'downloaded'],
	['delete', 'deleted'],
]);

/**
 * One sentence about a run in which not all went well: what was done, what was left as it was, and what was not done, e.g.
 * `45 of 50 photos uploaded, 2 records kept theirs, 3 not uploaded: 2 too large, 1 record not found`.
 *
 * @param subject what the items are about
 * @param operation value of the parameter
 * @param items how many items the run had
 * @param outcomes what became of those that were worked on
 * @returns undefined where none was refused
 */
export function summary(
	subject: Subject,
	operation: string,
	items: number,
	outcomes: Iterable<Outcome<INodeExecutionData>>,
): string | undefined {
	const counts = new Map<string, number>();
	let [failed, kept, without, done] = [0, 0, 0, 0];
	for (const outcome of outcomes) {
		if (!outcome.ok) {
			const { code, short } = outcome.failure;
			const reason = short ?? REASONS.get(code) ?? code;
			counts.set(reason, (counts.get(reason) ?? 0) + 1);
			failed++;
		} else if (outcome.value.json.status === 'skipped') kept++;
		else if (outcome.value.json.hasPhoto === false || outcome.value.json.hasImages === false) without++;
		else done++;
	}
	if (failed === 0) return undefined;
	const verb = DONE.get(operation) ?? 'done';
	const reasons = [...counts].sort(([, one], [, other]) => other - one);
	if (items === 1) return `${subject.alone} not ${verb}: ${reasons.map(([reason]) => reason).join()}`;
	const told = reasons.map(([reason, count]) => (failed === 1 ? reason : `${count} ${reason}`)).join(', ');
	return [
		`${subject.count(done, items)} ${verb}`,
		...(kept > 0 ? [kept === 1 ? `1 record kept ${subject.kept}` : `${kept} records kept theirs`] : []),
		...(without > 0 ? [without === 1 ? '1 record has none' : `${without} records have none`] : []),
		`${failed} not ${verb}: ${told}`,
	].join(', ');
}
