import { damaged } from './refusal';

/** Codes up to this many bits are found with one look-up. */
const LOOK = 10;
const LONGEST = 15;

/** A prefix code made ready for decoding. */
export interface PrefixTables {
	/** By the next LOOK bits, the first one lowest: symbol x 16 + length; 0 where the code is longer or none. */
	lookup: Uint16Array;
	/** By length: how many codes have it. */
	counts: Uint16Array;
	/** In the order of their codes. */
	symbols: Uint16Array;
}

/** Turns the bits of a code round, as codes begin with their highest bit and data with its lowest. */
function turned(code: number, length: number): number {
	let result = 0;
	for (let i = 0; i < length; i++) result |= ((code >> i) & 1) << (length - 1 - i);
	return result;
}

/** Prefix codes of Deflate (RFC 1951, 3.2.2). */
export const PrefixCode = {
	/** What of the bits read ahead a look-up takes. */
	MASK: (1 << LOOK) - 1,

	/**
	 * @param lengths of the code of each symbol, in bits, 0 to 15; 0 for a symbol that does not occur
	 * @throws Damaged where there are more codes than fit
	 */
	of(lengths: Uint8Array): PrefixTables {
		const counts = new Uint16Array(LONGEST + 1);
		for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
		const codes = new Uint16Array(LONGEST + 2);
		const places = new Uint16Array(LONGEST + 2);
		let left = 1;
		for (let length = 1; length <= LONGEST; length++) {
			const count = counts[length] ?? 0;
			left = 2 * left - count;
			if (left < 0) throw damaged('one of its codes has more words than fit');
			codes[length + 1] = ((codes[length] ?? 0) + count) << 1;
			places[length + 1] = (places[length] ?? 0) + count;
		}
		const lookup = new Uint16Array(1 << LOOK);
		const symbols = new Uint16Array(lengths.length);
		for (const [symbol, length] of lengths.entries()) {
			if (length === 0) continue;
			const code = codes[length] ?? 0;
			codes[length] = code + 1;
			const place = places[length] ?? 0;
			symbols[place] = symbol;
			places[length] = place + 1;
			if (length > LOOK) continue;
			const entry = (symbol << 4) | length;
			for (let bits = turned(code, length); bits < 1 << LOOK; bits += 1 << length) lookup[bits] = entry;
		}
		return { lookup, counts, symbols };
	},

	/**
	 * Finds a code that a look-up does not, bit by bit.
	 * @param bits at least 15 of them, the first one lowest
	 * @returns symbol x 16 + length
	 * @throws Damaged where no code begins so
	 */
	long({ counts, symbols }: PrefixTables, bits: number): number {
		let code = 0;
		let first = 0;
		let place = 0;
		for (let length = 1; length <= LONGEST; length++) {
			code |= (bits >> (length - 1)) & 1;
			const count = counts[length] ?? 0;
			if (code - first < count) return ((symbols[place + code - first] ?? 0) << 4) | length;
			place += count;
			first = (first + count) << 1;
			code <<= 1;
		}
		throw damaged('its compressed data makes no sense');
	},
};
