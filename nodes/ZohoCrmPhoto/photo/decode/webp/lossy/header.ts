import { damaged, unsupported } from '../../refusal';
import { BoolDecoder } from './boolDecoder';
import { AC_STEPS, DC_STEPS, TOKEN_PROBABILITIES, TOKEN_UPDATES } from './tables';

/** Quantiser steps of a segment: first coefficient and others, of brightness, of its second order, and of colour. */
export interface Steps {
	dc: number;
	ac: number;
	secondDc: number;
	secondAc: number;
	colourDc: number;
	colourAc: number;
}

/** What a key frame's header says (RFC 6386, section 9). */
export interface FrameHeader {
	width: number;
	height: number;
	/** The first partition, behind the header: the modes of macroblocks. */
	modes: BoolDecoder;
	/** The partitions of coefficients; rows of macroblocks take them in turn. */
	partitions: BoolDecoder[];
	/** Probabilities of the tree that tells a macroblock's segment; none where segments are not told. */
	segmentTree: number[] | undefined;
	/** By segment, 0 to 3. */
	steps: Steps[];
	/** By segment: the loop filter's level for macroblocks with one mode and for those with a mode for each block. */
	filterLevels: Array<{ whole: number; blocks: number }>;
	filter: { isSimple: boolean; sharpness: number };
	/** Probabilities of tokens, as `TOKEN_PROBABILITIES`. */
	tokens: Uint8Array;
	/** How probable it is that a macroblock has coefficients, in 256ths; none where it is not told. */
	skip: number | undefined;
}

const START_CODE = [0x9d, 0x01, 0x2a];

interface Segments {
	isAbsolute: boolean;
	quantisers: number[];
	levels: number[];
	tree: number[] | undefined;
}

/**
 * The size that a frame tag gives (RFC 6386, 9.1).
 * @param data of the VP8 chunk
 * @throws Damaged where it is no key frame
 */
export function readFrameTag(data: Uint8Array): { width: number; height: number; firstLength: number } {
	const [a = 0, b = 0, c = 0] = data;
	if (data.length < 10 || (a & 1) !== 0 || START_CODE.some((byte, i) => data[3 + i] !== byte)) {
		throw damaged('its picture data does not begin with a key frame');
	}
	if (((a >> 1) & 7) > 3) throw unsupported('The photo is a WebP of a version that nobody has described');
	const view = new DataView(data.buffer, data.byteOffset, data.length);
	const width = view.getUint16(6, true) & 0x3fff;
	const height = view.getUint16(8, true) & 0x3fff;
	if (width === 0 || height === 0) throw damaged(`its header gives the size as ${width} x ${height}`);
	return { width, height, firstLength: (a | (b << 8) | (c << 16)) >> 5 };
}

/**
 * Reads a key frame's header.
 * @param data of the VP8 chunk
 * @throws Damaged where it breaks RFC 6386 or a partition is missing
 */
export function readFrameHeader(data: Uint8Array): FrameHeader {
	const { width, height, firstLength } = readFrameTag(data);
	const firstEnd = 10 + firstLength;
	if (firstEnd > data.length) throw damaged('its picture data ends early');
	const bits = new BoolDecoder(data, 10, firstEnd);
	// The colour space and how to clamp, neither of which changes what a key frame's samples are.
	bits.number(2);
	const segments = bits.flag() ? readSegments(bits) : undefined;
	const isSimple = bits.flag();
	const level = bits.number(6);
	const sharpness = bits.number(3);
	const deltas = readFilterDeltas(bits);
	const partitions = readPartitions(data, firstEnd, 1 << bits.number(2));
	const steps = readSteps(bits, segments);
	// Whether the probabilities stay for the next frame, which a picture does not have.
	bits.number(1);
	const tokens = TOKEN_PROBABILITIES.map((probability, i) =>
		bits.bit(TOKEN_UPDATES[i] ?? 255) === 1 ? bits.number(8) : probability,
	);
	const skip = bits.flag() ? bits.number(8) : undefined;
	return {
		width,
		height,
		modes: bits,
		partitions,
		segmentTree: segments?.tree,
		steps,
		filterLevels: filterLevels(level, segments, deltas),
		filter: { isSimple, sharpness },
		tokens,
		skip,
	};
}

/** RFC 6386, 9.3. */
function readSegments(bits: BoolDecoder): Segments {
	const hasMap = bits.flag();
	const segments: Segments = { isAbsolute: true, quantisers: [0, 0, 0, 0], levels: [0, 0, 0, 0], tree: undefined };
	if (bits.flag()) {
		segments.isAbsolute = bits.flag();
		segments.quantisers = segments.quantisers.map(() => bits.optional(7));
		segments.levels = segments.levels.map(() => bits.optional(6));
	}
	if (hasMap) segments.tree = [255, 255, 255].map((none) => (bits.flag() ? bits.number(8) : none));
	return segments;
}

/** RFC 6386, 9.6: what to add for key frames, and for macroblocks with a mode for each block. */
function readFilterDeltas(bits: BoolDecoder): { frame: number; blocks: number } {
	const used = bits.flag();
	if (!used || !bits.flag()) return { frame: 0, blocks: 0 };
	const [frame = 0] = [0, 0, 0, 0].map(() => bits.optional(6));
	const [blocks = 0] = [0, 0, 0, 0].map(() => bits.optional(6));
	return { frame, blocks };
}

/** RFC 6386, 9.5. */
function readPartitions(data: Uint8Array, sizesAt: number, count: number): BoolDecoder[] {
	let at = sizesAt + 3 * (count - 1);
	if (at >= data.length) throw damaged('its picture data ends early');
	return Array.from({ length: count }, (_, i) => {
		const sizeAt = sizesAt + 3 * i;
		const [a = 0, b = 0, c = 0] = data.subarray(sizeAt, sizeAt + 3);
		const end = i === count - 1 ? data.length : at + (a | (b << 8) | (c << 16));
		if (end > data.length) throw damaged('its picture data ends early');
		const partition = new BoolDecoder(data, at, end);
		at = end;
		return partition;
	});
}

function clamped(value: number, most: number): number {
	return Math.min(Math.max(value, 0), most);
}

/** RFC 6386, 9.6 and 14.1. */
function readSteps(bits: BoolDecoder, segments: Segments | undefined): Steps[] {
	const base = bits.number(7);
	const [dc = 0, secondDc = 0, secondAc = 0, colourDc = 0, colourAc = 0] = [0, 0, 0, 0, 0].map(() => bits.optional(4));
	return [0, 1, 2, 3].map((segment) => {
		const own = segments?.quantisers[segment] ?? 0;
		const index = segments === undefined ? base : segments.isAbsolute ? own : base + own;
		const step = (table: Uint16Array, delta: number, most = 127) => table[clamped(index + delta, most)] ?? 0;
		return {
			dc: step(DC_STEPS, dc),
			ac: step(AC_STEPS, 0),
			secondDc: 2 * step(DC_STEPS, secondDc),
			secondAc: Math.max(8, Math.floor((step(AC_STEPS, secondAc) * 155) / 100)),
			colourDc: step(DC_STEPS, colourDc, 117),
			colourAc: step(AC_STEPS, colourAc),
		};
	});
}

/** RFC 6386, 9.6 and 15.2. Without a level for the frame nothing is filtered, whatever the segments say. */
function filterLevels(
	level: number,
	segments: Segments | undefined,
	deltas: { frame: number; blocks: number },
): FrameHeader['filterLevels'] {
	return [0, 1, 2, 3].map((segment) => {
		if (level === 0) return { whole: 0, blocks: 0 };
		const own = segments?.levels[segment] ?? 0;
		const base = segments === undefined ? level : segments.isAbsolute ? own : level + own;
		const whole = base + deltas.frame;
		return { whole: clamped(whole, 63), blocks: clamped(whole + deltas.blocks, 63) };
	});
}
