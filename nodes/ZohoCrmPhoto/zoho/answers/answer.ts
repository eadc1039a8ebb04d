import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';

/** What came back for one request: status line, headers (names in lower case) and the body's bytes. */
export interface HttpAnswer {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: Buffer;
}

/** Zoho's own words in an answer: the fields of its envelope, as far as they are there. */
export interface ZohoWords {
	code: string;
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
	const code = codeOf(envelope);
	if (code === '') return undefined;
	const details = briefly(envelope.details);
	const message = textOf(envelope.message) || textOf(envelope.error_info) || textOf(envelope.error_description);
	return {
		code,
		said: details === '' ? message : `${message} (${details})`.trim(),
		status: textOf(envelope.status),
	};
}

/** The object that holds the envelope's fields: the answer itself, or `data[0]` in it; undefined where there is no JSON object. */
export function envelopeOf(answer: HttpAnswer): IDataObject | undefined {
	const json = jsonOf(answer);
	const first: unknown = Array.isArray(json?.data) ? json.data[0] : undefined;
	return json?.code === undefined && isRecord(first) ? first : json;
}

/** The code as text; a word in `error` tells more than a number in `code`. */
function codeOf({ code, error }: IDataObject): string {
	const word = textOf(code).trim() || textOf(error).trim();
	return word === '' && typeof code === 'number' ? String(code) : word;
}

/** Plain values of Zoho's `details`, e.g. `param_name: word`. */
function briefly(details: unknown): string {
	if (!isRecord(details)) return '';
	return Object.entries(details)
		.filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
		.map(([name, value]) => `${name}: ${String(value)}`)
		.join(', ');
}
