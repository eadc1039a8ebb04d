import { dimensionsOf } from './imageDimensions.cts';

/** A picture that Zoho would take by its kind. */
export interface ImageFacts {
	mimeType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/bmp';
	width: number;
	height: number;
}

type Kind = 'png' | 'jpg' | 'gif' | 'bmp';

const mimeTypes: Record<Kind, ImageFacts['mimeType']> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	gif: 'image/gif',
	bmp: 'image/bmp',
};

/** The extensions that fit each kind; Zoho's pages name PNG, JPEG, JPG, GIF and BMP. */
const extensions: Record<ImageFacts['mimeType'], readonly string[]> = {
	'image/png': ['png'],
	'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
	'image/gif': ['gif'],
	'image/bmp': ['bmp', 'dib'],
};

/** The limits, each a number that a test may change. */
export interface ImageRules {
	/** Assumption: 10 MB means 10 x 2^20 bytes; Zoho does not say. */
	maxBytes: number;
	/** Assumption: 10 MP means 10,000,000 pixels; Zoho does not say. */
	maxPixels: number;
	/** Assumption: a file that is cut off is refused as "Invalid file type". */
	refuseTruncated: boolean;
	/** Off by default, as nothing is known: refuse a file name whose extension does not fit the bytes. */
	refuseUnfittingExtension: boolean;
}

export const zohoImageRules: Readonly<ImageRules> = {
	maxBytes: 10 * 1024 * 1024,
	maxPixels: 10_000_000,
	refuseTruncated: true,
	refuseUnfittingExtension: false,
};

/** The kind by the first bytes: PNG 5.2, JFIF/Exif (SOI and a marker), GIF87a/GIF89a, the BMP file header. */
function kindOf(bytes: Buffer): Kind | undefined {
	if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'png';
	if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpg';
	const word = bytes.toString('latin1', 0, 6);
	if (word === 'GIF87a' || word === 'GIF89a') return 'gif';
	return word.startsWith('BM') && bytes.length >= 26 ? 'bmp' : undefined;
}

/** PNG: the chunks lead to an IEND that is whole. */
function isPngWhole(bytes: Buffer): boolean {
	let at = 8;
	while (at + 12 <= bytes.length) {
		const next = at + 12 + bytes.readUInt32BE(at);
		if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return next <= bytes.length;
		at = next;
	}
	return false;
}

/**
 * JPEG: the segments lead to a scan, and an end-of-image marker follows it (an Exif thumbnail has an end of its own
 * before).
 */
function isJpegWhole(bytes: Buffer): boolean {
	let at = 2;
	while (at + 4 <= bytes.length) {
		if (bytes[at] !== 0xff) return false;
		const marker = bytes[at + 1];
		if (marker === 0xff) {
			at++;
			continue;
		}
		if (marker === 0xda) return bytes.indexOf(Buffer.from([0xff, 0xd9]), at + 4) !== -1;
		at += 2 + bytes.readUInt16BE(at + 2);
	}
	return false;
}

/** The end of a chain of GIF sub-blocks that begins at `at`. */
function afterSubBlocks(bytes: Buffer, at: number): number {
	let next = at;
	for (;;) {
		const length = bytes[next];
		if (length === undefined) return bytes.length;
		next += 1 + length;
		if (length === 0) return next;
	}
}

function colorTableLength(flags: number): number {
	return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** GIF: the blocks lead to a trailer (0x3b). */
function isGifWhole(bytes: Buffer): boolean {
	let at = 13 + colorTableLength(bytes[10] ?? 0);
	for (;;) {
		const block = bytes[at];
		if (block === 0x3b) return true;
		if (block === 0x21) at = afterSubBlocks(bytes, at + 2);
		else if (block === 0x2c) at = afterSubBlocks(bytes, at + 11 + colorTableLength(bytes[at + 9] ?? 0));
		else return false;
	}
}

/** BMP without compression: all rows are there (each padded to four bytes). */
function isBmpWhole(bytes: Buffer, width: number, height: number): boolean {
	if (bytes.length < 34 || bytes.readUInt32LE(14) < 40) return true;
	const compression = bytes.readUInt32LE(30);
	if (compression !== 0 && compression !== 3) return true;
	const row = Math.ceil((width * bytes.readUInt16LE(28)) / 32) * 4;
	return bytes.readUInt32LE(10) + row * height <= bytes.length;
}

function isWhole(bytes: Buffer, kind: Kind, width: number, height: number): boolean {
	if (kind === 'png') return isPngWhole(bytes);
	if (kind === 'jpg') return isJpegWhole(bytes);
	if (kind === 'gif') return isGifWhole(bytes);
	return isBmpWhole(bytes, width, height);
}

/** What the check of a file came to. */
export type ImageVerdict = { image: ImageFacts } | { refused: 'type' | 'size'; reason: string };

/**
 * Looks at a file as a server would that trusts neither name nor declared type. Nothing of it is shared with the
 * node that is tested against this emulator.
 */
export function checkImage(bytes: Buffer, fileName: string, rules: ImageRules): ImageVerdict {
	if (bytes.length > rules.maxBytes) return { refused: 'size', reason: `more than ${rules.maxBytes} bytes` };
	const kind = kindOf(bytes);
	if (!kind) return { refused: 'type', reason: 'the bytes are not PNG, JPEG, GIF or BMP' };
	let width: number;
	let height: number;
	try {
		({ width, height } = dimensionsOf(bytes));
	} catch {
		return { refused: 'type', reason: 'the header cannot be read' };
	}
	if (!(width > 0 && height > 0)) return { refused: 'type', reason: 'the picture has no pixels' };
	if (width * height > rules.maxPixels) return { refused: 'size', reason: `${width} x ${height} pixels` };
	if (rules.refuseTruncated && !isWhole(bytes, kind, width, height)) {
		return { refused: 'type', reason: 'the file is cut off' };
	}
	const mimeType = mimeTypes[kind];
	const extension = /\.(\w+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
	if (rules.refuseUnfittingExtension && !extensions[mimeType].includes(extension)) {
		return { refused: 'type', reason: `the extension ".${extension}" does not fit ${mimeType}` };
	}
	return { image: { mimeType, width, height } };
}
