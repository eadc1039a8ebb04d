/** What a block begins with (GIF89a, appendix A). */
export const GIF_BLOCK = { IMAGE: 0x2c, EXTENSION: 0x21, TRAILER: 0x3b } as const;

/** The bytes of the header and the logical screen descriptor (GIF89a, sections 17 and 18). */
export const SCREEN_DESCRIPTOR_END = 13;

/** The bytes of an image descriptor, its separator included (GIF89a, section 20). */
export const IMAGE_DESCRIPTOR_LENGTH = 10;

/** A block of a GIF. */
export interface GifBlock {
	/** One of `GIF_BLOCK`. */
	block: number;
	/** Of an extension: which one it is. */
	label: number;
	/** Where in the file it begins. */
	start: number;
	/** Of an image: where its sub-blocks begin, behind the descriptor, the color table and the code size. */
	data: number;
	/** Where the file goes on after it. */
	next: number;
}

/** The bytes that a color table takes, by the flags that announce it (GIF89a, sections 18 and 20). */
export function colorTableLength(flags: number): number {
	return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** Where the chain of sub-blocks that begins at `position` ends, or past the end of the file (GIF89a, section 15). */
export function endOfSubBlocks(bytes: Uint8Array, position: number): number {
	let at = position;
	for (let size = bytes[at]; size !== undefined && size !== 0; size = bytes[at]) at += 1 + size;
	return at + 1;
}

/**
 * The blocks of a GIF up to its trailer, in the file's order. Stray bytes between blocks are passed over, as decoders do. The
 * last block may reach beyond the end of the file.
 * @param bytes a file that begins with GIF87a or GIF89a
 */
export function* gifBlocks(bytes: Uint8Array): Generator<GifBlock, void, undefined> {
	let start = SCREEN_DESCRIPTOR_END + colorTableLength(bytes[10] ?? 0);
	while (start < bytes.length) {
		const block = bytes[start];
		if (block === GIF_BLOCK.TRAILER) {
			yield { block, label: 0, start, data: start, next: start + 1 };
			return;
		}
		if (block === GIF_BLOCK.IMAGE) {
			const flags = bytes[start + IMAGE_DESCRIPTOR_LENGTH - 1] ?? 0;
			const data = start + IMAGE_DESCRIPTOR_LENGTH + colorTableLength(flags) + 1;
			const next = endOfSubBlocks(bytes, data);
			yield { block, label: 0, start, data, next };
			start = next;
		} else if (block === GIF_BLOCK.EXTENSION) {
			const next = endOfSubBlocks(bytes, start + 2);
			yield { block, label: bytes[start + 1] ?? 0, start, data: start + 2, next };
			start = next;
		} else {
			start += 1;
		}
	}
}
