/**
 * The file name in a Content-Disposition header (RFC 6266): `filename*` with its encoding counts before `filename`.
 *
 * @param header the header's value; empty for none
 * @returns the name as sent, not yet made safe; empty where there is none
 */
export function nameFromDisposition(header: string): string {
	const extended = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
	if (extended !== undefined) return decoded(extended);
	const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1];
	if (quoted !== undefined) return inUtf8(quoted.replace(/\\(.)/g, '$1'));
	return inUtf8(/filename\s*=\s*([^;"]+)/i.exec(header)?.[1]?.trim() ?? '');
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
