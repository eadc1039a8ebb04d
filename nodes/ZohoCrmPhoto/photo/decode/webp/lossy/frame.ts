import type { Work } from '../../../work';
import { damaged } from '../../refusal';
import type { BoolDecoder } from './boolDecoder';
import { readFrameHeader, type FrameHeader } from './header';
import { smoothInner, smoothOuter, smoothSimply, strengthOf } from './loopFilter';
import { ModeReader, type MacroblockModes } from './modes';
import { BLOCK_MODES, gatherEdge, predictSquare } from './predict';
import { probabilitiesByPlace, readBlock } from './residuals';
import { addDifferences, spreadSecondOrder } from './transform';

/** A decoded frame: brightness and colour differences in limited range, ITU-R BT.601; each of these covers 2 x 2 pixels. */
export interface LossyPlanes {
	y: Uint8ClampedArray;
	u: Uint8ClampedArray;
	v: Uint8ClampedArray;
	/** Samples in a row of brightness, and of the colours. */
	stride: number;
	colourStride: number;
}

/** Macroblocks decoded between two looks at whether to pause. */
const STEP = 16;

/** What a macroblock costs, in the unit of `Work`: its samples, and more for the filter. */
const WORK_PER_MACROBLOCK = 400;

/** Contexts of a macroblock: 4 columns of brightness, 2 of each colour, one of the second order. */
const CONTEXTS = 9;

/**
 * Decodes the key frame of a lossy WebP (RFC 6386).
 * @param data of the VP8 chunk
 * @throws Damaged for data that breaks RFC 6386 or ends early
 */
export function* decodeFrame(data: Uint8Array): Work<LossyPlanes> {
	const frame = new Frame(readFrameHeader(data));
	yield* frame.decode();
	yield* frame.smooth();
	return frame.planes;
}

class Frame {
	readonly planes: LossyPlanes;
	private readonly across: number;
	private readonly down: number;
	private readonly reader: ModeReader;
	private readonly probabilities: Uint8Array;
	/** Of each macroblock: the filter's level, and whether the edges within it are smoothed. */
	private readonly levels: Uint8Array;
	private readonly inner: Uint8Array;
	private readonly above: Uint8Array;
	private readonly left = new Uint8Array(CONTEXTS);
	/** 16 blocks of brightness, 4 of each colour; zeros between macroblocks. */
	private readonly coefficients = new Int16Array(24 * 16);
	private readonly second = new Int16Array(16);

	constructor(private readonly header: FrameHeader) {
		this.across = (header.width + 15) >> 4;
		this.down = (header.height + 15) >> 4;
		const count = this.across * this.down;
		this.planes = {
			y: new Uint8ClampedArray(256 * count),
			u: new Uint8ClampedArray(64 * count),
			v: new Uint8ClampedArray(64 * count),
			stride: 16 * this.across,
			colourStride: 8 * this.across,
		};
		this.reader = new ModeReader(header, this.across);
		this.probabilities = probabilitiesByPlace(header.tokens);
		this.levels = new Uint8Array(count);
		this.inner = new Uint8Array(count);
		this.above = new Uint8Array(CONTEXTS * this.across);
	}

	*decode(): Work<void> {
		const { across, down, header, reader } = this;
		const { partitions } = header;
		for (let row = 0; row < down; row++) {
			const bits = partitions[row & (partitions.length - 1)];
			if (bits === undefined) break;
			reader.beginRow();
			this.left.fill(0);
			for (let column = 0; column < across; column++) {
				const modes = reader.read(column);
				const hasCoefficients = this.readCoefficients(bits, modes, column);
				this.reconstruct(modes, hasCoefficients, column, row);
				const levels = header.filterLevels[modes.segment];
				const isWhole = modes.brightness >= 0;
				const place = row * across + column;
				this.levels[place] = (isWhole ? levels?.whole : levels?.blocks) ?? 0;
				this.inner[place] = !isWhole || hasCoefficients ? 1 : 0;
				if (column % STEP === STEP - 1) yield STEP * WORK_PER_MACROBLOCK;
			}
			if (bits.isPastEnd || header.modes.isPastEnd) throw damaged('its picture data ends early');
			yield STEP * WORK_PER_MACROBLOCK;
		}
	}

	/** Smooths the edges of macroblocks and of the blocks within, in the file's order (RFC 6386, section 15). */
	*smooth(): Work<void> {
		const { across, down, header } = this;
		const { isSimple, sharpness } = header.filter;
		const strengths = Array.from({ length: 64 }, (_, level) => strengthOf(level, sharpness));
		for (let row = 0; row < down; row++) {
			for (let column = 0; column < across; column++) {
				const place = row * across + column;
				const level = byteAt(this.levels, place);
				const strength = strengths[level];
				if (level === 0 || strength === undefined) continue;
				if (isSimple) this.smoothSimply(column, row, strength.outer, strength.inner, byteAt(this.inner, place) === 1);
				else {
					const { y, u, v, stride, colourStride } = this.planes;
					const inner = byteAt(this.inner, place) === 1;
					const at = row * 16 * stride + column * 16;
					const colourAt = row * 8 * colourStride + column * 8;
					for (const [step, along, isEdge] of [
						[1, stride, column > 0],
						[stride, 1, row > 0],
					] as const) {
						const colourStep = step === 1 ? 1 : colourStride;
						const colourAlong = step === 1 ? colourStride : 1;
						if (isEdge) {
							smoothOuter(y, at, step, along, 16, strength);
							smoothOuter(u, colourAt, colourStep, colourAlong, 8, strength);
							smoothOuter(v, colourAt, colourStep, colourAlong, 8, strength);
						}
						if (!inner) continue;
						for (let k = 4; k < 16; k += 4) smoothInner(y, at + k * step, step, along, 16, strength);
						smoothInner(u, colourAt + 4 * colourStep, colourStep, colourAlong, 8, strength);
						smoothInner(v, colourAt + 4 * colourStep, colourStep, colourAlong, 8, strength);
					}
				}
				if (column % STEP === STEP - 1) yield (STEP * WORK_PER_MACROBLOCK) >> 1;
			}
			yield (STEP * WORK_PER_MACROBLOCK) >> 1;
		}
	}

	private smoothSimply(column: number, row: number, outer: number, inner: number, hasInner: boolean): void {
		const { y, stride } = this.planes;
		const at = row * 16 * stride + column * 16;
		if (column > 0) smoothSimply(y, at, 1, stride, outer);
		if (hasInner) for (let k = 4; k < 16; k += 4) smoothSimply(y, at + k, 1, stride, inner);
		if (row > 0) smoothSimply(y, at, stride, 1, outer);
		if (hasInner) for (let k = 4; k < 16; k += 4) smoothSimply(y, at + k * stride, stride, 1, inner);
	}

	/** @returns whether there is any that is not 0 */
	private readCoefficients(bits: BoolDecoder, modes: MacroblockModes, column: number): boolean {
		const { above, left, coefficients, probabilities } = this;
		const at = CONTEXTS * column;
		const isWhole = modes.brightness >= 0;
		if (modes.isSkipped) {
			above.fill(0, at, at + 8);
			left.fill(0, 0, 8);
			if (isWhole) above[at + 8] = left[8] = 0;
			return false;
		}
		const steps = this.header.steps[modes.segment];
		if (steps === undefined) return false;
		let any = false;
		if (isWhole) {
			const context = byteAt(above, at + 8) + byteAt(left, 8);
			const end = readBlock(bits, probabilities, 1, context, 0, steps.secondDc, steps.secondAc, this.second, 0);
			above[at + 8] = left[8] = end > 0 ? 1 : 0;
			if (end > 0) {
				spreadSecondOrder(this.second, coefficients);
				any = true;
			}
		}
		const first = isWhole ? 1 : 0;
		const kind = isWhole ? 0 : 3;
		for (let i = 0; i < 16; i++) {
			const up = at + (i & 3);
			const side = i >> 2;
			const context = byteAt(above, up) + byteAt(left, side);
			const end = readBlock(bits, probabilities, kind, context, first, steps.dc, steps.ac, coefficients, 16 * i);
			above[up] = left[side] = end > first ? 1 : 0;
			if (end > first) any = true;
		}
		for (let i = 0; i < 8; i++) {
			const up = at + 4 + 2 * (i >> 2) + (i & 1);
			const side = 4 + 2 * (i >> 2) + ((i >> 1) & 1);
			const context = byteAt(above, up) + byteAt(left, side);
			const place = 256 + 16 * i;
			const end = readBlock(bits, probabilities, 2, context, 0, steps.colourDc, steps.colourAc, coefficients, place);
			above[up] = left[side] = end > 0 ? 1 : 0;
			if (end > 0) any = true;
		}
		return any;
	}

	private reconstruct(modes: MacroblockModes, hasCoefficients: boolean, column: number, row: number): void {
		const { coefficients } = this;
		const { y, u, v, stride, colourStride } = this.planes;
		const [left, top] = [16 * column, 16 * row];
		const isWhole = modes.brightness >= 0;
		if (isWhole) predictSquare(y, left, top, stride, 16, modes.brightness);
		for (let i = 0; i < 16; i++) {
			const x = left + 4 * (i & 3);
			const line = top + 4 * (i >> 2);
			const at = line * stride + x;
			if (!isWhole) {
				gatherEdge(y, x, line, stride, i & 3, i >> 2, column === this.across - 1);
				BLOCK_MODES[byteAt(modes.blocks, i)]?.(y, at, stride);
			}
			if (hasCoefficients) addDifferences(coefficients, 16 * i, y, at, stride);
		}
		predictSquare(u, 8 * column, 8 * row, colourStride, 8, modes.colour);
		predictSquare(v, 8 * column, 8 * row, colourStride, 8, modes.colour);
		if (!hasCoefficients) return;
		for (let i = 0; i < 4; i++) {
			const at = (8 * row + 4 * (i >> 1)) * colourStride + 8 * column + 4 * (i & 1);
			addDifferences(coefficients, 256 + 16 * i, u, at, colourStride);
			addDifferences(coefficients, 320 + 16 * i, v, at, colourStride);
		}
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
