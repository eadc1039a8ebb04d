import { damaged } from './refusal';
import { PrefixCode, type PrefixTables } from './prefixCode';

/** How far back a copy may reach (RFC 1951, 3.3), and how many bytes one call gives at most, a copy of 258 bytes aside. */
const HISTORY = 32_768;
const STEP = 32_768;
const LONGEST_COPY = 258;

/** Headers and blocks that one call goes through at most: a hostile file may have millions that are empty. */
const MOST_BLOCKS = 64;

const END_OF_BLOCK = 256;

/** By length symbol from 257: the least length, and the extra bits behind the symbol (RFC 1951, 3.2.5). */
const LENGTHS = Uint16Array.of(
	...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31],
	...[35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258],
);
const LENGTH_BITS = Uint8Array.of(
	...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2],
	...[3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);

/** By distance symbol: the least distance, and the extra bits. */
const DISTANCES = Uint16Array.of(
	...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073],
	...[4097, 6145, 8193, 12_289, 16_385, 24_577],
);
const DISTANCE_BITS = Uint8Array.of(
	...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);

/** The order in which the lengths of the code for lengths stand in the file (RFC 1951, 3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

let fixed: { literals: PrefixTables; distances: PrefixTables } | undefined;

/** The fixed codes (RFC 1951, 3.2.6), made when the first file needs them. */
function fixedCodes(): { literals: PrefixTables; distances: PrefixTables } {
	if (fixed !== undefined) return fixed;
	const lengths = Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
	fixed = { literals: PrefixCode.of(lengths), distances: PrefixCode.of(new Uint8Array(32).fill(5)) };
	return fixed;
}

/**
 * Decompresses zlib data (RFC 1950 with RFC 1951) as it is asked for, some 32 KB at a time, so that neither a large picture nor
 * data without an end is ever held. The checksum at the end is not compared, as decoders of pictures do not.
 */
export class Inflater {
	/** The bytes given last, behind those that copies may reach back to. */
	private readonly window = new Uint8Array(HISTORY + STEP + LONGEST_COPY);
	private position = 0;

	/** The bits read ahead, the first ones lowest. */
	private bits = 0;
	private count = 0;
	private at = 2;

	private block: 'header' | 'stored' | 'coded' | 'end' = 'header';
	private isLast = false;
	/** Bytes of a stored block that are not copied yet. */
	private stored = 0;
	private literals: PrefixTables | undefined;
	private distances: PrefixTables | undefined;

	/**
	 * @param data with the zlib header
	 * @throws Damaged where it does not begin as zlib data does
	 */
	constructor(private readonly data: Uint8Array) {
		const [method = 0, flags = 0] = data;
		if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0 || (flags & 32) !== 0) {
			throw damaged('its compressed data does not begin as such');
		}
	}

	/** Whether all of it was given. */
	get ended(): boolean {
		return this.block === 'end';
	}

	/**
	 * The next bytes, which are only there until the next call. There may be none before the end, where blocks are empty.
	 * @throws Damaged for data that breaks RFC 1951 or ends early
	 */
	next(): Uint8Array {
		if (this.position > HISTORY) {
			this.window.copyWithin(0, this.position - HISTORY, this.position);
			this.position = HISTORY;
		}
		const from = this.position;
		let blocks = 0;
		while (this.position < from + STEP && this.block !== 'end' && blocks < MOST_BLOCKS) {
			blocks++;
			if (this.block === 'header') this.readHeader();
			else if (this.block === 'stored') this.copyStored(from + STEP);
			else if (this.literals !== undefined && this.distances !== undefined) {
				this.decode(from + STEP, this.literals, this.distances);
			}
			if (this.at > this.data.length + 4) throw damaged('its picture data ends early');
		}
		return this.window.subarray(from, this.position);
	}

	private readHeader(): void {
		if (this.isLast) {
			this.block = 'end';
			return;
		}
		this.isLast = this.number(1) === 1;
		const kind = this.number(2);
		if (kind === 0) {
			this.number(this.count & 7);
			const length = this.number(16);
			if ((this.number(16) ^ length) !== 0xffff) throw damaged('its compressed data makes no sense');
			this.stored = length;
			this.at -= this.count >> 3;
			this.bits = this.count = 0;
			this.block = 'stored';
		} else if (kind === 1) {
			const { literals, distances } = fixedCodes();
			this.literals = literals;
			this.distances = distances;
			this.block = 'coded';
		} else if (kind === 2) {
			this.readCodes();
			this.block = 'coded';
		} else {
			throw damaged('its compressed data makes no sense');
		}
	}

	private copyStored(most: number): void {
		const length = Math.min(this.stored, most - this.position);
		if (this.at + length > this.data.length) throw damaged('its picture data ends early');
		this.window.set(this.data.subarray(this.at, this.at + length), this.position);
		this.at += length;
		this.position += length;
		this.stored -= length;
		if (this.stored === 0) this.block = 'header';
	}

	/** The codes of a block with its own (RFC 1951, 3.2.7). */
	private readCodes(): void {
		const literals = this.number(5) + 257;
		const distances = this.number(5) + 1;
		const given = this.number(4) + 4;
		const lengthLengths = new Uint8Array(19);
		for (const place of ORDER.slice(0, given)) lengthLengths[place] = this.number(3);
		const code = PrefixCode.of(lengthLengths);
		const lengths = new Uint8Array(literals + distances);
		for (let i = 0; i < lengths.length; ) {
			const symbol = this.symbol(code);
			if (symbol < 16) {
				lengths[i++] = symbol;
				continue;
			}
			if (symbol === 16 && i === 0) throw damaged('its compressed data makes no sense');
			const repeated = symbol === 16 ? (lengths[i - 1] ?? 0) : 0;
			const times = symbol === 16 ? 3 + this.number(2) : symbol === 17 ? 3 + this.number(3) : 11 + this.number(7);
			if (i + times > lengths.length) throw damaged('its compressed data makes no sense');
			lengths.fill(repeated, i, i + times);
			i += times;
		}
		this.literals = PrefixCode.of(lengths.subarray(0, literals));
		this.distances = PrefixCode.of(lengths.subarray(literals));
	}

	/** Decodes symbols until the block ends or there are enough bytes. */
	private decode(most: number, literals: PrefixTables, distances: PrefixTables): void {
		const { window, data } = this;
		let { bits, count, at, position } = this;
		while (position < most) {
			while (count <= 24) {
				bits |= byteAt(data, at++) << count;
				count += 8;
			}
			let entry = entryAt(literals.lookup, bits & PrefixCode.MASK);
			if (entry === 0) entry = PrefixCode.long(literals, bits);
			bits >>>= entry & 15;
			count -= entry & 15;
			const symbol = entry >> 4;
			if (symbol < END_OF_BLOCK) {
				window[position++] = symbol;
				continue;
			}
			if (symbol === END_OF_BLOCK) {
				this.block = 'header';
				break;
			}
			if (symbol > 285 || at > data.length + 4) throw damaged('its compressed data makes no sense');
			const lengthBits = byteAt(LENGTH_BITS, symbol - 257);
			const length = entryAt(LENGTHS, symbol - 257) + (bits & ((1 << lengthBits) - 1));
			bits >>>= lengthBits;
			count -= lengthBits;
			while (count <= 24) {
				bits |= byteAt(data, at++) << count;
				count += 8;
			}
			entry = entryAt(distances.lookup, bits & PrefixCode.MASK);
			if (entry === 0) entry = PrefixCode.long(distances, bits);
			bits >>>= entry & 15;
			count -= entry & 15;
			if (entry >> 4 > 29) throw damaged('its compressed data makes no sense');
			const distanceBits = byteAt(DISTANCE_BITS, entry >> 4);
			while (count < distanceBits) {
				bits |= byteAt(data, at++) << count;
				count += 8;
			}
			const distance = entryAt(DISTANCES, entry >> 4) + (bits & ((1 << distanceBits) - 1));
			bits >>>= distanceBits;
			count -= distanceBits;
			if (distance > position) throw damaged('its compressed data makes no sense');
			for (const end = position + length; position < end; position++) {
				window[position] = byteAt(window, position - distance);
			}
		}
		this.bits = bits;
		this.count = count;
		this.at = at;
		this.position = position;
	}

	/** A number of 0 to 16 bits. */
	private number(size: number): number {
		this.fill(size);
		const value = this.bits & ((1 << size) - 1);
		this.bits >>>= size;
		this.count -= size;
		return value;
	}

	private symbol(code: PrefixTables): number {
		this.fill(15);
		const found = entryAt(code.lookup, this.bits & PrefixCode.MASK);
		const entry = found === 0 ? PrefixCode.long(code, this.bits) : found;
		this.bits >>>= entry & 15;
		this.count -= entry & 15;
		return entry >> 4;
	}

	private fill(size: number): void {
		while (this.count < size) {
			this.bits |= byteAt(this.data, this.at++) << this.count;
			this.count += 8;
		}
	}
}

/** A byte at a place within the array; 0 past its end. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}

/** As {@link byteAt}, for entries of tables. */
function entryAt(table: Uint16Array, place: number): number {
	return table[place] ?? 0;
}
