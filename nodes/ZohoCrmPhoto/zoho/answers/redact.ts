import type { HttpAnswer } from './answer';

/** What stands in place of a token. */
const HIDDEN = '***';

/** A whole or cut-off token as Zoho gives them out (`1000.` and hexadecimal digits), or whatever stands in a header's place. */
const TOKENS = [/\b()1000\.[0-9a-f]{6,}[0-9a-f.]*/gi, /\b((?:Bearer|Zoho-oauthtoken)\s{1,8})[^\s"'<>,;]+/gi];

/**
 * A foreign text without tokens: a proxy or gateway may echo the request's headers in its page.
 *
 * @param accessToken the token that the request carried
 */
export function redactedText(text: string, accessToken: string): string {
	const known = accessToken === '' ? text : text.replaceAll(accessToken, HIDDEN);
	return TOKENS.reduce((left, token) => left.replace(token, `$1${HIDDEN}`), known);
}

/** An answer that is about to be explained, its body without tokens. */
export function redactedAnswer(answer: HttpAnswer, accessToken: string): HttpAnswer {
	return { ...answer, body: Buffer.from(redactedText(answer.body.toString('utf8'), accessToken)) };
}
