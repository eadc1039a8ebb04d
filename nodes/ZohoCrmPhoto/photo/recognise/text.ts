import { rootElement } from './markup';
import { byEncoding } from './encoded';
import { quotable } from './quote';
import type { Plain } from './recognised';
import { kindBeforeText } from './transit';

/** A web page names itself near its front; more than this is not decoded. */
const READ_LENGTH = 64 * 1024;
/** Text is told from binary by its first bytes. */
const SAMPLE_LENGTH = 1024;

const HTML_ELEMENT =
	/<(html|head|body|title|meta|script|style|div|span|p|a|table|center|h[1-6]|img|br|form)\b[^>]{0,200}>/i;

const REPLACEMENT = '\ufffd';

/** Decodes by the byte order mark, else as UTF-8, which also shows other encodings well enough to be quoted. */
function decode(bytes: Buffer): string {
	const head = bytes.subarray(0, READ_LENGTH);
	if (head[0] === 0xff && head[1] === 0xfe) return head.toString('utf16le', 2);
	if (head[0] === 0xfe && head[1] === 0xff) {
		const even = Buffer.from(head.subarray(0, head.length - (head.length % 2)));
		return even.swap16().toString('utf16le', 2);
	}
	return head.toString('utf8').replace(/^\ufeff/, '');
}

/** No control characters but white space, and hardly a byte that is no UTF-8. */
function looksLikeText(text: string): boolean {
	const sample = text.slice(0, SAMPLE_LENGTH);
	let odd = 0;
	for (const character of sample) {
		const code = character.codePointAt(0) ?? 0;
		if ((code < 0x20 && !'\t\n\r\f\x1b'.includes(character)) || code === 0x7f) return false;
		if (character === REPLACEMENT) odd += 1;
	}
	return odd * 10 <= sample.length;
}

/** Markup by its first element: a drawing, a web page (also without the element "html"), or other XML. */
function byMarkup(text: string): Plain | undefined {
	const root = text.startsWith('<') ? rootElement(text) : undefined;
	if (root === undefined) return undefined;
	if (root === 'svg') return { as: 'otherImage', name: 'SVG', editImageReads: false };
	if (root === 'html' || HTML_ELEMENT.test(text.slice(0, SAMPLE_LENGTH))) {
		const title = /<title[^>]{0,200}>([^<]{1,400})</i.exec(text)?.[1];
		return { as: 'otherFile', name: 'a web page', quote: quotable(title ?? text), hint: 'webPage' };
	}
	return { as: 'otherFile', name: 'XML', quote: quotable(text), hint: 'apiAnswer' };
}

/**
 * Tells what a text is: a web page, JSON, SVG or other XML, a picture as base64, a picture damaged by being read as
 * text, or plain text.
 * @param bytes the whole file
 * @param isImage whether bytes begin as an image does
 * @returns what it is, or undefined when it is not text
 */
export function byText(bytes: Buffer, isImage: (bytes: Buffer) => boolean): Plain | undefined {
	const text = decode(bytes).trimStart();
	const damaged = kindBeforeText(bytes, text);
	if (damaged !== undefined) return { as: 'damaged', name: damaged };
	if (!looksLikeText(text)) return undefined;
	const encoded = byEncoding(text, isImage);
	if (encoded !== undefined) return encoded;
	const markup = byMarkup(text);
	if (markup !== undefined) return markup;
	if (/^(\{\s*["}]|\[\s*["{[\]])/.test(text)) {
		return { as: 'otherFile', name: 'JSON', quote: quotable(text), hint: 'apiAnswer' };
	}
	return { as: 'otherFile', name: 'text', quote: quotable(text), hint: 'text' };
}
