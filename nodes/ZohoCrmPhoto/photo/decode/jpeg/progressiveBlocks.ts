import { damaged } from '../refusal';
import type { EntropyReader } from './entropyReader';
import type { HuffmanTable } from './huffman';
import type { Scan } from './scan';
import { ZIGZAG } from '../../formats/jpegTables';

/** What a block of a progressive scan is read into. */
export interface BlockChannel {
	/** 64 for each block, row by row within the block. */
	coefficients: Int16Array;
	/** DC of the block before. */
	level: number;
}

/** Reads one block of a scan; its coefficients begin at `at`. */
export type BlockReader = (channel: BlockChannel, at: number) => void;

/** Reads the blocks of one progressive scan (ITU-T T.81, G.1.2 and G.2; the steps are those of libjpeg's jdphuff.c). */
export class ProgressiveBlocks {
	/** Blocks still to come that bring no new coefficient. */
	private emptyBlocks = 0;

	constructor(
		private readonly reader: EntropyReader,
		private readonly scan: Scan,
	) {}

	/** Forgets the run of empty blocks, as a restart marker does. */
	restart(): void {
		this.emptyBlocks = 0;
	}

	/**
	 * The reader for the scan's kind: first bits or one more bit, DC or AC.
	 * @throws Damaged when the table that it needs is missing
	 */
	blockReader(dc: HuffmanTable | undefined, ac: HuffmanTable | undefined): BlockReader {
		const { from, high, low } = this.scan;
		if (from === 0 && high !== 0) return (channel, at) => this.refineDc(channel, at, 1 << low);
		const table = from === 0 ? dc : ac;
		if (table === undefined) throw damaged('one of its Huffman tables is missing');
		if (from === 0) return (channel, at) => this.firstDc(table, channel, at);
		if (high === 0) return ({ coefficients }, at) => this.firstAc(table, coefficients, at);
		return ({ coefficients }, at) => this.refineAc(table, coefficients, at);
	}

	private firstDc(table: HuffmanTable, channel: BlockChannel, at: number): void {
		channel.level += this.reader.difference(table);
		channel.coefficients[at] = channel.level << this.scan.low;
	}

	private refineDc({ coefficients }: BlockChannel, at: number, bit: number): void {
		if (this.reader.bit() === 1) coefficients[at] = coefficientAt(coefficients, at) | bit;
	}

	private firstAc(table: HuffmanTable, coefficients: Int16Array, at: number): void {
		if (this.emptyBlocks > 0) {
			this.emptyBlocks--;
			return;
		}
		const { from, to, low } = this.scan;
		for (let k = from; k <= to; k++) {
			const symbol = this.reader.symbol(table);
			const run = symbol >> 4;
			const size = symbol & 15;
			if (size === 0 && run < 15) {
				this.emptyBlocks = this.runOfBlocks(run) - 1;
				return;
			}
			k += run;
			if (size === 0) continue;
			if (k > to) throw damaged('its picture data makes no sense');
			coefficients[at + rowByRow(k)] = this.reader.signed(size) << low;
		}
	}

	private refineAc(table: HuffmanTable, coefficients: Int16Array, at: number): void {
		const { from, to, low } = this.scan;
		const bit = 1 << low;
		let k = from;
		while (this.emptyBlocks === 0 && k <= to) {
			const symbol = this.reader.symbol(table);
			const run = symbol >> 4;
			const size = symbol & 15;
			if (size > 1) throw damaged('its picture data makes no sense');
			if (size === 0 && run < 15) {
				this.emptyBlocks = this.runOfBlocks(run);
				break;
			}
			const value = size === 0 ? 0 : this.reader.bit() === 1 ? bit : -bit;
			k = this.refineOver(coefficients, at, k, run);
			if (value !== 0) {
				if (k > to) throw damaged('its picture data makes no sense');
				coefficients[at + rowByRow(k)] = value;
			}
			k++;
		}
		if (this.emptyBlocks > 0) {
			this.refineOver(coefficients, at, k, 64);
			this.emptyBlocks--;
		}
	}

	/**
	 * Gives one more bit to the coefficients that are known, stepping over those that are not.
	 * @param zeros how many unknown ones to step over
	 * @returns the zigzag place of the unknown one after those, or the place after the scan's last
	 */
	private refineOver(coefficients: Int16Array, at: number, from: number, zeros: number): number {
		const { to, low } = this.scan;
		const bit = 1 << low;
		let k = from;
		for (let left = zeros; k <= to; k++) {
			const place = at + rowByRow(k);
			const value = coefficientAt(coefficients, place);
			if (value === 0) {
				if (left === 0) break;
				left--;
			} else if (this.reader.bit() === 1 && (value & bit) === 0) {
				coefficients[place] = value + (value > 0 ? bit : -bit);
			}
		}
		return k;
	}

	private runOfBlocks(size: number): number {
		return (1 << size) + this.reader.number(size);
	}
}

/** A coefficient at a place within the array. */
function coefficientAt(coefficients: Int16Array, place: number): number {
	return coefficients[place] ?? 0;
}

/** The place in a block, row by row, of a zigzag place from 0 to 63. */
function rowByRow(k: number): number {
	return ZIGZAG[k] ?? 0;
}
