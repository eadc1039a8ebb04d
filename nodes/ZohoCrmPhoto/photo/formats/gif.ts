import { completeUnlessEmpty, type Structure } from './structure';

const SCREEN_DESCRIPTOR_END = 13;
const IMAGE_DESCRIPTOR_LENGTH = 10;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;

/** The bytes that a color table takes, by the flags that announce it (GIF89a, sections 18 and 20). */
function colorTableLength(flags: number): number {
	return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** Where the chain of sub-blocks that begins at `position` ends, or past the end of the file (GIF89a, section 15). */
function endOfSubBlocks(bytes: Buffer, position: number): number {
	let at = position;
	for (let size = bytes[at]; size !== undefined && size !== 0; size = bytes[at]) at += 1 + size;
	return at + 1;
}

/**
 * Walks a GIF, still or animated, from block to block to its trailer (GIF89a specification).
 * Stray bytes between blocks are passed over, as decoders do.
 * @param bytes a file that begins with GIF87a or GIF89a
 * @returns its width and height in pixels, or what is wrong: those of its logical screen, which decoders enlarge where the first
 * picture reaches beyond it
 */
export function readGif(bytes: Buffer): Structure {
	const cutOff: Structure = { state: 'cutOff', missing: 'its closing trailer' };
	if (bytes.length < SCREEN_DESCRIPTOR_END) return cutOff;
	let hasImage = false;
	let right = 0;
	let bottom = 0;
	let position = SCREEN_DESCRIPTOR_END + colorTableLength(bytes.readUInt8(10));
	while (position < bytes.length) {
		const block = bytes[position];
		if (block === TRAILER) {
			if (!hasImage) return { state: 'unreadable', reason: 'it holds no picture data' };
			return completeUnlessEmpty(Math.max(bytes.readUInt16LE(6), right), Math.max(bytes.readUInt16LE(8), bottom));
		}
		if (block === IMAGE) {
			const flags = bytes[position + IMAGE_DESCRIPTOR_LENGTH - 1] ?? 0;
			if (!hasImage && position + IMAGE_DESCRIPTOR_LENGTH <= bytes.length) {
				right = bytes.readUInt16LE(position + 1) + bytes.readUInt16LE(position + 5);
				bottom = bytes.readUInt16LE(position + 3) + bytes.readUInt16LE(position + 7);
			}
			const data = position + IMAGE_DESCRIPTOR_LENGTH + colorTableLength(flags) + 1;
			hasImage = true;
			position = endOfSubBlocks(bytes, data);
		} else if (block === EXTENSION) {
			position = endOfSubBlocks(bytes, position + 2);
		} else {
			position += 1;
		}
	}
	return cutOff;
}
