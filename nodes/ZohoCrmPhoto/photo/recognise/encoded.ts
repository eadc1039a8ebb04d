import type { FileHint, Plain } from './recognised';

/** Bytes that are decoded of a text to see what they would be. */
const SAMPLE = 96;

function otherFile(name: string, hint: FileHint): Plain {
	return { as: 'otherFile', name, hint };
}

/** The first bytes behind a text in base64, also with the alphabet for URLs (RFC 4648, sections 4 and 5). */
function fromBase64(text: string): Buffer | undefined {
	const [, digits = ''] = /^["']?([\w+/-]{8,}={0,2})/.exec(text) ?? [];
	return digits === '' ? undefined : Buffer.from(digits.slice(0, 4 * SAMPLE), 'base64');
}

/** The first bytes behind hexadecimal digits, also as databases write them. */
function fromHex(text: string): Buffer | undefined {
	const [, digits = ''] = /^["']?(?:\\{1,2}x|0x)?((?:[0-9a-f]{2}[\s:]?){16,})/i.exec(text) ?? [];
	return digits === '' ? undefined : Buffer.from(digits.replace(/[\s:]/g, '').slice(0, 2 * SAMPLE), 'hex');
}

/** A picture whose bytes are numbers in JSON: a Buffer of Node's, a list, or an object with the places as names. */
function byNumbers(text: string): Plain | undefined {
	if (/^[^\]]{0,200}"type"\s*:\s*"Buffer"\s*,\s*"data"\s*:\s*\[/.test(text)) {
		return otherFile('a Buffer written as JSON', 'byteList');
	}
	const isList = /^(?:\{\s*"0"\s*:|\[)\s*(?:255|137|71|66|82)\s*,\s*(?:"1"\s*:\s*)?(?:216|80|73|77)\s*,/.test(text);
	return isList ? otherFile('a list of bytes as JSON', 'byteList') : undefined;
}

/**
 * A picture that was written as text: as base64 (bare, in quotes, in a data URL, in JSON, in a MIME part), in hexadecimal digits, or as
 * numbers.
 * @param text the front of the file
 * @param isImage whether bytes begin as an image does
 * @returns what it is, or undefined where it is none of these
 */
export function byEncoding(text: string, isImage: (bytes: Buffer) => boolean): Plain | undefined {
	if (/^"?data:image\/[\w.+-]{1,40}[;,]/.test(text)) return otherFile('base64 text', 'base64');
	const front = text.slice(0, 4096);
	if (/^(?:--.{1,100}\r?\n)?(?:[\w-]{2,40}:.{0,500}\r?\n)*Content-Transfer-Encoding:\s*base64/i.test(front)) {
		return otherFile('a MIME part in base64', 'mimePart');
	}
	const inHex = fromHex(text);
	if (inHex !== undefined && isImage(inHex)) return otherFile('a picture in hexadecimal digits', 'hex');
	const inBase64 = fromBase64(text);
	if (inBase64 !== undefined && isImage(inBase64)) {
		return otherFile(/^[^\s]{0,400}[-_]/.test(text) ? 'base64url text' : 'base64 text', 'base64');
	}
	if (/^[{[][^]{0,1000}"\s*:\s*"(?:data:image\/|[/_]9j[/_]|iVBORw0KGgo|R0lGOD|UklGR)/.test(front)) {
		return otherFile('JSON that holds a picture as base64 text', 'base64');
	}
	return byNumbers(text);
}
