import { askedWait, LONGEST_ASKED } from '../../network/backoff';
import type { NoAnswer } from '../../network/noAnswer';
import type { Failure } from '../../outcome';
import { jsonOf, wordsOf, type HttpAnswer, type ZohoWords } from './answer';
import { elsewhere, type Connection } from '../account/connection';
import { GATEWAY_REFUSALS } from './gatewayRefusals';
import { NETWORK_REFUSALS, PROXY_REFUSED } from './networkRefusals';
import { CREDITS_USED_UP, LONG_WAIT, refusalFor, UNKNOWN_REFUSAL, type Refusal } from './refusals';
import { areByModule, needsImageFields, scopeFor } from '../account/scopes';
import { FRONT, opened, openedJson, UNKNOWN_CODE } from '../foreign';
import { secretsOf, struckOut } from '../secrets';
import { told, type Sentences } from '../sentences';
import { isAboutImages, phraseOf, subjectOf, type RecordAddress, type Task } from '../task';

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
export function explainAnswer(answer: HttpAnswer, asked: Asked, connection: Connection): Explanation {
	const secrets = secretsIn(connection);
	const words = wordsOf(answer);
	const json = jsonOf(answer);
	const refusal = refusalOf(answer);
	const passing = refusal.stops === 'run' ? undefined : passingOf(answer, refusal);
	const wait = askedWait(answer.headers['retry-after'], Date.now());
	const isTooLong = passing !== undefined && wait !== undefined && wait > LONGEST_ASKED;
	const code = words === undefined ? refusal.code : codeOf(words, refusal, secrets);
	const said = opened(words?.said ?? '', secrets);
	const values = {
		...valuesOf(asked, connection),
		code: opened(words?.written ?? '', secrets),
		said: said || (refusal === UNKNOWN_REFUSAL ? 'it gave no reason' : code),
		status: String(answer.status),
		elsewhere: opened(elsewhereOf(answer), secrets),
		quote: quote(opened(pageText(answer), secrets)),
		wait: inMinutes(wait ?? 0),
	};
	return {
		failure: {
			code,
			short: refusal.short,
			...quoting(said, isTooLong ? LONG_WAIT : refusal, values),
			stops: isTooLong ? 'run' : stopsOf(answer, refusal, connection),
			httpStatus: answer.status,
			attempts: asked.attempts,
			answer: json && openedJson(json, secrets),
		},
		...(!isTooLong && { passing, wait }),
	};
}

/** All that must not be read of a connection in a foreign text. */
function secretsIn({ accessToken, credential }: Connection): string[] {
	return [accessToken, ...secretsOf(credential)];
}

/** A code that Zoho documents stands for itself; any other could be whatever somebody wrote into an answer. */
function codeOf({ code }: ZohoWords, refusal: Refusal, secrets: readonly string[]): string {
	return refusal !== UNKNOWN_REFUSAL || struckOut(code, secrets) === code ? code : UNKNOWN_CODE;
}

/** Sentences with Zoho's own words behind them, where they do not hold them anyway: they may name what ours do not. */
function quoting(said: string, sentences: Sentences, values: Readonly<Record<string, string>>): Sentences {
	const { message, description } = told(sentences, values);
	if (said === '' || sentences.message.includes('{said}')) return { message, description };
	return { message, description: `${description} Zoho CRM said "${withoutPeriod(said)}".` };
}

function withoutPeriod(said: string): string {
	return said.endsWith('.') && !said.endsWith('...') ? said.slice(0, -1) : said;
}

/** Words for a token that has run out or is unknown (Zoho's status codes page, its API console and other products of Zoho's). */
const ABOUT_TOKEN = ['INVALID_TOKEN', 'INVALID_OAUTHTOKEN', 'AUTHENTICATION_FAILURE', 'AUTHENTICATION_FAILED'];

/** Whether an answer says that the token has run out or is unknown, so that a new one may help. */
export function isAboutToken(answer: HttpAnswer): boolean {
	const words = wordsOf(answer);
	if (words === undefined) return answer.status === 401;
	if (ABOUT_TOKEN.includes(words.code)) return true;
	return isUnknown401(answer, refusalFor(words.code, words.said));
}

/** What a call without any answer means for the item. */
export function explainNoAnswer(trouble: NoAnswer, asked: Asked, connection: Connection): Failure {
	const values = {
		...valuesOf(asked, connection),
		seconds: String(asked.timeout / 1000),
		slower: isUpload(asked.task) ? ", or lower the option 'Parallel Uploads' if the connection is slow" : '',
		quote: quote(opened(trouble.said, secretsIn(connection))),
	};
	const sentences = isOfProxy(trouble) ? PROXY_REFUSED : NETWORK_REFUSALS[trouble.code];
	return { code: trouble.code, ...told(sentences, values), attempts: asked.attempts };
}

/** Whether a refused connection was one to a proxy: Node names address and port, and Zoho's hosts are at 443. */
function isOfProxy({ code, said }: NoAnswer): boolean {
	if (code !== 'CONNECTION_REFUSED') return false;
	const port = /\bconnect E[A-Z]{1,20} \S{1,60}:(\d{1,5})\b/.exec(said)?.[1];
	return port !== undefined && port !== '443';
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
		scopeSwitch: needsImageFields(task) ? "turn the switch 'Image Fields' on" : "turn 'Custom Scopes' off",
		pictureField: isAboutImages(task) ? 'image field' : 'Record Image field',
		host: new URL(connection.origin).hostname,
		account: elsewhere(connection),
		version: apiVersion,
		otherVersion:
			apiVersion === 'v8'
				? "Report it to this node's maintainers with this message."
				: "Set the option 'API Version' back to v8.",
		photoModules: photoModules(address.module, apiVersion),
		tries: attempts === 1 ? 'one try' : `${attempts} tries`,
		waited: waited < 1000 ? '' : ` over ${inWords(waited)}`,
		slowDown: `${
			isUpload(task)
				? "Lower the option 'Parallel Uploads' (Zoho CRM takes 5 to 25 calls at a time, by edition), let"
				: 'Let'
		} other workflows of the org end first, or raise the option 'Wait at Most'.`,
	};
}

/** Whether a task sends a file, as many at a time as the option 'Parallel Uploads' says. */
function isUpload(task: Task): boolean {
	return task === 'upload' || task === 'uploadImage';
}

/** Versions of the API whose upload page does not name Deals (v2; read for v5, v7 and v8, which do). */
const WITHOUT_DEALS = ['v2', 'v2.1', 'v3', 'v4'];

/** Advice for a module without photos. */
function photoModules(module: string, apiVersion: string): string {
	const isOld = WITHOUT_DEALS.includes(apiVersion);
	if (isOld && module.toLowerCase() === 'deals') {
		return "Zoho CRM has photos for Deals in newer versions of its API: set the option 'API Version' to v8.";
	}
	const deals = isOld ? "Deals (with the option 'API Version' set to v8)" : 'Deals';
	const others = ['Leads', 'Contacts', 'Accounts', 'Products', 'Vendors', deals].filter((name) => name !== module);
	return `Choose a module whose records have a picture: ${others.join(', ')} or a custom module.`;
}

/** The host that a redirect leads to. */
function elsewhereOf({ headers }: HttpAnswer): string {
	const location = headers.location ?? '';
	return URL.canParse(location) ? new URL(location).host : 'another address';
}

/** What a page says; nothing for bytes that are no text. */
function pageText({ body }: HttpAnswer): string {
	const front = body.subarray(0, FRONT).toString('utf8');
	// A character that was cut in two at the end is no sign of a file.
	const text = body.length > FRONT ? front.replace(/\ufffd$/, '') : front;
	return /[\0\ufffd]/.test(text) ? '' : text;
}

/** A colon and what is quoted, or nothing. */
function quote(said: string): string {
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
