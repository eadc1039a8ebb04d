import { damaged } from '../../refusal';
import type { Cabac } from './cabac';
import type { CodedPicture } from './codedPicture';
import { CONTEXT } from './contexts';
import { markEdges } from './edges';
import { Predictor } from './predict';
import type { Quantisation } from './quantisation';
import { Reconstructor } from './reconstruct';
import type { Slice } from './sliceHeader';

/** The first part of a difference of quantisation at most, and the longest exponent after it (ITU-T H.265, 9.3.3.10). */
const DIFFERENCE_PREFIX = 5;
const DIFFERENCE_EXPONENT = 16;

const NO_MODES = new Uint8Array(4);

/** Reads the transform trees of coding blocks, and predicts and reconstructs their samples (ITU-T H.265, 7.3.8.8 to 7.3.8.12). */
export class TransformTree {
	private readonly predictor: Predictor;
	private readonly reconstructor: Reconstructor;
	private slice: Slice | undefined;
	private isInParts = false;
	private isLossless = false;
	private chromaModes = NO_MODES;

	constructor(
		private readonly picture: CodedPicture,
		private readonly cabac: Cabac,
		private readonly quantisation: Quantisation,
	) {
		this.predictor = new Predictor(picture);
		this.reconstructor = new Reconstructor(picture, cabac, quantisation);
	}

	/**
	 * Reads the tree of a coding block.
	 * @param x in luma samples
	 * @param log log2 of the block's side
	 * @param isInParts whether its luma has a mode for each quarter
	 * @param chromaModes of the quarters
	 */
	read(
		slice: Slice,
		x: number,
		y: number,
		log: number,
		isInParts: boolean,
		isLossless: boolean,
		chromaModes: Uint8Array,
	): void {
		this.slice = slice;
		this.isInParts = isInParts;
		this.isLossless = isLossless;
		this.chromaModes = chromaModes;
		this.readNode(x, y, x, y, log, 0, 0, 0, 3, 3);
	}

	/**
	 * @param baseX where the block is that this one is a quarter of
	 * @param quarter which one: 0 to 3
	 * @param part which of the coding block's quarters it is in
	 * @param cb whether the blocks of a colour have coefficients: 1, and 2 for the lower one in 4:2:2
	 */
	private readNode(
		x: number,
		y: number,
		baseX: number,
		baseY: number,
		log: number,
		depth: number,
		quarter: number,
		part: number,
		parentCb: number,
		parentCr: number,
	): void {
		const { chromaFormat } = this.picture.sps;
		const isSplit = this.isSplit(log, depth);
		let cb = 0;
		let cr = 0;
		if (chromaFormat === 3 || (chromaFormat !== 0 && log > 2)) {
			const isDouble = chromaFormat === 2 && (!isSplit || log === 3);
			if (parentCb !== 0) cb = this.readCoded(depth, isDouble);
			if (parentCr !== 0) cr = this.readCoded(depth, isDouble);
		} else if (chromaFormat !== 0 && depth > 0) {
			cb = parentCb;
			cr = parentCr;
		}
		if (!isSplit) {
			this.readLeaf(x, y, baseX, baseY, log, depth, quarter, part, cb, cr);
			return;
		}
		const half = 1 << (log - 1);
		for (let i = 0; i < 4; i++) {
			const left = x + (i & 1) * half;
			const top = y + (i >> 1) * half;
			this.readNode(left, top, x, y, log - 1, depth + 1, i, depth === 0 ? i : part, cb, cr);
		}
	}

	private isSplit(log: number, depth: number): boolean {
		const { smallestTransformLog, largestTransformLog, transformDepth } = this.picture.sps;
		const isParted = this.isInParts && depth === 0;
		if (log > largestTransformLog || isParted) return true;
		const most = transformDepth + (this.isInParts ? 1 : 0);
		if (log <= smallestTransformLog || depth >= most) return false;
		return this.cabac.bin(CONTEXT.SPLIT_TRANSFORM + 5 - log) === 1;
	}

	private readCoded(depth: number, isDouble: boolean): number {
		const { cabac } = this;
		const upper = cabac.bin(CONTEXT.CHROMA_CODED + depth);
		return isDouble ? upper | (cabac.bin(CONTEXT.CHROMA_CODED + depth) << 1) : upper;
	}

	private readLeaf(
		x: number,
		y: number,
		baseX: number,
		baseY: number,
		log: number,
		depth: number,
		quarter: number,
		part: number,
		cb: number,
		cr: number,
	): void {
		const { picture, slice, quantisation } = this;
		const isCoded = this.cabac.bin(CONTEXT.LUMA_CODED + (depth === 0 ? 1 : 0)) === 1;
		if (depth > 0 && slice !== undefined) markEdges(picture, slice, x, y, log);
		const isAny = isCoded || cb !== 0 || cr !== 0;
		if (isAny && picture.pps.quantisationDepth !== undefined && !quantisation.isRead) this.readDifference();
		const mode = picture.modes[(y >> 2) * picture.stride + (x >> 2)] ?? 0;
		this.predictor.predict(0, x, y, log, mode);
		if (isCoded) this.reconstructor.add(0, x, y, log, mode, this.isLossless);
		picture.fill(picture.done, x, y, log, picture.part);
		const { chromaFormat } = picture.sps;
		if (chromaFormat === 0) return;
		const chromaMode = this.chromaModes[part] ?? 0;
		if (chromaFormat === 3) this.readColours(x, y, log, chromaMode, cb, cr);
		else if (log > 2) this.readColours(x, y, log - 1, chromaMode, cb, cr);
		else if (quarter === 3) this.readColours(baseX, baseY, 2, chromaMode, cb, cr);
	}

	/** @param log log2 of the side in the colours' samples */
	private readColours(x: number, y: number, log: number, mode: number, cb: number, cr: number): void {
		for (let colour = 1; colour < 3; colour++) {
			const plane = this.picture.planes[colour];
			if (plane === undefined) return;
			const left = x >> plane.shiftX;
			const top = y >> plane.shiftY;
			const coded = colour === 1 ? cb : cr;
			this.readColour(colour, left, top, log, mode, (coded & 1) === 1);
			if (plane.shiftX > plane.shiftY) this.readColour(colour, left, top + (1 << log), log, mode, (coded & 2) === 2);
		}
	}

	private readColour(colour: number, x: number, y: number, log: number, mode: number, isCoded: boolean): void {
		this.predictor.predict(colour, x, y, log, mode);
		if (isCoded) this.reconstructor.add(colour, x, y, log, mode, this.isLossless);
	}

	/** ITU-T H.265, 7.3.8.14 and 9.3.3.10: cu_qp_delta_abs, cu_qp_delta_sign_flag. */
	private readDifference(): void {
		const { cabac, quantisation } = this;
		let size = 0;
		while (size < DIFFERENCE_PREFIX && cabac.bin(CONTEXT.QUANTISATION + (size === 0 ? 0 : 1)) === 1) size++;
		if (size === DIFFERENCE_PREFIX) {
			let exponent = 0;
			while (cabac.bypass() === 1) {
				size += 1 << exponent;
				if (++exponent > DIFFERENCE_EXPONENT) throw damaged('its picture data makes no sense');
			}
			size += cabac.bits(exponent);
		}
		const lumaRange = 26 + 3 * (this.picture.sps.lumaDepth - 8);
		if (size > lumaRange) throw damaged('its picture data makes no sense');
		quantisation.isRead = true;
		quantisation.set(size !== 0 && cabac.bypass() === 1 ? -size : size);
	}
}
