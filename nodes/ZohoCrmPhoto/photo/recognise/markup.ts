/**
 * The name of the first element of an XML or HTML text, in lower case and without its namespace prefix. Declarations,
 * comments and a document type (with the entities that drawing programs put there) are passed over.
 * @param text begins with "<"
 * @returns for example "svg" or "html"; "html" for an HTML document type; undefined when there is no element
 */
export function rootElement(text: string): string | undefined {
	let at = 0;
	while (at >= 0 && at < text.length) {
		at = text.indexOf('<', at);
		if (at < 0) return undefined;
		const rest = text.slice(at, at + 64);
		if (rest.startsWith('<?')) at = text.indexOf('?>', at);
		else if (rest.startsWith('<!--')) at = text.indexOf('-->', at);
		else if (/^<!doctype html/i.test(rest)) return 'html';
		else if (rest.startsWith('<!')) at = endOfDocumentType(text, at);
		else return /^<(?:[\w.-]+:)?([a-z_][\w.-]*)/i.exec(rest)?.[1]?.toLowerCase();
		if (at >= 0) at += 1;
	}
	return undefined;
}

/** The ">" that closes a document type, behind the square brackets of its own declarations, if it has any. */
function endOfDocumentType(text: string, start: number): number {
	const close = text.indexOf('>', start);
	if (!text.slice(start, close).includes('[')) return close;
	const declarationsEnd = text.indexOf(']', close);
	return declarationsEnd < 0 ? -1 : text.indexOf('>', declarationsEnd);
}
