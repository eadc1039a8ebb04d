import { crc32 } from './crc32';

/** The bytes with which every PNG begins (PNG specification, third edition, section 5.2). */
export const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/**
 * A chunk: its four letters, what it holds, where in the file it begins, and where the file goes on after it, which is beyond
 * the file's end for one that is cut off.
 */
export interface PngChunk {
	type: string;
	body: Uint8Array;
	start: number;
	next: number;
}

/** The length and the name of a chunk, and with them the checksum behind it. */
const START = 8;

const OVERHEAD = 12;

/**
 * The chunks of a PNG, in the file's order (section 5.3). Checksums are not compared. Of the last chunk of a file that is cut off,
 * what is there of it comes, too.
 * @param data a file that begins with the signature
 */
export function* pngChunks(data: Uint8Array): Generator<PngChunk, void, undefined> {
	const view = new DataView(data.buffer, data.byteOffset, data.length);
	for (let start = PNG_SIGNATURE.length; start + START <= data.length; ) {
		const next = start + OVERHEAD + view.getUint32(start);
		const type = Buffer.from(data.subarray(start + 4, start + 8)).toString('latin1');
		yield { type, body: data.subarray(start + 8, next - 4), start, next };
		start = next;
	}
}

/** Whether the chunks of image data are what their checksums say. @param data a file that begins with the signature */
export function hasSoundData(data: Uint8Array): boolean {
	const view = new DataView(data.buffer, data.byteOffset, data.length);
	for (const { type, start, next } of pngChunks(data)) {
		if (type === 'IEND' || next > data.length) break;
		if (type === 'IDAT' && crc32(data.subarray(start + 4, next - 4)) !== view.getUint32(next - 4)) return false;
	}
	return true;
}

/** A chunk as it stands in a file, with its length and checksum. @param type four letters */
export function pngChunk(type: string, ...body: Uint8Array[]): Buffer {
	const name = Buffer.from(type, 'latin1');
	const ends = Buffer.alloc(8);
	ends.writeUInt32BE(body.reduce((sum, part) => sum + part.length, 0));
	ends.writeUInt32BE(crc32(name, ...body), 4);
	return Buffer.concat([ends.subarray(0, 4), name, ...body, ends.subarray(4)]);
}
