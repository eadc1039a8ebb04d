import { damaged, tooLarge } from '../../refusal';
import type { BitReader } from './bitReader';

/** Codes up to this many bits are found with one look-up. */
const LOOK = 8;
const LONGEST = 15;

/** Entries of all look-up tables together at most, 4 bytes each: far more than any encoder writes codes for. */
const MOST_ENTRIES = 16_000_000;

/** The order in which the lengths of the code for lengths stand in the file (RFC 9649, 3.7.2.1.2). */
const ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/**
 * The prefix codes of an image, in one table (RFC 9649, 3.7.2). A code is a number: where its entries begin, times 16, and how
 * many bits its first look-up takes. An entry is length x 65536 + symbol, or, for longer codes, bits in all x 65536 + where
 * the second table begins behind the first.
 */
export class PrefixCodes {
	private table = new Int32Array(1 << 12);
	private used = 0;
	private readonly lengths = new Uint8Array(280 + (1 << 11));

	constructor(private readonly reader: BitReader) {}

	/** The symbol that comes next in the data. @param code as `read` gives it */
	symbol(code: number): number {
		const { reader, table } = this;
		if (reader.count < LONGEST) reader.fill();
		const at = code >> 4;
		const look = code & 15;
		let entry = entryAt(table, at + (reader.bits & ((1 << look) - 1)));
		let length = entry >> 16;
		if (length > LOOK) {
			reader.bits >>>= LOOK;
			reader.count -= LOOK;
			length -= LOOK;
			entry = entryAt(table, at + (entry & 0xffff) + (reader.bits & ((1 << length) - 1)));
			length = entry >> 16;
		}
		reader.bits >>>= length;
		reader.count -= length;
		return entry & 0xffff;
	}

	/**
	 * Reads a code (RFC 9649, 3.7.2.1).
	 * @param size of its alphabet
	 * @throws Damaged where the lengths make no code
	 */
	read(size: number): number {
		const { reader } = this;
		const lengths = this.lengths.subarray(0, size);
		lengths.fill(0);
		if (reader.flag()) {
			const hasTwo = reader.flag();
			const first = reader.number(reader.flag() ? 8 : 1);
			const second = hasTwo ? reader.number(8) : first;
			if (first >= size || second >= size) throw damaged('its compressed data makes no sense');
			lengths[first] = 1;
			lengths[second] = 1;
			return this.build(lengths);
		}
		const lengthLengths = new Uint8Array(19);
		for (const place of ORDER.slice(0, 4 + reader.number(4))) lengthLengths[place] = reader.number(3);
		const { used } = this;
		this.readLengths(this.build(lengthLengths), lengths);
		this.used = used;
		return this.build(lengths);
	}

	private readLengths(code: number, lengths: Uint8Array): void {
		const { reader } = this;
		let left = reader.flag() ? 2 + reader.number(2 + 2 * reader.number(3)) : lengths.length;
		let previous = 8;
		for (let i = 0; i < lengths.length && left > 0; left--) {
			const symbol = this.symbol(code);
			if (symbol < 16) {
				lengths[i++] = symbol;
				if (symbol !== 0) previous = symbol;
				continue;
			}
			const times = symbol === 16 ? 3 + reader.number(2) : symbol === 17 ? 3 + reader.number(3) : 11 + reader.number(7);
			if (i + times > lengths.length) throw damaged('its compressed data makes no sense');
			lengths.fill(symbol === 16 ? previous : 0, i, i + times);
			i += times;
		}
	}

	private build(lengths: Uint8Array): number {
		const counts = new Int32Array(LONGEST + 1);
		let [total, only, longest] = [0, 0, 0];
		for (const [symbol, length] of lengths.entries()) {
			if (length === 0) continue;
			counts[length] = entryAt(counts, length) + 1;
			total++;
			only = symbol;
			longest = Math.max(longest, length);
		}
		// A symbol without a rival takes no bits (RFC 9649, 3.7.2.1); a code without symbols is one that is not used.
		if (total <= 1) {
			const at = this.room(1);
			this.table[at] = only;
			return at << 4;
		}
		let left = 1;
		for (let length = 1; length <= LONGEST; length++) left = 2 * left - entryAt(counts, length);
		if (left !== 0) throw damaged('one of its codes is not whole');
		return this.fillTables(sorted(lengths, counts, total), counts, Math.min(longest, LOOK));
	}

	private fillTables(symbols: Uint16Array, counts: Int32Array, look: number): number {
		const size = 1 << look;
		const root = this.room(size);
		let [key, next] = [0, 0];
		for (let length = 1; length <= look; length++) {
			for (let n = entryAt(counts, length); n > 0; n--) {
				const entry = (length << 16) | (symbols[next++] ?? 0);
				for (let i = key; i < size; i += 1 << length) this.table[root + i] = entry;
				key = following(key, length);
			}
		}
		let [open, second, room] = [-1, 0, 0];
		for (let length = look + 1; length <= LONGEST; length++) {
			for (; entryAt(counts, length) > 0; counts[length] = entryAt(counts, length) - 1) {
				if ((key & (size - 1)) !== open) {
					const bits = secondBits(counts, length);
					room = 1 << (bits - LOOK);
					second = this.room(room);
					open = key & (size - 1);
					if (second - root > 0xffff) throw damaged('one of its codes is too large');
					this.table[root + open] = (bits << 16) | (second - root);
				}
				const entry = ((length - LOOK) << 16) | (symbols[next++] ?? 0);
				for (let i = key >> LOOK; i < room; i += 1 << (length - LOOK)) this.table[second + i] = entry;
				key = following(key, length);
			}
		}
		return (root << 4) | look;
	}

	/** Makes room for entries. @returns where they begin */
	private room(count: number): number {
		const at = this.used;
		this.used += count;
		if (this.used > MOST_ENTRIES) throw tooLarge('The photo is a WebP with far more codes than it needs');
		if (this.used > this.table.length) {
			const larger = new Int32Array(2 * this.used);
			larger.set(this.table);
			this.table = larger;
		}
		return at;
	}
}

/** The symbols in the order of their codes. */
function sorted(lengths: Uint8Array, counts: Int32Array, total: number): Uint16Array {
	const places = new Int32Array(LONGEST + 2);
	for (let length = 1; length <= LONGEST; length++) {
		places[length + 1] = entryAt(places, length) + entryAt(counts, length);
	}
	const symbols = new Uint16Array(total);
	for (const [symbol, length] of lengths.entries()) {
		if (length === 0) continue;
		const place = entryAt(places, length);
		symbols[place] = symbol;
		places[length] = place + 1;
	}
	return symbols;
}

/** The bits that a second table is to hold, for codes from a length on. */
function secondBits(counts: Int32Array, from: number): number {
	let left = 1 << (from - LOOK);
	let bits = from;
	for (; bits < LONGEST; bits++) {
		left -= entryAt(counts, bits);
		if (left <= 0) break;
		left <<= 1;
	}
	return bits;
}

/** The code after another one of a length, both turned round. */
function following(key: number, length: number): number {
	let step = 1 << (length - 1);
	while ((key & step) !== 0) step >>= 1;
	return step === 0 ? key : (key & (step - 1)) + step;
}

/** An entry at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function entryAt(entries: Int32Array, place: number): number {
	return entries[place] ?? 0;
}
