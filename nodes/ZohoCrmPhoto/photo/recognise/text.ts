import { rootElement } from './markup';
import { quotable } from './quote';
import type { Recognised } from './recognised';

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

/**
 * A picture that passed through text: each byte that is no UTF-8 became a replacement character, or each byte above 7F
 * was written as the UTF-8 of the character with its number.
 */
function damagedPicture(text: string): string | undefined {
	if (/^[\ufffd\u0089]PNG/.test(text)) return 'PNG';
	if (/^(\ufffd{3,4}.{2,8}(JFIF|Exif)|\u00ff\u00d8\u00ff)/s.test(text)) return 'JPEG';
	return undefined;
}

/** A picture as base64, bare or in a data URL: the first characters are those of the four kinds' first bytes. */
function isBase64Picture(text: string): boolean {
	return /^"?(data:image\/[\w.+-]{1,40}[;,]|\/9j\/|iVBORw0KGgo|R0lGODdh|R0lGODlh)/.test(text);
}

/** Markup by its first element: a drawing, a web page (also without the element "html"), or other XML. */
function byMarkup(text: string): Recognised | undefined {
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
 * @returns what it is, or undefined when it is not text
 */
export function byText(bytes: Buffer): Recognised | undefined {
	const text = decode(bytes).trimStart();
	const damaged = damagedPicture(text);
	if (damaged !== undefined) return { as: 'damaged', name: damaged };
	if (!looksLikeText(text)) return undefined;
	if (isBase64Picture(text)) return { as: 'otherFile', name: 'base64 text', hint: 'base64' };
	const markup = byMarkup(text);
	if (markup !== undefined) return markup;
	if (/^(\{\s*["}]|\[\s*["{[\]])/.test(text)) {
		return { as: 'otherFile', name: 'JSON', quote: quotable(text), hint: 'apiAnswer' };
	}
	return { as: 'otherFile', name: 'text', quote: quotable(text), hint: 'text' };
}
