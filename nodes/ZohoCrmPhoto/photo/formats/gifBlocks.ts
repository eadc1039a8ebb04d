/** What a block begins with (GIF89a, appendix A). */
export const GIF_BLOCK = { IMAGE: 0x2c, EXTENSION: 0x21, TRAILER: 0x3b } as const;

/** The bytes of the header and the logical screen descriptor (GIF89a, sections 17 and 18). */
export const SCREEN_DESCRIPTOR_END = 13;

/** The bytes of an image descriptor, its separator included (GIF89a, section 20). */
export const IMAGE_DESCRIPTOR_LENGTH = 10;

/** The most bits of a place in a color table of 256 colors (GIF89a, appendix F). */
export const LARGEST_CODE_SIZE = 8;

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
 * Walks the blocks of a GIF up to its trailer, in the file's order. Stray bytes between blocks are passed over, as decoders
 * do. The last block may reach beyond the end of the file. One object for all blocks, as a file may have millions.
 */
export class GifBlocks {
	/** One of `GIF_BLOCK`. */
	block = 0;
	/** Of an extension: which one it is. */
	label = 0;
	/** Where in the file the block begins. */
	start = 0;
	/** Of an image: where its sub-blocks begin, behind the descriptor, the color table and the code size. */
	data = 0;
	/** Where the file goes on after the block. */
	next: number;

	/**
	 * @param bytes a file that begins with GIF87a or GIF89a
	 * @param withExtensions whether extensions are blocks too; else they are passed over
	 */
	constructor(
		private readonly bytes: Uint8Array,
		private readonly withExtensions = true,
	) {
		this.next = SCREEN_DESCRIPTOR_END + colorTableLength(bytes[10] ?? 0);
	}

	/** Goes to the next block. @returns false where there is none */
	advance(): boolean {
		const { bytes, withExtensions } = this;
		if (this.block === GIF_BLOCK.TRAILER) return false;
		for (let start = this.next; start < bytes.length; start++) {
			const block = bytes[start] ?? 0;
			if (block === GIF_BLOCK.TRAILER) this.at(block, 0, start, start, start + 1);
			else if (block === GIF_BLOCK.IMAGE) {
				const flags = bytes[start + IMAGE_DESCRIPTOR_LENGTH - 1] ?? 0;
				const data = start + IMAGE_DESCRIPTOR_LENGTH + colorTableLength(flags) + 1;
				this.at(block, 0, start, data, endOfSubBlocks(bytes, data));
			} else if (block === GIF_BLOCK.EXTENSION && !withExtensions) {
				start = endOfSubBlocks(bytes, start + 2) - 1;
				continue;
			} else if (block === GIF_BLOCK.EXTENSION) {
				this.at(block, bytes[start + 1] ?? 0, start, start + 2, endOfSubBlocks(bytes, start + 2));
			} else continue;
			return true;
		}
		return false;
	}

	private at(block: number, label: number, start: number, data: number, next: number): void {
		this.block = block;
		this.label = label;
		this.start = start;
		this.data = data;
		this.next = next;
	}
}
