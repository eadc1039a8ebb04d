import { damaged } from '../../refusal';
import type { PictureParameters } from './pictureParameters';
import type { SampleOffsets } from './sampleOffset';
import type { SequenceParameters } from './sequenceParameters';
import type { Slice } from './sliceHeader';
import { treeBlockOrder, type TreeBlockOrder } from './tiles';

/** The samples of one colour that are held, in whole coding tree blocks. */
export interface Plane {
	samples: Uint16Array;
	stride: number;
	/** What a sample's place in the picture is less than that in `samples`: of the rows above those that are held. */
	origin: number;
	/** Size of the coded picture in this plane's samples. */
	width: number;
	height: number;
	/** log2 of the luma samples that one of these stands for, across and down. */
	shiftX: number;
	shiftY: number;
	depth: number;
}

/** Slices and tiles in a picture at most: their numbers have 16 bits. */
const MOST_PARTS = 65_535;

/**
 * Rows of coding tree blocks that are held where they are coded from the top: one that is decoded, one whose edges wait for
 * those below, one whose samples wait for that.
 */
const HELD_ROWS = 3;

/**
 * A picture while it is decoded: samples of some rows of coding tree blocks, and what is known of each unit of 4 x 4 luma
 * samples and of each coding tree block. It serves for one picture after the other with the same parameters.
 */
export class CodedPicture {
	readonly planes: readonly Plane[];
	/** Coding tree blocks across and down, and the order in which they are coded. */
	readonly columns: number;
	readonly rows: number;
	readonly order: TreeBlockOrder;
	/** Units in a row. */
	readonly stride: number;
	/** Whether the blocks are coded row by row, so that a few rows of them suffice. */
	readonly isByRows: boolean;
	/** Rows of coding tree blocks that are held, and the first of them. */
	readonly heldRows: number;
	private firstRow = 0;
	/** Rows of luma samples, from the top, that are as they are to be. */
	finished = 0;

	/** By unit: the number of the slice and tile that it belongs to, once it is reconstructed; 0 before. */
	readonly done: Uint16Array;
	/** By unit: the luma's prediction mode, the depth in the coding tree, the quantisation. */
	readonly modes: Uint8Array;
	readonly depths: Uint8Array;
	readonly quantisations: Int8Array;
	/** By unit: whether its left (upper) edge is smoothed. */
	readonly leftEdges: Uint8Array;
	readonly upperEdges: Uint8Array;
	/** By unit: whether loop filters leave it alone. */
	readonly exempt: Uint8Array;
	hasExempt = false;

	/** By coding tree block: its slice, and what is added to its samples at the end. */
	readonly slices: Array<Slice | undefined>;
	readonly offsets: Array<SampleOffsets | undefined>;

	/** The number of the slice and tile that is decoded now. */
	part = 0;

	constructor(
		readonly sps: SequenceParameters,
		readonly pps: PictureParameters,
	) {
		const { width, height, treeLog, chromaFormat, lumaDepth, chromaDepth } = sps;
		const size = 1 << treeLog;
		this.columns = Math.ceil(width / size);
		this.rows = Math.ceil(height / size);
		this.order = treeBlockOrder(this.columns, this.rows, pps.tiles);
		this.stride = (this.columns * size) >> 2;
		this.isByRows = this.order.places.every((place, turn) => place === turn);
		this.heldRows = this.isByRows ? Math.min(HELD_ROWS, this.rows) : this.rows;
		const units = this.stride * ((this.rows * size) >> 2);
		const shiftX = chromaFormat === 1 || chromaFormat === 2 ? 1 : 0;
		const shiftY = chromaFormat === 1 ? 1 : 0;
		const plane = (x: number, y: number, depth: number): Plane => {
			const stride = (this.columns * size) >> x;
			const samples = new Uint16Array(stride * ((this.heldRows * size) >> y));
			return { samples, stride, origin: 0, width: width >> x, height: height >> y, shiftX: x, shiftY: y, depth };
		};
		const colours = chromaFormat === 0 ? 0 : 2;
		this.planes = [
			plane(0, 0, lumaDepth),
			...Array.from({ length: colours }, () => plane(shiftX, shiftY, chromaDepth)),
		];
		this.done = new Uint16Array(units);
		this.modes = new Uint8Array(units);
		this.depths = new Uint8Array(units);
		this.quantisations = new Int8Array(units);
		this.leftEdges = new Uint8Array(units);
		this.upperEdges = new Uint8Array(units);
		this.exempt = new Uint8Array(units);
		this.slices = new Array<Slice | undefined>(this.columns * this.rows).fill(undefined);
		this.offsets = new Array<SampleOffsets | undefined>(this.columns * this.rows).fill(undefined);
	}

	/** Forgets the picture before. There is none at first: new memory is 0, and to say so again takes some milliseconds. */
	clear(): void {
		if (this.part === 0) return;
		this.done.fill(0);
		this.leftEdges.fill(0);
		this.upperEdges.fill(0);
		if (this.hasExempt) this.exempt.fill(0);
		this.hasExempt = false;
		this.slices.fill(undefined);
		this.offsets.fill(undefined);
		this.part = 0;
		this.finished = 0;
		this.moveTo(0);
	}

	/** Sees to it that a row of coding tree blocks is held; the rows before go where there is no room. */
	hold(row: number): void {
		const firstRow = row - this.heldRows + 1;
		if (firstRow <= this.firstRow) return;
		for (const { samples, stride, shiftY } of this.planes) {
			samples.copyWithin(0, (firstRow - this.firstRow) * this.samplesInRow(stride, shiftY));
		}
		this.moveTo(firstRow);
	}

	private moveTo(firstRow: number): void {
		this.firstRow = firstRow;
		for (const plane of this.planes) plane.origin = firstRow * this.samplesInRow(plane.stride, plane.shiftY);
	}

	private samplesInRow(stride: number, shiftY: number): number {
		return stride << (this.sps.treeLog - shiftY);
	}

	/** Begins the next slice or tile. @throws Damaged where there are far too many */
	beginPart(): void {
		if (this.part === MOST_PARTS) throw damaged('its picture is in far too many pieces');
		this.part++;
	}

	/** Whether loop filters may work across the border from a coding tree block to one that comes later in the file. */
	filtersAcross(before: number, later: number): boolean {
		const slice = this.slices[later];
		if (slice !== this.slices[before] && slice?.filtersAcross !== true) return false;
		return this.pps.filtersAcrossTiles || this.order.tiles[before] === this.order.tiles[later];
	}

	/** Sets what is known of the units of a square block. @param log log2 of its side in luma samples, at least 2 */
	fill(map: Uint8Array | Int8Array | Uint16Array, x: number, y: number, log: number, value: number): void {
		const count = 1 << (log - 2);
		const at = (y >> 2) * this.stride + (x >> 2);
		if (count === 1) {
			map[at] = value;
			return;
		}
		for (let row = 0, from = at; row < count; row++, from += this.stride) map.fill(value, from, from + count);
	}
}
