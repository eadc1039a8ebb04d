import { completeUnlessEmpty, orPerhaps, type Structure } from './structure';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** The length and the name of a chunk, and with them the checksum behind it. */
const CHUNK_START = 8;
const CHUNK_OVERHEAD = 12;
const HEADER_LENGTH = 13;
const LARGEST_NUMBER = 0x7fffffff;
const PALETTE_COLOR = 3;

/** Chunk types as the numbers that their four letters are: comparing strings would cost a hostile file's check 0.1 s. */
const [IHDR, PLTE, IDAT, IEND, CGBI] = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'CgBI'].map((type) =>
	Buffer.from(type, 'latin1').readUInt32BE(),
);

/** The bit that says that a chunk may be passed over by those who do not know it (section 5.4). */
const ANCILLARY = 0x20000000;

/** Whether each byte of a chunk type is a letter, as all are (section 5.3). */
function isChunkType(type: number): boolean {
	for (let shift = 0; shift < 32; shift += 8) {
		const lowerCase = ((type >>> shift) & 0xff) | 0x20;
		if (lowerCase < 0x61 || lowerCase > 0x7a) return false;
	}
	return true;
}

/** The bit depths that each color type may have (PNG specification, table 11.1). */
const BIT_DEPTHS: Record<number, readonly number[]> = {
	0: [1, 2, 4, 8, 16],
	2: [8, 16],
	[PALETTE_COLOR]: [1, 2, 4, 8],
	4: [8, 16],
	6: [8, 16],
};

/** What is wrong with an image header beside its size (table 11.1); a clause. */
function faultOf(header: Buffer): string | undefined {
	const [depth, color, compression, filter] = [8, 9, 10, 11].map((at) => header.readUInt8(at));
	if (depth === undefined || color === undefined || !BIT_DEPTHS[color]?.includes(depth)) {
		return `there is no color type ${color} with ${depth} bits`;
	}
	// There is one method of either, and decoders stop at any other.
	if (compression !== 0) return `there is no compression method ${compression}`;
	if (filter !== 0) return `there is no filter method ${filter}`;
	return header.readUInt8(12) > 1 ? `there is no interlace method ${header.readUInt8(12)}` : undefined;
}

/**
 * Walks a PNG from chunk to chunk, to its IEND chunk (PNG specification, third edition, sections 5 and 11).
 * Checksums are not compared: decoders differ on them, so Zoho CRM may take what a checksum speaks against. For the same reason
 * a chunk that may be passed over can have any name. Without the IEND chunk, only decoding tells whether every row is there; and so
 * it is where other chunks stand between those of the image data (section 5.6 wants them together), as decoders stop there.
 * @param bytes a file that begins with the letters of the PNG signature
 * @returns its width and height in pixels, or what is wrong
 */
export function readPng(bytes: Buffer): Structure {
	if (!SIGNATURE.subarray(0, bytes.length).equals(bytes.subarray(0, SIGNATURE.length))) {
		return { state: 'unreadable', reason: 'its first bytes were changed, as a transfer in text mode does' };
	}
	let header: Buffer | undefined;
	let hasPalette = false;
	let isPaletteGiven = false;
	let hasData = false;
	let before = 0;
	let isDoubtful = false;
	let position = SIGNATURE.length;
	const cutOff = (): Structure => {
		const verdict = { state: 'cutOff' as const, missing: 'its closing IEND chunk' };
		if (header === undefined || !hasData || !hasPalette) return verdict;
		return orPerhaps(verdict, { width: header.readUInt32BE(0), height: header.readUInt32BE(4) });
	};
	while (position + CHUNK_START <= bytes.length) {
		const length = bytes.readUInt32BE(position);
		const type = bytes.readUInt32BE(position + 4);
		const end = position + CHUNK_OVERHEAD + length;
		const isOdd = !isChunkType(type) && ((type & ANCILLARY) === 0 || end > bytes.length);
		if (length > LARGEST_NUMBER || isOdd) {
			return { state: 'unreadable', reason: `what stands at byte ${position} is not a chunk` };
		}
		if (header === undefined) {
			if (type === CGBI) return { state: 'unsupported', name: 'PNG of an iOS app (CgBI)' };
			if (type !== IHDR || length !== HEADER_LENGTH) {
				return { state: 'unreadable', reason: 'its first chunk is not an image header' };
			}
		}
		if (end > bytes.length && type !== IEND) {
			if (type === IDAT) hasData = true;
			break;
		}
		if (header === undefined) {
			header = bytes.subarray(position + 8, position + 8 + HEADER_LENGTH);
			const reason = faultOf(header);
			if (reason !== undefined) return { state: 'unreadable', reason };
			hasPalette = header.readUInt8(9) !== PALETTE_COLOR;
		} else if (type === PLTE) {
			if (isPaletteGiven) return { state: 'unreadable', reason: 'it has two palettes' };
			isPaletteGiven = true;
			hasPalette = true;
		} else if (type === IDAT) {
			if (hasData && before !== IDAT) isDoubtful = true;
			if (length > 0) hasData = true;
		} else if (type === IEND) {
			if (!hasData) return { state: 'unreadable', reason: 'it holds no picture data' };
			if (!hasPalette) return { state: 'unreadable', reason: 'its palette is missing' };
			const verdict = completeUnlessEmpty(header.readUInt32BE(0), header.readUInt32BE(4));
			return isDoubtful && verdict.state === 'complete' ? { ...verdict, isDoubtful } : verdict;
		}
		before = type;
		position = end;
	}
	return cutOff();
}
