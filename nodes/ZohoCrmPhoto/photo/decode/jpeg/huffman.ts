import { damaged } from '../refusal';
import type { HuffmanSpec } from '../../formats/jpegTables';

/** Codes up to this many bits are found with one look-up. */
export const LOOK = 10;

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

/** Tables in one segment at most. */
const MOST_IN_SEGMENT = 32;

/**
 * The tables of a DHT segment (ITU-T T.81, B.2.4.2), in the file's order.
 * @returns for each: `slot` 0 to 3, `ac` or DC
 * @throws Damaged when the segment is cut short or a table makes no code
 */
export function readHuffmanTables(body: Uint8Array): Array<{ ac: boolean; slot: number; table: HuffmanTable }> {
	const found: Array<{ ac: boolean; slot: number; table: HuffmanTable }> = [];
	for (let at = 0; at < body.length; ) {
		const [head = 0] = body.subarray(at);
		const counts = body.subarray(at + 1, at + 17);
		const total = counts.reduce((sum, count) => sum + count, 0);
		const symbols = body.subarray(at + 17, at + 17 + total);
		if (head >> 4 > 1 || (head & 15) > 3 || total > 256 || symbols.length < total || counts.length < 16) {
			throw damaged('one of its Huffman tables is cut short');
		}
		// There are eight slots; a segment that sets them again and again would take as long as it likes.
		if (found.length === MOST_IN_SEGMENT) throw damaged('one of its segments has far too many Huffman tables');
		found.push({ ac: head >> 4 === 1, slot: head & 15, table: new HuffmanTable({ counts, symbols }) });
		at += 17 + total;
	}
	return found;
}
