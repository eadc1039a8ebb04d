import { damaged } from '../../refusal';
import type { PictureParameters } from './pictureParameters';
import type { SampleOffsets } from './sampleOffset';
import type { SequenceParameters } from './sequenceParameters';
import type { Slice } from './sliceHeader';
import { treeBlockOrder, type TreeBlockOrder } from './tiles';

/** The samples of one colour, in whole coding tree blocks. */
export interface Plane {
	samples: Uint16Array;
	stride: number;
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
 * A picture while it is decoded: its samples, and what is known of each unit of 4 x 4 luma samples and of each coding tree
 * block. It serves for one picture after the other with the same parameters.
 */
export class CodedPicture {
	readonly planes: readonly Plane[];
	/** Coding tree blocks across and down, and the order in which they are coded. */
	readonly columns: number;
	readonly rows: number;
	readonly order: TreeBlockOrder;
	/** Units in a row. */
	readonly stride: number;

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
	hasOffsets = false;

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
		const units = this.stride * ((this.rows * size) >> 2);
		const shiftX = chromaFormat === 1 || chromaFormat === 2 ? 1 : 0;
		const shiftY = chromaFormat === 1 ? 1 : 0;
		const plane = (x: number, y: number, depth: number): Plane => {
			const stride = (this.columns * size) >> x;
			const samples = new Uint16Array(stride * ((this.rows * size) >> y));
			return { samples, stride, width: width >> x, height: height >> y, shiftX: x, shiftY: y, depth };
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

	/** Forgets the picture before. */
	clear(): void {
		this.done.fill(0);
		this.leftEdges.fill(0);
		this.upperEdges.fill(0);
		if (this.hasExempt) this.exempt.fill(0);
		this.hasExempt = false;
		this.slices.fill(undefined);
		this.offsets.fill(undefined);
		this.hasOffsets = false;
		this.part = 0;
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
