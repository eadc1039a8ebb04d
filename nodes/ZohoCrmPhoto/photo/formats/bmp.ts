import { hasAllRuns } from './bmpRunLengths';
import { completeUnlessEmpty, type Structure } from './structure';

const FILE_HEADER_LENGTH = 14;
/** BITMAPCOREHEADER (OS/2 1.x) has 16-bit sizes; every later header has 32-bit ones at the same place. */
const CORE_HEADER_LENGTH = 12;
/** OS22XBITMAPHEADER: compression 3 and 4 mean other things there than in Windows. */
const OS2_HEADER_LENGTH = 64;
/**
 * The other lengths of a header: Windows', and what OS/2 2.x cuts its own to (its documentation has any from 16 on; these are the
 * ones that browsers take).
 */
const HEADER_LENGTHS = [...[16, 20, 24, 28, 32, 36, 40, 42, 44, 46, 48, 52, 56, 60], OS2_HEADER_LENGTH, 108, 124];
const BITS_PER_PIXEL = [1, 2, 4, 8, 16, 24, 32];
/** Samples of 16 bits, which GDI+ writes and nothing else reads. */
const RARE_BITS = 64;
/** In OS/2 2.x: fax codes, of one bit a pixel. */
const OS2_HUFFMAN = 3;

const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const ALPHABITFIELDS = 6;

/** What a BMP's header says. */
export interface BmpHeader {
	/** Bytes of this header, which tell its version. */
	length: number;
	width: number;
	height: number;
	bitsPerPixel: number;
	compression: number;
	imageSize: number;
	/** Colours of the palette; 0 for as many as the bits of a pixel can tell apart. */
	colours: number;
	pixelOffset: number;
}

/** A field that a shorter header version leaves out counts as 0. */
function field(bytes: Buffer, headerLength: number, offset: number): number {
	return headerLength >= offset - FILE_HEADER_LENGTH + 4 ? bytes.readUInt32LE(offset) : 0;
}

/**
 * Reads the header behind the file header (Windows GDI, "Bitmap Header Types").
 * @param bytes the whole file; the whole header must be there
 * @param length of the header in bytes, as it says itself
 */
export function readBmpHeader(bytes: Buffer, length: number): BmpHeader {
	const isCore = length === CORE_HEADER_LENGTH;
	const pixelOffset = bytes.readUInt32LE(10);
	return {
		length,
		width: isCore ? bytes.readUInt16LE(18) : bytes.readInt32LE(18),
		// A negative height stores the rows from the top.
		height: isCore ? bytes.readUInt16LE(20) : Math.abs(bytes.readInt32LE(22)),
		bitsPerPixel: bytes.readUInt16LE(isCore ? 24 : 28),
		compression: field(bytes, length, 30),
		imageSize: field(bytes, length, 34),
		colours: field(bytes, length, 46),
		pixelOffset: Math.max(pixelOffset, FILE_HEADER_LENGTH + length),
	};
}

/** Whether rows stand as they are, perhaps with masks for their colours. */
export function bmpIsUncompressed({ compression, length }: BmpHeader): boolean {
	if (compression === RGB) return true;
	return length !== OS2_HEADER_LENGTH && (compression === BITFIELDS || compression === ALPHABITFIELDS);
}

/** Where the last pixel of uncompressed rows ends: what fills the last row up to four bytes may be missing. */
export function endOfBmpRows({ width, height, bitsPerPixel, pixelOffset }: BmpHeader): number {
	const rowLength = Math.floor((width * bitsPerPixel + 31) / 32) * 4;
	return pixelOffset + rowLength * Math.max(0, height - 1) + Math.ceil((width * bitsPerPixel) / 8);
}

/**
 * Whether every row is there. The file size in the file header is not asked: encoders write it wrong too often.
 * Uncompressed rows are counted, run lengths are followed to their end, anything else is measured by its stored size.
 */
function hasAllRows(bytes: Buffer, header: BmpHeader): boolean {
	const { compression, pixelOffset, imageSize } = header;
	if (bmpIsUncompressed(header)) {
		return endOfBmpRows(header) <= bytes.length;
	}
	if ((compression === RLE8 || compression === RLE4) && hasAllRuns(bytes, header, compression === RLE4)) return true;
	return imageSize > 0 && pixelOffset + imageSize <= bytes.length;
}

/**
 * Reads a BMP's header, of any version from OS/2 1.x to Windows V5, and checks that no row is missing.
 * @param bytes a file that begins with BM
 * @returns its width and height in pixels, or what is wrong
 */
export function readBmp(bytes: Buffer): Structure {
	const cutOffHeader: Structure = { state: 'cutOff', missing: 'the rest of its header' };
	if (bytes.length < FILE_HEADER_LENGTH + 4) return cutOffHeader;
	const length = bytes.readUInt32LE(FILE_HEADER_LENGTH);
	if (length !== CORE_HEADER_LENGTH && !HEADER_LENGTHS.includes(length)) {
		return { state: 'unreadable', reason: `there is no BMP header of ${length} bytes` };
	}
	if (bytes.length < FILE_HEADER_LENGTH + length) return cutOffHeader;
	const header = readBmpHeader(bytes, length);
	if (header.width < 0) return { state: 'unreadable', reason: `its width is ${header.width}` };
	if (length === OS2_HEADER_LENGTH && header.compression === OS2_HUFFMAN) {
		return { state: 'unsupported', name: 'BMP (fax codes of OS/2)' };
	}
	if (header.bitsPerPixel === RARE_BITS) return { state: 'unsupported', name: 'BMP (64 bits a pixel)' };
	if (bmpIsUncompressed(header) && !BITS_PER_PIXEL.includes(header.bitsPerPixel)) {
		return { state: 'unreadable', reason: `there is no BMP with ${header.bitsPerPixel} bits per pixel` };
	}
	if (!hasAllRows(bytes, header)) return { state: 'cutOff', missing: 'the last of its rows' };
	return completeUnlessEmpty(header.width, header.height);
}
