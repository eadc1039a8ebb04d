import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';
import { codeWord, opened, openedJson } from '../foreign';

/** What came back for one request: status line, headers (names in lower case) and the body's bytes. */
export interface HttpAnswer {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: Buffer;
	/** Secrets of the credential that the request was signed with, to be struck out of whatever leaves the node. */
	secrets?: readonly string[];
}

/** Zoho's own words in an answer, as they came: the fields of its envelope, as far as they are there. */
export interface ZohoWords {
	/** One word, or UNKNOWN for a code that is none. */
	code: string;
	/** The code as the answer has it: of any length, with anything in it. */
	written: string;
	/** Zoho's message, with what `details` adds to it in brackets, e.g. `invalid data (param_name: word)`. */
	said: string;
	/** `success` or `error`; empty where the answer has none. */
	status: string;
}

/**
 * The JSON object in an answer's body.
 *
 * @returns undefined for an empty body, a picture, HTML, a list, or anything else that is not one JSON object.
 */
export function jsonOf(answer: HttpAnswer): IDataObject | undefined {
	// A picture of ten megabytes is not worth turning into text to see that it is no JSON.
	if (answer.headers['content-type']?.startsWith('image/') === true) return undefined;
	try {
		const parsed: unknown = JSON.parse(answer.body.toString('utf8'));
		return isRecord(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Zoho's envelope `{code, details, message, status}` in an answer.
 *
 * Photo answers carry it at the top level (Zoho's "Upload a Photo"); record answers inside `data[0]`; an older 429 has
 * `{code: 429, error: "TOO_MANY_REQUESTS", error_info}`.
 *
 * @returns undefined where the answer is no JSON object or names no code.
 */
export function wordsOf(answer: HttpAnswer): ZohoWords | undefined {
	const envelope = envelopeOf(answer);
	if (envelope === undefined) return undefined;
	const written = codeOf(envelope);
	if (written === '') return undefined;
	const details = briefly(envelope.details);
	const message = textOf(envelope.message) || textOf(envelope.error_info) || textOf(envelope.error_description);
	return {
		code: codeWord(written),
		written,
		said: details === '' ? message : `${message} (${details})`.trim(),
		status: textOf(envelope.status),
	};
}

/**
 * Zoho's four fields in the answer of a success (`code`, `details`, `message`, `status`; "Upload a Photo"), as far as they are
 * there: whatever else an answer holds could turn an item into something that n8n reads otherwise.
 */
export function successOf(answer: HttpAnswer): IDataObject {
	const { code, details, message, status } = envelopeOf(answer) ?? {};
	const secrets = answer.secrets ?? [];
	const fields = openedJson({ details: details ?? {}, message: textOf(message) }, secrets);
	return {
		...(code !== undefined && { code: codeWord(textOf(code)) }),
		...(details !== undefined && { details: fields.details }),
		...(message !== undefined && { message: fields.message }),
		...(status !== undefined && { status: codeWord(textOf(status)) }),
	};
}

/**
 * A name or label in an answer as it may be shown: it is foreign text, so it passes the same door.
 *
 * @param value what stands in the answer
 * @returns at most 200 characters; empty where it is no text
 */
export function shownIn(answer: HttpAnswer, value: unknown): string {
	return opened(textOf(value), answer.secrets ?? []);
}

/** The object that holds the envelope's fields: the answer itself, or `data[0]` in it; undefined where there is no JSON object. */
function envelopeOf(answer: HttpAnswer): IDataObject | undefined {
	const json = jsonOf(answer);
	const first: unknown = Array.isArray(json?.data) ? json.data[0] : undefined;
	return json?.code === undefined && isRecord(first) ? first : json;
}

/** The code as text; a word in `error` tells more than a number in `code`. */
function codeOf({ code, error }: IDataObject): string {
	const word = textOf(code).trim() || textOf(error).trim();
	return word === '' && typeof code === 'number' ? String(code) : word;
}

/** Values of `details` that are told: of the lists that Zoho documents none is longer. */
const MOST_DETAILS = 20;

/**
 * What Zoho's `details` names, e.g. `param_name: word` or `permissions: Crm_Implied_Api_Access`: plain values, lists of them,
 * and those of an object inside. Zoho documents nothing deeper.
 */
function briefly(details: unknown, isInside = false): string {
	if (!isRecord(details)) return '';
	return Object.entries(details)
		.slice(0, MOST_DETAILS)
		.map(([name, value]) => {
			if (isRecord(value)) return isInside ? '' : briefly(value, true);
			const values = (Array.isArray(value) ? value : [value]).slice(0, MOST_DETAILS).filter(isPlain);
			return values.length === 0 ? '' : `${name}: ${values.join(' / ')}`;
		})
		.filter((part) => part !== '')
		.join(', ');
}

function isPlain(value: unknown): boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}
