import type { CodedPicture } from './codedPicture';
import type { Slice } from './sliceHeader';

/** Table 8-10, for 30 to 42. */
const CHROMA = [29, 30, 31, 32, 33, 33, 34, 34, 35, 35, 36, 36, 37];

/**
 * The quantisation of a colour by that of luma with the colour's offset (ITU-T H.265, 8.6.1, table 8-10).
 * @param chromaFormat as in `SequenceParameters`
 */
export function chromaQuantisation(index: number, chromaFormat: number): number {
	if (chromaFormat !== 1) return Math.min(index, 51);
	return index < 30 ? index : (CHROMA[index - 30] ?? index - 6);
}

/** Keeps the quantisation of the block that is decoded now (ITU-T H.265, 8.6.1). */
export class Quantisation {
	/** Of luma as it is kept for the picture; and of each colour as levels are scaled by it, luma first. */
	ofLuma = 0;
	readonly scaled = new Int32Array(3);
	/** Whether the group's difference was read. */
	isRead = false;

	/** Of the last block before this group. */
	previous = 0;
	private predicted = 0;
	private slice: Slice | undefined;

	constructor(private readonly picture: CodedPicture) {}

	/** Begins a slice, a tile or a row that is decoded apart: with what the slice says. */
	begin(slice: Slice): void {
		this.slice = slice;
		this.previous = slice.quantisation;
	}

	/** Begins a group of blocks that share a difference, at a place in luma samples. */
	beginGroup(x: number, y: number): void {
		const { done, quantisations, part, stride, sps } = this.picture;
		const within = (1 << sps.treeLog) - 1;
		const at = (y >> 2) * stride + (x >> 2);
		const left = (x & within) !== 0 && done[at - 1] === part ? quantisations[at - 1] : undefined;
		const above = (y & within) !== 0 && done[at - stride] === part ? quantisations[at - stride] : undefined;
		this.predicted = ((left ?? this.previous) + (above ?? this.previous) + 1) >> 1;
		this.isRead = false;
		this.set(0);
	}

	/** Takes the group's difference. */
	set(difference: number): void {
		const { lumaDepth, chromaDepth, chromaFormat } = this.picture.sps;
		const offset = 6 * (lumaDepth - 8);
		const chromaOffset = 6 * (chromaDepth - 8);
		this.ofLuma = ((this.predicted + difference + 52 + 2 * offset) % (52 + offset)) - offset;
		this.scaled[0] = this.ofLuma + offset;
		const chroma = (own: number) => {
			const index = Math.min(57, Math.max(-chromaOffset, this.ofLuma + own));
			return chromaQuantisation(index, chromaFormat) + chromaOffset;
		};
		this.scaled[1] = chroma(this.slice?.cbOffset ?? 0);
		this.scaled[2] = chroma(this.slice?.crOffset ?? 0);
	}
}
