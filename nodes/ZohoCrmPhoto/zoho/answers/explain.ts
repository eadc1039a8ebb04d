import { askedWait, LONGEST_ASKED } from '../../network/backoff';
import type { NoAnswer } from '../../network/noAnswer';
import type { Failure } from '../../outcome';
import { jsonOf, wordsOf, type HttpAnswer } from './answer';
import { elsewhere, type Connection } from '../account/connection';
import { GATEWAY_REFUSALS } from './gatewayRefusals';
import { NETWORK_REFUSALS } from './networkRefusals';
import { redactedAnswer, redactedText } from './redact';
import { CREDITS_USED_UP, LONG_WAIT, refusalFor, UNKNOWN_REFUSAL, type Refusal } from './refusals';
import { areByModule, scopeFor } from '../account/scopes';
import { quoted, told } from '../sentences';
import { phraseOf, subjectOf, type RecordAddress, type Task } from '../task';

/** A call, as far as an explanation needs it. */
export interface Asked {
	task: Task;
	address: RecordAddress;
	/** The API version in the path, e.g. `v8`. */
	apiVersion: string;
	/** Calls made so far, this one included. */
	attempts: number;
	/** Milliseconds that a call may take. */
	timeout: number;
	/** Milliseconds since the first answer of 429 to this call; 0 for none before this one. */
	waited?: number;
}

/** What an answer that is no success means. */
export interface Explanation {
	/** With `httpStatus`, `attempts` and, for JSON, `answer`. */
	failure: Failure;
	/** Set where the same call can succeed later. */
	passing?: 'throttle' | 'outage';
	/** Milliseconds that the answer asks to wait. */
	wait?: number;
}

/**
 * What an answer that is no success means for the item. The code in it decides; its HTTP status does where it has none.
 *
 * @param given the answer as it came: any status, any body
 */
export function explainAnswer(given: HttpAnswer, asked: Asked, connection: Connection): Explanation {
	const answer = redactedAnswer(given, connection.accessToken);
	const words = wordsOf(answer);
	const refusal = refusalOf(answer);
	const passing = refusal.stops === 'run' ? undefined : passingOf(answer, refusal);
	const wait = askedWait(answer.headers['retry-after'], Date.now());
	const isTooLong = passing !== undefined && wait !== undefined && wait > LONGEST_ASKED;
	const values = {
		...valuesOf(asked, connection),
		code: quoted(words?.code ?? ''),
		said: quoted(words?.said ?? '') || (refusal === UNKNOWN_REFUSAL ? 'it gave no reason' : (words?.code ?? '')),
		status: String(answer.status),
		elsewhere: elsewhereOf(answer),
		quote: quote(pageText(answer)),
		wait: inMinutes(wait ?? 0),
	};
	return {
		failure: {
			code: words?.code ?? refusal.code,
			short: refusal.short,
			...told(isTooLong ? LONG_WAIT : refusal, values),
			stops: isTooLong ? 'run' : stopsOf(answer, refusal, connection),
			httpStatus: answer.status,
			attempts: asked.attempts,
			answer: jsonOf(answer),
		},
		...(!isTooLong && { passing, wait }),
	};
}

/** Whether an answer says that the token has run out or is unknown, so that a new one may help. */
export function isAboutToken(answer: HttpAnswer): boolean {
	const words = wordsOf(answer);
	if (words === undefined) return answer.status === 401;
	if (words.code === 'INVALID_TOKEN' || words.code === 'AUTHENTICATION_FAILURE') return true;
	return isUnknown401(answer, refusalFor(words.code, words.said));
}

/** What a call without any answer means for the item. */
export function explainNoAnswer(trouble: NoAnswer, asked: Asked, connection: Connection): Failure {
	const values = {
		...valuesOf(asked, connection),
		seconds: String(asked.timeout / 1000),
		slower: asked.task === 'upload' ? ", or lower the option 'Parallel Uploads' if the connection is slow" : '',
		quote: quote(redactedText(trouble.said, connection.accessToken)),
	};
	return { code: trouble.code, ...told(NETWORK_REFUSALS[trouble.code], values), attempts: asked.attempts };
}

function refusalOf(answer: HttpAnswer): Refusal {
	const words = wordsOf(answer);
	const refusal =
		words === undefined
			? (GATEWAY_REFUSALS.find(({ is }) => is(answer.status)) ?? UNKNOWN_REFUSAL)
			: refusalFor(words.code, words.said);
	return passingOf(answer, refusal) === 'throttle' && creditsAreUsedUp(answer) ? CREDITS_USED_UP : refusal;
}

/** Zoho documents two codes for HTTP 429, so the status counts beside them; it also does for codes that nobody knows. */
function passingOf({ status }: HttpAnswer, refusal: Refusal): Explanation['passing'] {
	if (refusal.passing !== undefined) return refusal.passing;
	if (status === 429) return 'throttle';
	return refusal === UNKNOWN_REFUSAL && status >= 500 ? 'outage' : undefined;
}

/** Whether too many calls means the credits of the day, rather than too many at once (Zoho's API limits page). */
function creditsAreUsedUp(answer: HttpAnswer): boolean {
	return answer.headers['x-api-credits-remaining'] === '0' || /24 hours/.test(wordsOf(answer)?.said ?? '');
}

/** A 401 in words that no page of Zoho's has: what else is it about than who asks? */
function isUnknown401({ status }: HttpAnswer, refusal: Refusal): boolean {
	return status === 401 && refusal === UNKNOWN_REFUSAL;
}

/** A scope that is missing for one module may be there for another, if the granted ones name modules. */
function stopsOf(answer: HttpAnswer, refusal: Refusal, { scopes }: Connection): Failure['stops'] {
	if (isUnknown401(answer, refusal)) return 'run';
	return refusal.code === 'OAUTH_SCOPE_MISMATCH' && areByModule(scopes) ? 'module' : refusal.stops;
}

/** What the names in braces of all refusals stand for: the user's own values, and advice that depends on them. */
export function valuesOf(
	{ task, address, apiVersion, attempts, waited = 0 }: Asked,
	connection: Connection,
): Record<string, string> {
	const subject = subjectOf(task, address);
	return {
		task: phraseOf(task, address),
		subject,
		Subject: subject.charAt(0).toUpperCase() + subject.slice(1),
		module: address.module,
		scope: scopeFor(task, address.module),
		host: new URL(connection.origin).hostname,
		account: elsewhere(connection),
		version: apiVersion,
		otherVersion:
			apiVersion === 'v8'
				? "Report it to this node's maintainers with this message."
				: "Set the option 'API Version' back to v8.",
		tries: attempts === 1 ? 'one try' : `${attempts} tries`,
		waited: waited < 1000 ? '' : ` over ${inWords(waited)}`,
		slowDown: `${
			task === 'upload'
				? "Lower the option 'Parallel Uploads' (Zoho CRM takes 5 to 25 calls at a time, by edition), let"
				: 'Let'
		} other workflows of the org end first, or raise the option 'Wait at Most'.`,
	};
}

/** The host that a redirect leads to. */
function elsewhereOf({ headers }: HttpAnswer): string {
	const location = headers.location ?? '';
	return URL.canParse(location) ? new URL(location).host : 'another address';
}

/** As much of a page as is looked at for a quote: its title stands at the front. */
const PAGE_FRONT = 16_384;

/** What a page says, without its tags; nothing for bytes that are no text. In linear time, whatever the bytes. */
function pageText({ body }: HttpAnswer): string {
	const front = body.subarray(0, PAGE_FRONT).toString('utf8');
	// A character that was cut in two at the end is no sign of a file.
	const text = body.length > PAGE_FRONT ? front.replace(/\ufffd$/, '') : front;
	if (/[\0\ufffd]/.test(text)) return '';
	return text.replace(/<(?:script|style)\b[^<>]*>[^<]*/gi, ' ').replace(/<[^<>]*>?/g, ' ');
}

function quote(text: string): string {
	const said = quoted(text);
	return said === '' ? '' : `: ${said}`;
}

/** A time that was waited, in seconds up to two minutes. */
function inWords(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	if (seconds === 1) return 'one second';
	return seconds < 120 ? `${seconds} seconds` : inMinutes(milliseconds);
}

const MINUTES_OF_A_DAY = 24 * 60;

function inMinutes(milliseconds: number): string {
	const minutes = Math.ceil(milliseconds / 60_000);
	if (minutes > MINUTES_OF_A_DAY) return 'more than a day';
	return minutes === 1 ? 'one minute' : `${minutes} minutes`;
}
