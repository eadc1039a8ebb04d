/** Kinds that are text themselves, or may be for the most part. */
const TEXTUAL = ['PDF', 'EPS', 'Netpbm', 'Radiance HDR', 'DjVu'];

/** Kinds whose pixels may stand as they are, so that a picture of few colours may look like anything. */
const PLAIN = ['BMP', 'TIFF', 'PCX', 'SGI', 'TGA', 'DDS', 'ICO (Windows icon)', 'CUR (Windows cursor)'];

/** Characters of more than one byte, and replacement characters, that no sound file has by chance. */
const FEWEST_WIDE = 4;
const FEWEST_REPLACED = 2;

/** Question marks and line ends that no sound file has by chance, and one in how many bytes they are at least. */
const FEWEST_MARKS = 16;
const MARKS_ONE_IN = 32;
const FEWEST_LINES = 8;
const LINES_ONE_IN = 2048;

/** Values that a plain picture has at least before one of them can stand out. */
const FEWEST_VALUES = 16;

const LF = 0x0a;
const CR = 0x0d;
const QUESTION_MARK = 0x3f;

/** What a file is as UTF-8: its characters of more than one byte, and those among them that stand for a byte that was none. */
interface Wide {
	wide: number;
	replaced: number;
}

/** Counts the characters of a text in UTF-8, whose last one may be cut off; undefined at the first byte that is no UTF-8. */
function wideCharacters(bytes: Buffer): Wide | undefined {
	let wide = 0;
	let replaced = 0;
	for (let at = 0; at < bytes.length; at += 1) {
		const lead = bytes[at] ?? 0;
		if (lead < 0x80) continue;
		if (lead < 0xc2 || lead > 0xf4) return undefined;
		const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
		if (lead === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) replaced += 1;
		for (let place = 1; place <= more && at + place < bytes.length; place += 1) {
			const byte = bytes[at + place] ?? 0;
			if (byte < 0x80 || byte > 0xbf) return undefined;
		}
		at += more;
		wide += 1;
	}
	return { wide, replaced };
}

/** Whether every line end is CR with LF, as a transfer in text mode writes it; in binary data one LF in 256 has a CR before it. */
function hasNoLoneLineFeed(bytes: Buffer, fewest: number): boolean {
	let lines = 0;
	for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
		if (bytes[at - 1] !== CR) return false;
		lines += 1;
	}
	return lines >= fewest && lines * LINES_ONE_IN >= bytes.length;
}

/** Whether a file without a byte above 127 is full of what such bytes are replaced by. */
function isFullOfMarks(bytes: Buffer): boolean {
	let marks = 0;
	for (let at = bytes.indexOf(QUESTION_MARK); at >= 0; at = bytes.indexOf(QUESTION_MARK, at + 1)) marks += 1;
	return marks >= FEWEST_MARKS && marks * MARKS_ONE_IN >= bytes.length;
}

/** Whether question marks stand out among the values next to them, as they do in no picture of many values. */
function doMarksStandOut(bytes: Buffer): boolean {
	const counts = new Uint32Array(256);
	for (let at = 0; at < bytes.length; at += 1) counts[bytes[at] ?? 0] = (counts[bytes[at] ?? 0] ?? 0) + 1;
	const [below = 0, marks = 0, above = 0] = counts.subarray(QUESTION_MARK - 1, QUESTION_MARK + 2);
	return counts.filter((count) => count > 0).length >= FEWEST_VALUES && marks > 16 * (below + above + 1);
}

/** Whether a BMP is as long as its header says, so that no byte was added or replaced. */
function isBmpOfItsLength(bytes: Buffer): boolean {
	if (bytes.length < 54) return false;
	if (bytes.readUInt32LE(2) === bytes.length) return true;
	// Where that length is wrong, rows that end with the file show the same (Windows GDI, BITMAPINFOHEADER).
	const row = Math.floor((bytes.readInt32LE(18) * bytes.readUInt16LE(28) + 31) / 32) * 4;
	const end = bytes.readUInt32LE(10) + row * Math.abs(bytes.readInt32LE(22));
	return Math.abs(end - bytes.length) < 4;
}

/** Whether the length in a BMP's header is that of the file but for question marks in place of bytes above 127. */
function isLengthMarked(bytes: Buffer): boolean {
	const length = Buffer.alloc(4);
	length.writeUInt32LE(bytes.length);
	const marked = length.map((byte) => (byte > 127 ? QUESTION_MARK : byte));
	return !length.equals(marked) && bytes.subarray(2, 6).equals(marked);
}

/** Whether a BMP is longer than its header says by one byte for each line end. */
function isLongerByLines(bytes: Buffer): boolean {
	let lines = 0;
	for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
	// The length itself may have a line end in it.
	const front = Buffer.from(bytes.toString('latin1', 0, 10).replace(/\r\n/g, '\n'), 'latin1');
	return front.length >= 6 && front.readUInt32LE(2) + lines === bytes.length;
}

/**
 * Whether a binary file passed through text on its way, told by the trace in all of it: bytes that are no UTF-8 became replacement
 * characters or question marks, bytes above 127 were written as UTF-8, or CR was put before each LF. It takes a look at a few bytes
 * of nearly all sound files, as their first bytes above 127 make no UTF-8, and their first LF has no CR before it.
 * @param bytes the whole file
 * @param name what kind of image it is
 */
export function wasReadAsText(bytes: Buffer, name: string): boolean {
	if (TEXTUAL.includes(name)) return false;
	const isBmp = name === 'BMP';
	const isPlain = PLAIN.includes(name);
	const text = wideCharacters(bytes);
	if (text !== undefined && (text.wide >= FEWEST_WIDE || text.replaced >= FEWEST_REPLACED)) {
		return !isBmp || !isBmpOfItsLength(bytes);
	}
	if (
		text?.wide === 0 &&
		(isPlain ? doMarksStandOut(bytes) || (isBmp && isLengthMarked(bytes)) : isFullOfMarks(bytes))
	) {
		return true;
	}
	// A BMP says how long it was: there one line end is enough.
	if (isBmp) return isLongerByLines(bytes) && hasNoLoneLineFeed(bytes, 1);
	return !isPlain && hasNoLoneLineFeed(bytes, FEWEST_LINES);
}

/** The first characters of kinds that begin with bytes above 127, once these are no longer what they were. */
const STARTS: ReadonlyArray<[name: string, start: RegExp]> = [
	['PNG', /^.{1,3}PNG[\r\n]/s],
	['JPEG', /^(.{2,16}(JFIF|Exif|Adobe|ICC_PROFILE)\0|[\ufffd?\u00fd]{3,4}\0|\u00ff\u00d8\u00ff)/s],
	['GIF', /^GIF8[79]a/],
	['WebP', /^RIFF.{4,12}WEBP/s],
];

/**
 * The kind of a picture whose first bytes were changed by its way through text, so that they tell no kind any more.
 * @param bytes a file that has no known signature
 * @param text its front as text, by its byte order mark or else in UTF-8
 */
export function kindBeforeText(bytes: Buffer, text: string): string | undefined {
	const found = STARTS.find(([, start]) => start.test(text))?.[0];
	if (found === undefined) return undefined;
	const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	// Where text in UTF-8 was written as Latin-1, each replacement character became FD.
	const isReplaced = /^\xfd{1,4}[\0P]/.test(bytes.toString('latin1', 0, 8));
	return isUtf16 || isReplaced || wideCharacters(bytes) !== undefined ? found : undefined;
}

const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';

/** Whether a PNG's signature is there but for its line ends, which are in it to show this (PNG specification, section 5.2). */
export function hasOtherLineEnds(bytes: Buffer): boolean {
	const front = bytes.toString('latin1', 0, PNG_SIGNATURE.length + 4);
	const plain = (text: string) => text.replace(/[\r\n]+/g, '\n');
	return !front.startsWith(PNG_SIGNATURE) && plain(front).startsWith(plain(PNG_SIGNATURE));
}
