import { damaged } from '../refusal';
import { END_OF_BLOCK, LOOK, passOf, VALUE_BITS, ZERO_RUN, type HuffmanTable } from './huffman';
import { MARKER } from '../../formats/jpegSegments';
import { ZIGZAG } from '../../formats/jpegTables';

const LOOK_MASK = (1 << LOOK) - 1;

/** The most bits that an entry of `passes` uses. */
const MOST_PASSED = LOOK + VALUE_BITS;

/** How far the number of a restart marker is beyond the right one, of 8, where data is missing or comes twice. */
const NEAR_RESTARTS = [1, 2, 6, 7];

/** Reads the entropy-coded data of a scan: bits, Huffman codes and blocks (ITU-T T.81, annex F.2). */
export class EntropyReader {
	/** The bits read ahead; the lowest `count` are not used yet. */
	private bits = 0;
	private count = 0;

	/** How many of the bits read ahead stand past the end of the data. */
	private past = 0;

	/** Whether the next marker or the end of the file was reached. */
	private isAtEnd = false;

	/** @param position where in the file the data begins */
	constructor(
		private readonly data: Uint8Array,
		private position: number,
	) {}

	/** Where the data ends, once the scan is read: at or before the next marker. */
	get end(): number {
		return this.position;
	}

	/** @throws Damaged when more bits were used than the data had */
	checkEnd(): void {
		if (this.past > this.count) throw damaged('its picture data ends early');
	}

	/**
	 * Steps over a restart marker (ITU-T T.81, F.2.1.3.1) and whatever stands before it. One whose number is far from the right one
	 * is taken for it; a near one says that data is missing or comes twice (libjpeg's jdmarker.c, jpeg_resync_to_restart).
	 * @param number which one should come, 0 to 7
	 * @throws Damaged when a near one comes, or none
	 */
	restart(number: number): void {
		this.checkEnd();
		let at = this.position;
		while (at < this.data.length && (this.data[at] !== 0xff || (this.data[at + 1] ?? 0) === 0)) at++;
		while (this.data[at + 1] === 0xff) at++;
		const found = (this.data[at + 1] ?? 0) - MARKER.RST0;
		const isNear = NEAR_RESTARTS.includes((found - number) & 7);
		if (found < 0 || found > 7 || isNear) throw damaged('part of its picture data is missing');
		this.position = at + 2;
		this.bits = this.count = this.past = 0;
		this.isAtEnd = false;
	}

	/** One bit. */
	bit(): number {
		if (this.count < 1) this.fill();
		this.count--;
		return (this.bits >>> this.count) & 1;
	}

	/** A number of 0 to 16 bits, without a sign. */
	number(size: number): number {
		if (this.count < size) this.fill();
		this.count -= size;
		return (this.bits >>> this.count) & ((1 << size) - 1);
	}

	/** A number of 0 to 16 bits with its sign (ITU-T T.81, figure F.12). */
	signed(size: number): number {
		const raw = this.number(size);
		return size > 0 && raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw;
	}

	/** The symbol of the next Huffman code. */
	symbol(table: HuffmanTable): number {
		if (this.count < 16) this.fill();
		const entry = entryAt(table.lookup, (this.bits >>> (this.count - LOOK)) & LOOK_MASK);
		if (entry === 0) return this.longSymbol(table);
		this.count -= entry >> 8;
		return entry & 255;
	}

	/** A DC difference. @throws Damaged when it has more bits than any decoder takes */
	difference(table: HuffmanTable): number {
		const size = this.symbol(table);
		if (size > VALUE_BITS) throw damaged('its picture data makes no sense');
		return this.signed(size);
	}

	/**
	 * The AC coefficients of a block of a sequential scan (ITU-T T.81, F.2.2.2).
	 * @param block 64 zeros; the coefficients are put in, row by row
	 * @returns the place in zigzag order of the last one that is not 0; 0 when all are
	 */
	alternating(table: HuffmanTable, block: Int16Array): number {
		const { short, lookup } = table;
		let bits = this.bits;
		let count = this.count;
		let last = 0;
		for (let k = 1; k < 64; k++) {
			if (count < 16) {
				this.count = count;
				this.fill();
				bits = this.bits;
				count = this.count;
			}
			const next = (bits >>> (count - LOOK)) & LOOK_MASK;
			const joined = valueAt(short, next);
			if (joined !== 0) {
				count -= joined & 15;
				k += (joined >> 4) & 15;
				if (k > 63) throw damaged('its picture data makes no sense');
				block[byteAt(ZIGZAG, k)] = joined >> 8;
				last = k;
				continue;
			}
			let entry = entryAt(lookup, next);
			if (entry !== 0) {
				count -= entry >> 8;
			} else {
				this.count = count;
				entry = this.longSymbol(table);
				count = this.count;
			}
			const size = entry & 15;
			const run = (entry >> 4) & 15;
			if (size === 0) {
				if (run < 15) break;
				k += 15;
				continue;
			}
			k += run;
			if (k > 63) throw damaged('its picture data makes no sense');
			this.count = count;
			block[byteAt(ZIGZAG, k)] = this.signed(size);
			bits = this.bits;
			count = this.count;
			last = k;
		}
		this.count = count;
		return last;
	}

	/** Passes over the AC coefficients of a block, in less time than {@link alternating}. @throws as that does */
	pass(table: HuffmanTable): void {
		const { passes } = table;
		const { data } = this;
		const { length } = data;
		let { bits, count, position } = this;
		for (let k = 1; k < 64; ) {
			while (count < MOST_PASSED) {
				const byte = byteAt(data, position);
				if (byte === 0xff || position >= length) {
					this.bits = bits;
					this.count = count;
					this.position = position;
					this.fill();
					({ bits, count, position } = this);
				} else {
					bits = (bits << 8) | byte;
					count += 8;
					position++;
				}
			}
			let entry = entryAt(passes, (bits >>> (count - LOOK)) & LOOK_MASK);
			if (entry === 0) {
				this.bits = bits;
				this.count = count;
				this.position = position;
				entry = this.longPass(table);
				({ bits, count, position } = this);
			} else count -= entry & 31;
			k += (entry >> 5) & 255;
			if (k > 64 && k < END_OF_BLOCK && entry < ZERO_RUN) throw damaged('its picture data makes no sense');
		}
		this.bits = bits;
		this.count = count;
		this.position = position;
	}

	private longPass(table: HuffmanTable): number {
		const symbol = this.symbol(table);
		this.number(symbol & 15);
		return passOf(symbol);
	}

	/** Reads ahead until at least 25 bits stand ready; zeros past the end, which `checkEnd` finds. */
	private fill(): void {
		const data = this.data;
		while (this.count <= 24) {
			let byte = data[this.position] ?? 0;
			if (byte === 0xff && data[this.position + 1] === 0) {
				this.position += 2;
			} else if (byte === 0xff || this.position >= data.length) {
				byte = this.afterFill();
			} else {
				this.position++;
			}
			this.bits = (this.bits << 8) | byte;
			this.count += 8;
		}
	}

	/** The byte behind fill bytes, which a zero makes a part of the data (as libjpeg has it), or a zero past the end of it. */
	private afterFill(): number {
		if (!this.isAtEnd) {
			let at = this.position;
			while (this.data[at] === 0xff) at++;
			if (at > this.position && this.data[at] === 0) {
				this.position = at + 1;
				return 0xff;
			}
			this.isAtEnd = true;
		}
		this.past += 8;
		return 0;
	}

	private longSymbol({ limit, offset, symbols }: HuffmanTable): number {
		const code = (this.bits >>> (this.count - 16)) & 0xffff;
		let length = LOOK + 1;
		while (code >= valueAt(limit, length)) length++;
		if (length > 16) throw damaged('its picture data makes no sense');
		this.count -= length;
		return byteAt(symbols, (code >> (16 - length)) + valueAt(offset, length));
	}
}

/** An entry of a look-up table, at a place within it. (Not shared with other files: V8 inlines it for one kind of array only.) */
function entryAt(table: Uint16Array, place: number): number {
	return table[place] ?? 0;
}

/** As {@link entryAt}, for tables of values. */
function valueAt(table: Int32Array, place: number): number {
	return table[place] ?? 0;
}

/** As {@link entryAt}, for tables of bytes. */
function byteAt(table: Uint8Array, place: number): number {
	return table[place] ?? 0;
}
