import type { Metadata } from '../decode/picture';
import { encodePng } from '../encode/png/encode';
import { pngChunk } from '../formats/pngChunks';
import type { Work } from '../work';
import { orientationAlone, withSize } from './exif';
import type { Scaled } from './scaledPicture';

/** How an iTXt chunk begins that holds XMP: keyword, not compressed, no language, no translation (XMP part 3, 1.1.5). */
const XMP_KEYWORD = 'XML:com.adobe.xmp\0\0\0\0\0';

/**
 * Encodes a picture that can be seen through as a PNG.
 * @param picture its planes are red, green and blue, or grey
 * @param alpha of the picture
 * @param metadata what belongs to it
 * @param removeMetadata whether nothing but the orientation and the colour profile is wished
 * @returns the file, once it is compressed
 */
export function* asPng(
	picture: Scaled,
	alpha: Uint8ClampedArray,
	{ exif, icc, xmp }: Metadata,
	removeMetadata: boolean,
): Work<Promise<Buffer>> {
	const { width, height } = picture;
	const chunks: Uint8Array[] = [];
	if (icc !== undefined) {
		chunks.push(pngChunk('iCCP', Buffer.from('ICC profile\0\0', 'latin1'), stored(icc)));
	}
	const needed = exif === undefined ? undefined : removeMetadata ? orientationAlone(exif) : withSize(exif, picture);
	if (needed !== undefined) chunks.push(pngChunk('eXIf', needed));
	if (xmp !== undefined && !removeMetadata) chunks.push(pngChunk('iTXt', Buffer.from(XMP_KEYWORD, 'latin1'), xmp));
	const planes = picture.planes.map(({ samples }) => samples);
	return yield* encodePng({ width, height, planes, alpha }, chunks);
}

/** The most bytes of a stored block (RFC 1951, 3.2.4). */
const BLOCK = 0xffff;

/** Bytes as zlib data that is not compressed (RFC 1950, RFC 1951): a profile has few of them. */
function stored(bytes: Uint8Array): Buffer {
	const blocks = Array.from({ length: Math.ceil(bytes.length / BLOCK) }, (_, i) => {
		const block = bytes.subarray(i * BLOCK, (i + 1) * BLOCK);
		const header = Buffer.alloc(5);
		header[0] = (i + 1) * BLOCK >= bytes.length ? 1 : 0;
		header.writeUInt16LE(block.length, 1);
		header.writeUInt16LE(0xffff - block.length, 3);
		return Buffer.concat([header, block]);
	});
	let [a, b] = [1, 0];
	for (const byte of bytes) {
		a = (a + byte) % 65_521;
		b = (b + a) % 65_521;
	}
	const checksum = Buffer.alloc(4);
	checksum.writeUInt16BE(b);
	checksum.writeUInt16BE(a, 2);
	return Buffer.concat([Buffer.of(0x78, 0x01), ...blocks, checksum]);
}
