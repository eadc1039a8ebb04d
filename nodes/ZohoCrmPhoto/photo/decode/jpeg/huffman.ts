import { damaged } from '../refusal';
import type { HuffmanSpec } from '../../formats/jpegTables';

/** Codes up to this many bits are found with one look-up. */
export const LOOK = 10;

/**
 * The most bits of a value. 8-bit samples need 10, and 11 for a DC difference (ITU-T T.81, F.1.2.1.2), but decoders take what
 * four bits can say, as libjpeg's jdhuff.c does.
 */
export const VALUE_BITS = 15;

/** More places than a block has. */
export const END_OF_BLOCK = 128;

/** Stands beside the places of a run of 16 zeros, which may go beyond the block: what is 0 there is 0 anyway. */
export const ZERO_RUN = 1 << 14;

/** The places that an AC symbol goes on, x 32 (ITU-T T.81, F.1.2.2.1). */
export function passOf(symbol: number): number {
	const run = symbol >> 4;
	if ((symbol & 15) > 0) return 32 * (run + 1);
	return run === 15 ? ZERO_RUN + 32 * 16 : 32 * END_OF_BLOCK;
}

/** A Huffman table made ready for decoding (ITU-T T.81, annex C; the look-ups are libjpeg's and stb_image's). */
export class HuffmanTable {
	/** By the next LOOK bits: code length x 256 + symbol; 0 when the code is longer. */
	readonly lookup = new Uint16Array(1 << LOOK);

	/** By the next LOOK bits: value x 256 + run x 16 + bits used, when an AC code and its value fit in; else 0. */
	readonly short = new Int32Array(1 << LOOK);

	/** By length: the first code, moved left to 16 bits, that is too large to have this length. */
	readonly limit = new Int32Array(18);

	/** By length: what to add to a code to have the index of its symbol. */
	readonly offset = new Int32Array(17);

	readonly symbols: Uint8Array;

	private passed: Uint16Array | undefined;

	/** @throws Damaged when the counts do not make a prefix code */
	constructor({ counts, symbols }: HuffmanSpec) {
		this.symbols = symbols;
		let code = 0;
		let index = 0;
		let length = 0;
		for (const count of counts) {
			length++;
			this.offset[length] = index - code;
			if (code + count > 1 << length) throw damaged('one of its Huffman tables does not make a code');
			if (length <= LOOK) {
				const span = 1 << (LOOK - length);
				for (const [i, symbol] of symbols.subarray(index, index + count).entries()) {
					this.lookup.fill((length << 8) | symbol, (code + i) * span, (code + i + 1) * span);
				}
			}
			code += count;
			index += count;
			this.limit[length] = code << (16 - length);
			code <<= 1;
		}
		this.limit[17] = 0x7fffffff;
		this.joinValues();
	}

	/**
	 * By the next LOOK bits, of an AC table: what `passOf` says, and the bits used, those of the value among them. 0 when the code is
	 * longer. Made when the first block is passed over.
	 */
	get passes(): Uint16Array {
		this.passed ??= Uint16Array.from(this.lookup, (entry) => {
			return entry === 0 ? 0 : passOf(entry & 255) + (entry >> 8) + (entry & 15);
		});
		return this.passed;
	}

	private joinValues(): void {
		for (const [bits, entry] of this.lookup.entries()) {
			const size = entry & 15;
			const used = (entry >> 8) + size;
			if (entry === 0 || size === 0 || used > LOOK) continue;
			const raw = (bits >> (LOOK - used)) & ((1 << size) - 1);
			const value = raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw;
			this.short[bits] = value * 256 + ((entry >> 4) & 15) * 16 + used;
		}
	}
}
