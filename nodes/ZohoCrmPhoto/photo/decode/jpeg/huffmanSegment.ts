import { damaged } from '../refusal';
import type { HuffmanTable } from './huffman';
import { tableOf } from './standardTables';

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
		found.push({ ac: head >> 4 === 1, slot: head & 15, table: tableOf({ counts, symbols }) });
		at += 17 + total;
	}
	return found;
}
