import { GIF_BLOCK, GifBlocks, IMAGE_DESCRIPTOR_LENGTH, SCREEN_DESCRIPTOR_END } from './gifBlocks';
import { completeUnlessEmpty, type Structure } from './structure';

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
	for (const blocks = new GifBlocks(bytes, false); blocks.advance(); ) {
		const { block, start } = blocks;
		if (block === GIF_BLOCK.TRAILER) {
			if (!hasImage) return { state: 'unreadable', reason: 'it holds no picture data' };
			return completeUnlessEmpty(Math.max(bytes.readUInt16LE(6), right), Math.max(bytes.readUInt16LE(8), bottom));
		}
		if (block === GIF_BLOCK.IMAGE) {
			if (!hasImage && start + IMAGE_DESCRIPTOR_LENGTH <= bytes.length) {
				right = bytes.readUInt16LE(start + 1) + bytes.readUInt16LE(start + 5);
				bottom = bytes.readUInt16LE(start + 3) + bytes.readUInt16LE(start + 7);
			}
			hasImage = true;
		}
	}
	return cutOff;
}
