/** The front of a data URL (RFC 2397) of anything in base64. */
const DATA_URL = /^\s{0,100}data:[^,]{0,200};base64,/i;
/** Characters that are looked at for it. */
const FRONT = 400;

/** What is left of {@link DATA_URL} where a node took it for base64 too, which passes over the characters that are none. */
const SWALLOWED = /^dataimage\/[a-z+]{3,7}base64/;
/** Bytes that hold the longest of these, and a multiple of three. */
const SWALLOWED_BYTES = 30;

/** The last bytes of every PNG but one: the name of its last chunk and three bytes of its checksum. */
const PNG_END = Buffer.from('IEND\xae\x42\x60', 'latin1');

/** A text in base64 without the front of a data URL, which nodes of pictures on web pages and AI models leave on it. */
export function withoutDataUrl(base64: string): string {
	const url = DATA_URL.exec(base64.slice(0, FRONT))?.[0] ?? '';
	return url === '' ? base64 : base64.slice(url.length);
}

/**
 * The picture's own bytes, where they are still in the text of a data URL, or where a node has decoded its front with them
 * (Node's decoder passes over `:`, `;` and `,`, so that the text can be had again).
 *
 * @returns the same bytes where there is nothing to undo
 */
export function picturesOwn(bytes: Buffer): Buffer {
	const text = bytes.toString('latin1', 0, FRONT);
	if (DATA_URL.test(text)) return Buffer.from(withoutDataUrl(bytes.toString('latin1')), 'base64');
	const swallowed = SWALLOWED.exec(bytes.toString('base64', 0, SWALLOWED_BYTES))?.[0];
	return swallowed === undefined
		? bytes
		: whole(Buffer.from(bytes.toString('base64').slice(swallowed.length), 'base64'));
}

/** The swallowed front shifts the text, which costs most PNGs bits of their last byte, or all of it: it is always the same. */
function whole(bytes: Buffer): Buffer {
	const end = bytes.lastIndexOf(PNG_END);
	if (end < 0 || end < bytes.length - PNG_END.length - 1) return bytes;
	return Buffer.concat([bytes.subarray(0, end), PNG_END, Buffer.from([0x82])]);
}
