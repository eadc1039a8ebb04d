import type { HttpAnswer } from './transport.cts';

/** True for a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as a JSON object; undefined when it is something else. */
export function jsonOf({ body }: HttpAnswer): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** The objects in one of the answer's lists, such as `data` or `modules`. */
export function rowsOf(answer: HttpAnswer, key = 'data'): Array<Record<string, unknown>> {
	const list = jsonOf(answer)?.[key];
	return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Zoho's word for the outcome; what does not look like one is UNKNOWN. */
function codeOf(value: unknown): string {
	return typeof value === 'string' && /^([A-Za-z]+(_[A-Za-z]+)+|[A-Z]{1,30}|Access Denied)$/.test(value)
		? value
		: 'UNKNOWN';
}

/** `400 INVALID_DATA: Invalid file type`, `200 invalid_code` of a token address, `204 without a body`, `502 text/html`. */
export function inWords(answer: HttpAnswer): string {
	const { status, headers, body } = answer;
	if (body.length === 0) return `${status} without a body`;
	const json = jsonOf(answer);
	if (json === undefined) return `${status} ${String(headers['content-type'] ?? 'of no type').split(';')[0] ?? ''}`;
	if (json.code === undefined && json.error !== undefined) return `${status} ${codeOf(json.error)}`;
	const said = json.code === undefined ? (rowsOf(answer)[0] ?? json) : json;
	if (said.code === undefined) return `${status}`;
	const message = typeof said.message === 'string' ? said.message : 'no message';
	return `${status} ${codeOf(said.code)}: ${message}`;
}

/** True when a call that changes something was done. */
export function isDone(answer: HttpAnswer): boolean {
	const json = jsonOf(answer);
	const said = json?.code === undefined ? rowsOf(answer)[0] : json;
	return answer.status >= 200 && answer.status < 300 && said?.code === 'SUCCESS';
}

/** `taken` when the call was done, else the refusal. */
export function takenOr(answer: HttpAnswer): string {
	return isDone(answer) ? 'taken' : inWords(answer);
}
