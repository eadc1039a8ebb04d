import { damaged } from '../../refusal';
import type { Cabac } from './cabac';
import { CONTEXT } from './contexts';
import { scaledLevel } from './scaling';
import { SCAN, scanOrder } from './scans';
import { significanceContexts } from './significance';

/** What a block's coefficients are read with. */
export interface BlockCoding {
	/** 0 is luma. */
	colour: number;
	/** log2 of the block's side. */
	log: number;
	/** @see SCAN */
	scan: number;
	hidesSigns: boolean;
	/** Whether levels are the differences themselves. */
	isLossless: boolean;
	/** What levels are multiplied with, and by how many bits they are shifted then. */
	scale: number;
	shift: number;
	/** What each is multiplied with, too; undefined for 16. */
	factors: Uint8Array | undefined;
}

/** Flags for larger levels in a sub-block at most. */
const MOST_FLAGS = 8;
/** The longest prefix of a level that makes sense. */
const LONGEST_PREFIX = 20;
const HIGHEST_RICE = 4;

/** Reads the coefficients of blocks (ITU-T H.265, 7.3.8.11 and 9.3.4.2.4 to 9.3.4.2.7). */
export class ResidualReader {
	/** The coefficients row by row; whoever uses them clears them. */
	readonly coefficients = new Int32Array(32 * 32);
	/** The last column and row that have one. */
	lastX = 0;
	lastY = 0;

	/** Sub-blocks that have some. */
	private readonly coded = new Uint8Array(64);
	/** Of the sub-block that is read: where in the order its coefficients are, from the last, and how large. */
	private readonly places = new Uint8Array(16);
	private readonly sizes = new Int32Array(16);
	private count = 0;
	/** Whether the sub-block before had a level above 1. */
	private hadLarge = false;

	constructor(private readonly cabac: Cabac) {}

	/** Reads a block. @throws Damaged for a level that makes no sense */
	read(block: BlockCoding): void {
		const { log, scan, colour } = block;
		const { coded } = this;
		this.lastX = 0;
		this.lastY = 0;
		this.hadLarge = false;
		const across = 1 << (log - 2);
		coded.fill(0, 0, across * across);
		const last = this.readLast(log, colour, scan);
		const subBlocks = scanOrder(log - 2, scan);
		const order = scanOrder(2, scan);
		const lastSubBlock = ((last >> 2) & 7) | ((last >> 6) & 0x70);
		const lastInside = (last & 3) | ((last >> 4) & 0x30);
		let index = 0;
		while (index < subBlocks.length - 1 && byteAt(subBlocks, index) !== lastSubBlock) index++;
		let inside = 0;
		while (inside < 15 && byteAt(order, inside) !== lastInside) inside++;
		for (let i = index; i >= 0; i--) {
			const x = byteAt(subBlocks, i) & 15;
			const y = byteAt(subBlocks, i) >> 4;
			const right = x + 1 < across ? byteAt(coded, y * across + x + 1) : 0;
			const below = y + 1 < across ? byteAt(coded, (y + 1) * across + x) : 0;
			const isTold = i < index && i > 0;
			if (isTold && this.cabac.bin(CONTEXT.SUB_BLOCK_CODED + (right | below) + (colour > 0 ? 2 : 0)) === 0) continue;
			coded[y * across + x] = 1;
			const contexts = significanceContexts(log, colour > 0, i === 0, scan, right | (below << 1));
			this.readPlaces(contexts, order, i === index ? inside : 16, isTold);
			if (this.count > 0) this.readLevels(block, order, 4 * x, 4 * y, i === 0);
		}
	}

	/** Reads where the last coefficient is: column, and row shifted by 8 (7.3.8.11, 9.3.4.2.3). */
	private readLast(log: number, colour: number, scan: number): number {
		const { cabac } = this;
		const offset = colour > 0 ? 15 : 3 * (log - 2) + ((log - 1) >> 2);
		const shift = colour > 0 ? log - 2 : (log + 1) >> 2;
		const most = 2 * log - 1;
		let x = 0;
		while (x < most && cabac.bin(CONTEXT.LAST_X + offset + (x >> shift)) === 1) x++;
		let y = 0;
		while (y < most && cabac.bin(CONTEXT.LAST_Y + offset + (y >> shift)) === 1) y++;
		if (x > 3) x = ((2 + (x & 1)) << ((x >> 1) - 1)) + cabac.bits((x >> 1) - 1);
		if (y > 3) y = ((2 + (y & 1)) << ((y >> 1) - 1)) + cabac.bits((y >> 1) - 1);
		return scan === SCAN.COLUMNS ? y | (x << 8) : x | (y << 8);
	}

	/**
	 * Reads which places of a sub-block have a coefficient.
	 * @param from the place of the block's last one; 16 in the other sub-blocks
	 * @param isTold whether it is told that there is one
	 */
	private readPlaces(contexts: Uint8Array, order: Uint8Array, from: number, isTold: boolean): void {
		const { cabac, places } = this;
		let count = 0;
		if (from < 16) places[count++] = from;
		for (let place = from - 1; place > 0; place--) {
			const context = byteAt(contexts, byteAt(order, place));
			if (cabac.bin(context) === 1) places[count++] = place;
		}
		if (from > 0 && ((isTold && count === 0) || cabac.bin(byteAt(contexts, 0)) === 1)) places[count++] = 0;
		this.count = count;
	}

	private readLevels(block: BlockCoding, order: Uint8Array, x: number, y: number, isFirst: boolean): void {
		const { cabac, places, sizes, count, coefficients } = this;
		const { isLossless, factors, scale, shift, log } = block;
		const firstLarge = this.readFlags(block.colour, isFirst);
		const isHidden = block.hidesSigns && !isLossless && byteAt(places, 0) - byteAt(places, count - 1) > 3;
		const signs = isHidden ? cabac.bits(count - 1) << 1 : cabac.bits(count);
		const flat = 16 * scale;
		let rice = 0;
		let sum = 0;
		for (let i = 0; i < count; i++) {
			let size = numberAt(sizes, i);
			if (size === (i >= MOST_FLAGS ? 1 : i === firstLarge ? 3 : 2)) {
				size += this.readRest(rice);
				if (size > 3 << rice && rice < HIGHEST_RICE) rice++;
			}
			sum += size;
			const isNegative = ((signs >> (count - 1 - i)) & 1) === 1 || (isHidden && i === count - 1 && (sum & 1) === 1);
			const place = byteAt(order, byteAt(places, i));
			const column = x + (place & 15);
			const row = y + (place >> 4);
			const level = isNegative ? -size : size;
			const at = (row << log) + column;
			const all = factors === undefined ? flat : scale * byteAt(factors, at);
			coefficients[at] = isLossless ? level : scaledLevel(level, all, shift);
			if (column > this.lastX) this.lastX = column;
			if (row > this.lastY) this.lastY = row;
		}
	}

	/** Reads which levels are above 1 and 2. @returns the first that is above 1, or -1 */
	private readFlags(colour: number, isFirst: boolean): number {
		const { cabac, sizes, count } = this;
		const set = (isFirst || colour > 0 ? 0 : 2) + (this.hadLarge ? 1 : 0);
		const base = CONTEXT.ABOVE_ONE + (colour > 0 ? 16 : 0) + 4 * set;
		let step = 1;
		let first = -1;
		const flags = Math.min(count, MOST_FLAGS);
		for (let i = 0; i < flags; i++) {
			const isLarge = cabac.bin(base + step);
			sizes[i] = 1 + isLarge;
			if (isLarge === 1) {
				step = 0;
				if (first < 0) first = i;
			} else if (step > 0 && step < 3) step++;
		}
		for (let i = flags; i < count; i++) sizes[i] = 1;
		this.hadLarge = step === 0;
		if (first >= 0) sizes[first] = 2 + cabac.bin(CONTEXT.ABOVE_TWO + set + (colour > 0 ? 4 : 0));
		return first;
	}

	/** Reads what a level is above what its flags say (9.3.3.11). */
	private readRest(rice: number): number {
		const { cabac } = this;
		let prefix = 0;
		while (cabac.bypass() === 1) if (++prefix > LONGEST_PREFIX) throw damaged('its picture data makes no sense');
		if (prefix <= 3) return (prefix << rice) + cabac.bits(rice);
		return (((1 << (prefix - 3)) + 2) << rice) + cabac.bits(prefix - 3 + rice);
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}

/** As {@link byteAt}, for numbers. */
function numberAt(numbers: Int32Array, place: number): number {
	return numbers[place] ?? 0;
}
