import type { Cabac } from './cabac';
import type { CodedPicture } from './codedPicture';
import { CONTEXT } from './contexts';
import { markEdges } from './edges';
import { MODE, readChromaMode, readLumaMode } from './intraModes';
import { readPlainBlock } from './plainBlocks';
import type { Quantisation } from './quantisation';
import type { PlainBlocks } from './sequenceParameters';
import type { Slice } from './sliceHeader';
import { TransformTree } from './transformTree';

/** Reads and reconstructs coding tree blocks (ITU-T H.265, 7.3.8.4 and 7.3.8.5). */
export class CodingTree {
	private readonly transforms: TransformTree;
	/** Modes of the colours; blocks in four parts have four in 4:4:4. */
	private readonly chromaModes = new Uint8Array(4);

	constructor(
		private readonly picture: CodedPicture,
		private readonly cabac: Cabac,
		private readonly quantisation: Quantisation,
	) {
		this.transforms = new TransformTree(picture, cabac, quantisation);
	}

	/**
	 * Reads a block of the tree.
	 * @param slice that it belongs to
	 * @param x in luma samples
	 * @param log log2 of its side
	 * @param depth how often the tree was split
	 */
	read(slice: Slice, x: number, y: number, log: number, depth: number): void {
		const { sps, pps } = this.picture;
		const isSplit = this.isSplit(x, y, log, depth);
		if (log >= sps.treeLog - (pps.quantisationDepth ?? 0)) this.quantisation.beginGroup(x, y);
		if (!isSplit) {
			this.readBlock(slice, x, y, log, depth);
			return;
		}
		const right = x + (1 << (log - 1));
		const below = y + (1 << (log - 1));
		this.read(slice, x, y, log - 1, depth + 1);
		if (right < sps.width) this.read(slice, right, y, log - 1, depth + 1);
		if (below < sps.height) this.read(slice, x, below, log - 1, depth + 1);
		if (right < sps.width && below < sps.height) this.read(slice, right, below, log - 1, depth + 1);
	}

	private isSplit(x: number, y: number, log: number, depth: number): boolean {
		const { sps, done, depths, stride, part } = this.picture;
		if (log <= sps.smallestCodingLog) return false;
		const side = 1 << log;
		if (x + side > sps.width || y + side > sps.height) return true;
		const at = (y >> 2) * stride + (x >> 2);
		const isDeeper = (place: number) => done[place] === part && (depths[place] ?? 0) > depth;
		const deeper = (x > 0 && isDeeper(at - 1) ? 1 : 0) + (y > 0 && isDeeper(at - stride) ? 1 : 0);
		return this.cabac.bin(CONTEXT.SPLIT_CODING + deeper) === 1;
	}

	private readBlock(slice: Slice, x: number, y: number, log: number, depth: number): void {
		const { picture, cabac, quantisation, transforms } = this;
		const { sps, pps } = picture;
		const isLossless = pps.hasLosslessBlocks && cabac.bin(CONTEXT.LOSSLESS) === 1;
		const isInParts = log === sps.smallestCodingLog && cabac.bin(CONTEXT.PART_MODE) === 0;
		picture.fill(picture.depths, x, y, log, depth);
		markEdges(picture, slice, x, y, log);
		const plain = isInParts ? undefined : this.readPlain(log);
		if (isLossless || plain?.isUnfiltered === true) this.exempt(x, y, log);
		if (plain !== undefined) {
			readPlainBlock(picture, cabac, plain, x, y, log);
			picture.fill(picture.modes, x, y, log, MODE.MEAN);
			picture.fill(picture.done, x, y, log, picture.part);
		} else {
			this.readModes(x, y, log, isInParts);
			transforms.read(slice, x, y, log, isInParts, isLossless, this.chromaModes);
		}
		picture.fill(picture.quantisations, x, y, log, quantisation.ofLuma);
		quantisation.previous = quantisation.ofLuma;
	}

	/** Reads whether a block's samples are written as they are (7.3.8.5: pcm_flag). @returns how, or undefined where not */
	private readPlain(log: number): PlainBlocks | undefined {
		const { plainBlocks } = this.picture.sps;
		if (plainBlocks === undefined || log < plainBlocks.smallestLog || log > plainBlocks.largestLog) return undefined;
		return this.cabac.terminate() === 1 ? plainBlocks : undefined;
	}

	/** Keeps the loop filters from a block (8.7.2.5.7, 8.7.3). */
	private exempt(x: number, y: number, log: number): void {
		this.picture.hasExempt = true;
		this.picture.fill(this.picture.exempt, x, y, log, 1);
	}

	private readModes(x: number, y: number, log: number, isInParts: boolean): void {
		const { picture, cabac, chromaModes } = this;
		const { chromaFormat } = picture.sps;
		const count = isInParts ? 4 : 1;
		const partLog = isInParts ? log - 1 : log;
		let likely = 0;
		for (let i = 0; i < count; i++) likely |= cabac.bin(CONTEXT.PREDICTED_MODE) << i;
		for (let i = 0; i < count; i++) {
			const left = x + ((i & 1) << partLog);
			const top = y + ((i >> 1) << partLog);
			const mode = readLumaMode(cabac, picture, left, top, i, ((likely >> i) & 1) === 1);
			picture.fill(picture.modes, left, top, partLog, mode);
		}
		if (chromaFormat === 0) return;
		if (chromaFormat !== 3 || !isInParts) {
			chromaModes.fill(readChromaMode(cabac, this.modeAt(x, y), chromaFormat));
			return;
		}
		for (let i = 0; i < 4; i++) {
			const luma = this.modeAt(x + ((i & 1) << partLog), y + ((i >> 1) << partLog));
			chromaModes[i] = readChromaMode(cabac, luma, chromaFormat);
		}
	}

	private modeAt(x: number, y: number): number {
		return this.picture.modes[(y >> 2) * this.picture.stride + (x >> 2)] ?? 0;
	}
}
