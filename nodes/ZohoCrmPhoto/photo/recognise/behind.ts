import { quotable } from './quote';

/** How far into a file a picture is looked for. */
const FURTHEST = 64 * 1024;

/** Bytes of any content before a picture are told up to so many; longer ones must be text, else it is a file of another kind. */
const LONGEST_BINARY = 1024;

/** How the pictures begin that are told by it alone. */
const STARTS = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF89a', 'GIF87a'].map((start) => Buffer.from(start, 'latin1'));
/** These are too short to be looked for in a text, and are taken right behind a byte order mark or white space. */
const SHORT_STARTS = /^(?:BM|RIFF....WEBP)/s;

const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)+$/;
const WHITE_SPACE = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|\s)+/;

/** Bytes before a picture. */
export interface Behind {
	/** Where the picture begins. */
	start: number;
	/** What stands before it, with its verb: "A byte order mark stands". */
	before: string;
}

/**
 * The first place where a picture may begin behind other bytes.
 * @param bytes a file that has no known signature
 * @returns nothing where none begins near the front; whether it is one, its own reader must say
 */
export function pictureBehind(bytes: Buffer): Behind | undefined {
	const front = bytes.subarray(0, FURTHEST);
	const found = STARTS.map((start) => front.indexOf(start)).filter((at) => at > 0);
	const space = WHITE_SPACE.exec(bytes.toString('latin1', 0, 256))?.[0].length ?? 0;
	if (space > 0 && SHORT_STARTS.test(bytes.toString('latin1', space, space + 12))) found.push(space);
	if (found.length === 0) return undefined;
	const start = Math.min(...found);
	const before = told(bytes.subarray(0, start));
	return before === undefined ? undefined : { start, before };
}

function told(bytes: Buffer): string | undefined {
	const raw = bytes.toString('latin1');
	if (BYTE_ORDER_MARK.test(raw)) return 'A byte order mark stands';
	if (/^[\r\n]+$/.test(raw)) return 'A line end stands';
	if (WHITE_SPACE.exec(raw)?.[0].length === raw.length) return 'White space stands';
	const text = bytes.toString('utf8').trim();
	if (/\ufffd/.test(text) || bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20))) {
		return bytes.length > LONGEST_BINARY ? undefined : `${bytes.length} bytes that are no part of it stand`;
	}
	if (
		/^(?:<br \/>\s*)?(?:<b>|PHP )?(?:Warning|Notice|Deprecated|Fatal error|Parse error|Strict Standards)(?:<\/b>)?:/i.test(
			text,
		)
	) {
		return `A warning of PHP${inBrackets(text)} stands`;
	}
	if (/^HTTP\/\d/.test(text)) return 'The head of an HTTP answer stands';
	if (/^--.{1,200}\r?\nContent-/i.test(text)) return 'The head of a multipart body stands';
	if (/^[\w-]{2,40}:.{0,500}(?:\r?\n|$)/.test(text) && /^Content-/im.test(text))
		return 'The head of a MIME part stands';
	return `Text${inBrackets(text)} stands`;
}

function inBrackets(text: string): string {
	const quote = quotable(text);
	return quote === undefined ? '' : ` ("${quote}")`;
}
