import type { Work } from '../../work';
import { BitWriter } from './bitWriter';
import { ForwardDct } from './forwardDct';
import { MARKER, segment } from '../../formats/jpegSegments';
import {
	CHROMINANCE_AC,
	CHROMINANCE_DC,
	CHROMINANCE_STEPS,
	LUMINANCE_AC,
	LUMINANCE_DC,
	LUMINANCE_STEPS,
	ZIGZAG,
	type HuffmanSpec,
} from '../../formats/jpegTables';

/** Samples encoded between two looks at whether to pause. */
const STEP = 4096;

/** One component of a picture to encode. */
export interface Plane {
	/** The identifier that the file shall have for it: some readers tell the colours by it. */
	id: number;
	/** Samples relative to the other planes, 1 to 4 each way. */
	h: number;
	v: number;
	/** Whether it is a colour difference, which bears coarser steps than brightness. */
	difference: boolean;
	/** Size in samples: the picture's, times h / the largest h (v), rounded up. */
	width: number;
	height: number;
	samples: Uint8ClampedArray;
}

/** A picture to encode. */
export interface Planes {
	width: number;
	height: number;
	planes: Plane[];
}

/** The encoded file, or, when it would be larger than allowed, about how large. */
export type Encoded = { fits: true; bytes: Buffer } | { fits: false; estimate: number };

/** Codes and their lengths by symbol. */
interface Codes {
	code: Uint16Array;
	size: Uint8Array;
}

interface Tables {
	dc: Codes;
	ac: Codes;
	transform: ForwardDct;
}

/** What one plane needs while it is encoded. */
interface Channel {
	plane: Plane;
	tables: Tables;
	/** Blocks of it in a minimum coded unit. */
	across: number;
	down: number;
	/** DC of the block before. */
	level: number;
}

/**
 * Writes a baseline JPEG (ITU-T T.81, annexes B and F) with the Huffman tables of annex K.
 * @param picture at least one plane, at most four; no more than 10 blocks in a minimum coded unit (B.2.3)
 * @param quality 50 to 100, on libjpeg's scale
 * @param extras whole segments to put after the start marker
 * @param maxBytes stop when the file becomes larger
 */
export function* encode(picture: Planes, quality: number, extras: Uint8Array[], maxBytes: number): Work<Encoded> {
	const { width, height, planes } = picture;
	const hMax = Math.max(...planes.map(({ h }) => h));
	const vMax = Math.max(...planes.map(({ v }) => v));
	const steps = [scaled(LUMINANCE_STEPS, quality), scaled(CHROMINANCE_STEPS, quality)] as const;
	const [brightness, difference] = [
		{ dc: codes(LUMINANCE_DC), ac: codes(LUMINANCE_AC), transform: new ForwardDct(steps[0]) },
		{ dc: codes(CHROMINANCE_DC), ac: codes(CHROMINANCE_AC), transform: new ForwardDct(steps[1]) },
	];
	const head = Buffer.concat([Buffer.of(0xff, MARKER.SOI), ...extras, header(picture, steps)]);
	const single = planes.length === 1;
	const channels = planes.map((plane) => ({
		plane,
		tables: plane.difference ? difference : brightness,
		across: single ? 1 : plane.h,
		down: single ? 1 : plane.v,
		level: 0,
	}));
	const unitsAcross = Math.ceil(width / (8 * (single ? 1 : hMax)));
	const unitsDown = Math.ceil(height / (8 * (single ? 1 : vMax)));
	const workPerUnit = 64 * channels.reduce((sum, { across, down }) => sum + across * down, 0);
	const writer = new BitWriter();
	const blocks = new BlockWriter(writer);
	let work = 0;
	for (let y = 0; y < unitsDown; y++) {
		for (let x = 0; x < unitsAcross; x++) {
			for (const channel of channels) blocks.unit(channel, x, y);
			work += workPerUnit;
			if (work >= STEP) {
				yield work;
				work = 0;
			}
		}
		const size = head.length + writer.length + 2;
		if (size > maxBytes) {
			const estimate = head.length + (writer.length * unitsDown) / (y + 1);
			writer.release();
			return { fits: false, estimate };
		}
	}
	const bytes = Buffer.concat([head, ...writer.end(), Buffer.of(0xff, MARKER.EOI)]);
	writer.release();
	return bytes.length > maxBytes ? { fits: false, estimate: bytes.length } : { fits: true, bytes };
}

/** The steps for a quality from 50, as libjpeg's jcparam.c scales them. */
function scaled(steps: Uint8Array, quality: number): Uint8Array {
	const percent = 200 - 2 * quality;
	return steps.map((step) => Math.min(Math.max(Math.floor((step * percent + 50) / 100), 1), 255));
}

function codes({ counts, symbols }: HuffmanSpec): Codes {
	const made = { code: new Uint16Array(256), size: new Uint8Array(256) };
	let code = 0;
	let index = 0;
	counts.forEach((count, i) => {
		for (let n = 0; n < count; n++, code++) {
			const symbol = byteAt(symbols, index++);
			made.code[symbol] = code;
			made.size[symbol] = i + 1;
		}
		code <<= 1;
	});
	return made;
}

function header({ width, height, planes }: Planes, steps: readonly Uint8Array[]): Buffer {
	const two = planes.some(({ difference }) => difference);
	const inZigzag = (table: Uint8Array): Uint8Array => Uint8Array.from(ZIGZAG, (place) => byteAt(table, place));
	const slot = (plane: Plane): number => (plane.difference ? 1 : 0);
	const huffman = (id: number, { counts, symbols }: HuffmanSpec): Buffer =>
		segment(MARKER.DHT, Uint8Array.of(id), counts, symbols);
	return Buffer.concat([
		...steps.slice(0, two ? 2 : 1).map((table, i) => segment(MARKER.DQT, Uint8Array.of(i), inZigzag(table))),
		segment(
			MARKER.SOF0,
			Uint8Array.of(8, height >> 8, height & 0xff, width >> 8, width & 0xff, planes.length),
			...planes.map((plane) => Uint8Array.of(plane.id, (plane.h << 4) | plane.v, slot(plane))),
		),
		huffman(0x00, LUMINANCE_DC),
		huffman(0x10, LUMINANCE_AC),
		...(two ? [huffman(0x01, CHROMINANCE_DC), huffman(0x11, CHROMINANCE_AC)] : []),
		segment(
			MARKER.SOS,
			Uint8Array.of(planes.length),
			...planes.map((plane) => Uint8Array.of(plane.id, slot(plane) * 0x11)),
			Uint8Array.of(0, 63, 0),
		),
	]);
}

/** Transforms and writes blocks (ITU-T T.81, F.1.2). */
class BlockWriter {
	private readonly coefficients = new Int32Array(64);
	private readonly edge = new Uint8ClampedArray(64);

	constructor(private readonly writer: BitWriter) {}

	/** The blocks of one plane in the minimum coded unit at column x, row y of them. */
	unit(channel: Channel, x: number, y: number): void {
		const { across, down } = channel;
		for (let v = 0; v < down; v++) {
			for (let h = 0; h < across; h++) this.block(channel, 8 * (x * across + h), 8 * (y * down + v));
		}
	}

	private block(channel: Channel, left: number, top: number): void {
		const { samples, width, height } = channel.plane;
		const { transform } = channel.tables;
		if (left + 8 <= width && top + 8 <= height) {
			transform.block(samples, top * width + left, width, this.coefficients);
		} else {
			for (let i = 0; i < 64; i++) {
				const y = Math.min(top + (i >> 3), height - 1);
				this.edge[i] = sampleAt(samples, y * width + Math.min(left + (i & 7), width - 1));
			}
			transform.block(this.edge, 0, 8, this.coefficients);
		}
		this.write(channel);
	}

	private write(channel: Channel): void {
		const { writer, coefficients } = this;
		const { dc, ac } = channel.tables;
		const level = coefficientAt(coefficients, 0);
		this.value(dc, 0, level - channel.level);
		channel.level = level;
		let run = 0;
		for (let k = 1; k < 64; k++) {
			const value = coefficientAt(coefficients, byteAt(ZIGZAG, k));
			if (value === 0) {
				run++;
				continue;
			}
			for (; run > 15; run -= 16) writer.write(codeAt(ac.code, 0xf0), byteAt(ac.size, 0xf0));
			this.value(ac, run << 4, value < -1023 ? -1023 : value > 1023 ? 1023 : value);
			run = 0;
		}
		if (run > 0) writer.write(codeAt(ac.code, 0), byteAt(ac.size, 0));
	}

	private value({ code, size }: Codes, run: number, value: number): void {
		const bits = 32 - Math.clz32(value < 0 ? -value : value);
		const symbol = run | bits;
		this.writer.write(codeAt(code, symbol), byteAt(size, symbol));
		this.writer.write(value < 0 ? value + (1 << bits) - 1 : value, bits);
	}
}

/** A coefficient at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function coefficientAt(coefficients: Int32Array, place: number): number {
	return coefficients[place] ?? 0;
}

/** As {@link coefficientAt}, for samples. */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}

/** As {@link coefficientAt}, for codes. */
function codeAt(codes: Uint16Array, symbol: number): number {
	return codes[symbol] ?? 0;
}

/** As {@link coefficientAt}, for tables of bytes. */
function byteAt(table: Uint8Array, place: number): number {
	return table[place] ?? 0;
}
