import { GIF_BLOCK, GifBlocks, IMAGE_DESCRIPTOR_LENGTH, LARGEST_CODE_SIZE, SCREEN_DESCRIPTOR_END } from './gifBlocks';
import { completeUnlessEmpty, orPerhaps, type Structure } from './structure';

/**
 * Walks a GIF, still or animated, to the end of its first picture (GIF89a specification), which the sub-blocks of its coded data
 * tell: whether further pictures are whole, and whether there is a trailer, shows in no still picture. Stray bytes between blocks
 * are passed over, as decoders do. Whether the coded data is that of every row, only decoding tells.
 * @param bytes a file that begins with GIF87a or GIF89a
 * @returns its width and height in pixels, or what is wrong: those of its logical screen, which decoders enlarge where the first
 * picture reaches beyond it
 */
export function readGif(bytes: Buffer): Structure {
	const cutOff = { state: 'cutOff' as const, missing: 'the rest of its first picture' };
	if (bytes.length < SCREEN_DESCRIPTOR_END) return cutOff;
	for (const blocks = new GifBlocks(bytes, false); blocks.advance(); ) {
		const { block, start, data, next } = blocks;
		if (block === GIF_BLOCK.TRAILER) return { state: 'unreadable', reason: 'it holds no picture data' };
		if (start + IMAGE_DESCRIPTOR_LENGTH > bytes.length) return cutOff;
		const codeSize = bytes[data - 1] ?? 0;
		if (codeSize > LARGEST_CODE_SIZE) {
			const reason = `its colors have codes of ${codeSize} bits, and a GIF has ${LARGEST_CODE_SIZE} at most`;
			return { state: 'unreadable', reason };
		}
		const right = bytes.readUInt16LE(start + 1) + bytes.readUInt16LE(start + 5);
		const bottom = bytes.readUInt16LE(start + 3) + bytes.readUInt16LE(start + 7);
		const width = Math.max(bytes.readUInt16LE(6), right);
		const height = Math.max(bytes.readUInt16LE(8), bottom);
		if (next <= bytes.length) return completeUnlessEmpty(width, height);
		return data < bytes.length ? orPerhaps(cutOff, { width, height }) : cutOff;
	}
	return cutOff;
}
