/**
 * The file name in a Content-Disposition header (RFC 6266): `filename*` with its encoding counts before `filename`.
 *
 * @param header the header's value; empty for none
 * @returns the name as sent, not yet made safe; empty where there is none
 */
export function nameFromDisposition(header: string): string {
	const [, charset = '', extended] = /filename\*\s*=\s*([\w-]{1,40})'[^']*'([^;\s]+)/i.exec(header) ?? [];
	const name = extended === undefined ? undefined : fromPercents(extended, charset);
	if (name !== undefined) return name;
	const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1];
	if (quoted !== undefined) return inUtf8(quoted.replace(/\\(.)/g, '$1'));
	return inUtf8(/filename\s*=\s*([^;"]+)/i.exec(header)?.[1]?.trim() ?? '');
}

/** The text of an extended value (RFC 8187, 3.2); undefined in a character set that is not known. */
function fromPercents(text: string, charset: string): string | undefined {
	if (/^utf-?8$/i.test(charset)) return decoded(text);
	const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
		String.fromCharCode(Number.parseInt(digits, 16)),
	);
	try {
		return new TextDecoder(charset).decode(Buffer.from(bytes, 'latin1'));
	} catch {
		return undefined;
	}
}

/** Node reads a header's bytes as Latin-1; hosts that send a name as it is mean UTF-8, as browsers take it. */
function inUtf8(text: string): string {
	const utf8 = Buffer.from(text, 'latin1').toString('utf8');
	return /[^\0-\xff]/.test(text) || utf8.includes('\ufffd') ? text : utf8;
}

/** Percent-encoding undone; as it was where it is broken. */
export function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
