import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isRecord, textOf } from '../json';

/** What stands in place of a secret. */
const HIDDEN = '***';

/**
 * Secrets by their look, whoever's they are: a whole or cut-off token of Zoho's (`1000.` and hexadecimal digits), what stands
 * in a header's place, and what a form or an address gives under the name of a secret.
 */
const LOOKS = [
	/\b()1000\.[0-9a-f]{6,}[0-9a-f.]*/gi,
	/\b((?:Bearer|Zoho-oauthtoken)\s{1,8})[^\s"'<>,;]+/gi,
	/\b(Basic\s{1,8})[\w+/=-]{16,}/gi,
	/\b((?:client_secret|refresh_token|access_token|id_token)["']?\s{0,8}[=:]\s{0,8}["']?)[^\s"'&<>,;]{12,}/gi,
];

/**
 * Letters and digits of a secret in a row that give it away. Zoho's tokens are 70 characters and its client secrets 42, at
 * random, so that no word has so many in common with one by accident.
 */
const PIECE = 8;

/** Ways of writing a character that a sender may have used on the way, undone. */
const WRITINGS: ReadonlyArray<(text: string) => string> = [
	(text) => text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
	(text) => text.replace(/\\u00([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
	(text) => text.replace(/\\x([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
];

/** All that a credential holds and nobody may read: client secret, access, refresh and identity token. */
export function secretsOf({ clientSecret, oauthTokenData }: ICredentialDataDecryptedObject): string[] {
	const token = isRecord(oauthTokenData) ? oauthTokenData : {};
	return [clientSecret, token.access_token, token.refresh_token, token.id_token]
		.map(textOf)
		.filter((one) => one !== '');
}

/**
 * A foreign text without secrets: a proxy, a gateway or the accounts server may echo the request.
 *
 * Each piece of a known secret goes, also of one that is cut off, and whatever stands between its letters and digits: a
 * line end, a tag that became a space, characters that nobody sees. In linear time.
 *
 * @param secrets of the credential that the request was signed with
 */
export function struckOut(text: string, secrets: readonly string[]): string {
	const pieces = piecesOf(secrets);
	const written = WRITINGS.reduce((read, undo) => {
		const undone = undo(read);
		return undone !== read && rangesOf(undone, pieces).length > 0 ? undone : read;
	}, text);
	let kept = '';
	let end = 0;
	for (const [from, to] of rangesOf(written, pieces)) {
		kept += written.slice(end, from) + HIDDEN;
		end = to;
	}
	return LOOKS.reduce((left, look) => left.replace(look, `$1${HIDDEN}`), kept + written.slice(end));
}

/** Every run of {@link PIECE} letters and digits in the secrets. */
function piecesOf(secrets: readonly string[]): ReadonlySet<string> {
	const pieces = new Set<string>();
	for (const secret of secrets) {
		const { letters } = lettersOf(secret);
		for (let at = 0; at + PIECE <= letters.length; at++) pieces.add(letters.slice(at, at + PIECE));
	}
	return pieces;
}

/** Where in a text pieces stand: first character, and the one behind the last; pieces that overlap are one. */
function rangesOf(text: string, pieces: ReadonlySet<string>): Array<[from: number, to: number]> {
	if (pieces.size === 0) return [];
	const ranges: Array<[number, number]> = [];
	const { letters, places } = lettersOf(text);
	for (let at = 0; at + PIECE <= letters.length; at++) {
		if (!pieces.has(letters.slice(at, at + PIECE))) continue;
		const from = places[at] ?? 0;
		const to = (places[at + PIECE - 1] ?? 0) + 1;
		const last = ranges.at(-1);
		if (last !== undefined && from < last[1]) last[1] = to;
		else ranges.push([from, to]);
	}
	return ranges;
}

/** The letters and digits of a text in lower case, and the place of each in it. */
function lettersOf(text: string): { letters: string; places: number[] } {
	const places: number[] = [];
	const letters: string[] = [];
	for (let at = 0; at < text.length; at++) {
		if (!isLetterOrDigit(text.charCodeAt(at))) continue;
		letters.push(text.charAt(at).toLowerCase());
		places.push(at);
	}
	return { letters: letters.join(''), places };
}

function isLetterOrDigit(code: number): boolean {
	const lower = code | 0x20;
	return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39);
}
