import type { BoolDecoder } from './boolDecoder';
import type { FrameHeader } from './header';
import { MODE } from './predict';
import { BLOCK_MODE_PROBABILITIES } from './tables';

/** The tree of block modes (RFC 6386, 11.2): from 0 down a mode, else the next node. */
const TREE = Int8Array.of(0, 1, -1, 2, -2, 3, 4, 6, -3, 5, -4, -5, -6, 7, -7, 8, -8, -9);

/** How one macroblock is coded. */
export interface MacroblockModes {
	/** 0 to 3. */
	segment: number;
	/** Whether it has no coefficients. */
	isSkipped: boolean;
	/** The one mode of its brightness, or -1 where each block has its own. */
	brightness: number;
	/** The modes of its 16 blocks, where each has its own. */
	blocks: Uint8Array;
	colour: number;
}

/** Reads the modes of macroblocks, row by row (RFC 6386, section 11 and 9.3). */
export class ModeReader {
	/** What was read last; the next call changes it. */
	readonly modes: MacroblockModes = {
		segment: 0,
		isSkipped: false,
		brightness: 0,
		blocks: new Uint8Array(16),
		colour: 0,
	};

	private readonly bits: BoolDecoder;
	/** The modes of the blocks above, and to the left. */
	private readonly above: Uint8Array;
	private readonly left = new Uint8Array(4);

	/** @param across macroblocks in a row */
	constructor(
		private readonly header: FrameHeader,
		across: number,
	) {
		this.bits = header.modes;
		this.above = new Uint8Array(4 * across);
	}

	/** To be called before the first macroblock of a row. */
	beginRow(): void {
		this.left.fill(0);
	}

	/** Reads the modes of the macroblock in a column. */
	read(column: number): MacroblockModes {
		const { bits, modes, above, left } = this;
		const { segmentTree, skip } = this.header;
		if (segmentTree !== undefined) {
			const [first = 255, low = 255, high = 255] = segmentTree;
			modes.segment = bits.bit(first) === 0 ? bits.bit(low) : 2 + bits.bit(high);
		}
		modes.isSkipped = skip !== undefined && bits.bit(skip) === 1;
		if (bits.bit(145) === 1) {
			modes.brightness = this.wholeMode();
			above.fill(modes.brightness, 4 * column, 4 * column + 4);
			left.fill(modes.brightness);
		} else {
			modes.brightness = -1;
			for (let i = 0; i < 16; i++) this.readBlockMode(column, i);
		}
		modes.colour = this.colourMode();
		return modes;
	}

	private wholeMode(): number {
		const { bits } = this;
		if (bits.bit(156) === 1) return bits.bit(128) === 1 ? MODE.TRUE_MOTION : MODE.HORIZONTAL;
		return bits.bit(163) === 1 ? MODE.VERTICAL : MODE.DC;
	}

	private colourMode(): number {
		const { bits } = this;
		if (bits.bit(142) === 0) return MODE.DC;
		if (bits.bit(114) === 0) return MODE.VERTICAL;
		return bits.bit(183) === 1 ? MODE.TRUE_MOTION : MODE.HORIZONTAL;
	}

	private readBlockMode(column: number, i: number): void {
		const { above, left, bits } = this;
		const place = 4 * column + (i & 3);
		const row = i >> 2;
		const probabilities = (byteAt(above, place) * 10 + byteAt(left, row)) * 9;
		let node = nodeAt(bits.bit(byteAt(BLOCK_MODE_PROBABILITIES, probabilities)));
		while (node > 0) node = nodeAt(2 * node + bits.bit(byteAt(BLOCK_MODE_PROBABILITIES, probabilities + node)));
		const mode = -node;
		this.modes.blocks[i] = mode;
		above[place] = mode;
		left[row] = mode;
	}
}

function nodeAt(place: number): number {
	return TREE[place] ?? 0;
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
