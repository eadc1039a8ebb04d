import { bmpIsUncompressed, endOfBmpRows, readBmpHeader, type BmpHeader } from '../../formats/bmp';
import type { Work } from '../../work';
import { wholePlanes, type OpenPicture, type RowSinks } from '../picture';
import { damaged, unsupported } from '../refusal';
import { handOver, linesFor, type Lines } from '../rowSource';
import { decodeRuns } from './runLengths';

const FILE_HEADER_LENGTH = 14;
const CORE_HEADER_LENGTH = 12;
const RLE8 = 1;
const RLE4 = 2;

/** Masks of red, green and blue in 16 and 32 bits where the file gives none (Windows GDI, BITMAPINFOHEADER). */
const MASKS_16 = [0x7c00, 0x03e0, 0x001f];
const MASKS_32 = [0xff0000, 0xff00, 0xff];

/** A colour within a pixel: how far to move it down, and its largest value. */
interface Field {
	shift: number;
	most: number;
}

/**
 * Opens a BMP of any version from OS/2 1.x to Windows V5: 1 to 32 bits a pixel, with and without run lengths and masks. The
 * fourth byte of a pixel is alpha only where a mask says so.
 * @param data the whole file
 * @throws Refused for 64 bits and for the compressions of printers; Damaged where rows or the palette are missing
 */
export function openBmp(data: Uint8Array): OpenPicture {
	const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
	if (bytes.toString('latin1', 0, 2) !== 'BM' || bytes.length < FILE_HEADER_LENGTH + CORE_HEADER_LENGTH) {
		throw damaged('it does not begin as a BMP does');
	}
	const length = bytes.readUInt32LE(FILE_HEADER_LENGTH);
	if (length > 1000 || bytes.length < FILE_HEADER_LENGTH + Math.max(length, CORE_HEADER_LENGTH)) {
		throw damaged('its header is cut short');
	}
	const header = readBmpHeader(bytes, length);
	const { width, height, bitsPerPixel, compression } = header;
	if (width <= 0 || height <= 0) throw damaged(`its header gives the size as ${width} x ${height}`);
	const isRuns = (compression === RLE8 && bitsPerPixel === 8) || (compression === RLE4 && bitsPerPixel === 4);
	if (!isRuns && (!bmpIsUncompressed(header) || ![1, 2, 4, 8, 16, 24, 32].includes(bitsPerPixel))) {
		throw unsupported(
			`The photo is a BMP of ${bitsPerPixel} bits with compression ${compression}, which is not decoded`,
		);
	}
	const isTopDown = length !== CORE_HEADER_LENGTH && bytes.readInt32LE(22) < 0;
	const fields = bitsPerPixel === 16 || bitsPerPixel === 32 ? fieldsOf(bytes, header) : [];
	const rows = (sinks: RowSinks) =>
		isRuns ? runRows(data, bytes, header, isTopDown, sinks) : plainRows(data, bytes, header, fields, isTopDown, sinks);
	const planes = wholePlanes(3, width, height);
	return { width, height, colours: 'rgb', planes, hasAlpha: fields.length === 4, metadata: {}, rows };
}

/** The masks of a file's colours, of which a fourth one is alpha. */
function fieldsOf(bytes: Buffer, { length, bitsPerPixel, compression }: BmpHeader): Field[] {
	const at = FILE_HEADER_LENGTH + 40;
	const given = compression === 0 ? 0 : length >= 56 || compression === 6 ? 4 : 3;
	if (at + 4 * given > bytes.length) throw damaged('its header is cut short');
	const masks =
		given === 0
			? bitsPerPixel === 16
				? MASKS_16
				: MASKS_32
			: Array.from({ length: given }, (_, i) => bytes.readUInt32LE(at + 4 * i));
	return (masks[3] === 0 ? masks.slice(0, 3) : masks).map((mask) => {
		if (mask === 0) return { shift: 0, most: 0 };
		const shift = 31 - Math.clz32(mask & -mask);
		return { shift, most: mask >>> shift };
	});
}

/**
 * The colours of the palette: blue, green, red, and a byte of nothing but in OS/2 1.x. Places behind those that the header counts
 * are black, as browsers have it: no colours stand there.
 */
function paletteOf(bytes: Buffer, { length, bitsPerPixel, compression, colours: given }: BmpHeader): Uint8Array[] {
	const step = length === CORE_HEADER_LENGTH ? 3 : 4;
	const masks = length === 40 && compression >= 3 ? 12 : 0;
	const from = FILE_HEADER_LENGTH + length + masks;
	const colours = Array.from({ length: 3 }, () => new Uint8Array(256));
	const most = 1 << Math.min(bitsPerPixel, 8);
	const count = given > 0 ? Math.min(given, most) : most;
	for (let i = 0; i < count; i++) {
		colours.forEach((colour, channel) => {
			colour[i] = bytes[from + step * i + 2 - channel] ?? 0;
		});
	}
	return colours;
}

function* plainRows(
	data: Uint8Array,
	bytes: Buffer,
	header: BmpHeader,
	fields: Field[],
	isTopDown: boolean,
	sinks: RowSinks,
): Work<void> {
	const { width, height, bitsPerPixel, pixelOffset } = header;
	const stride = Math.floor((width * bitsPerPixel + 31) / 32) * 4;
	if (endOfBmpRows(header) > data.length) throw damaged('the last of its rows is missing');
	const lines = linesFor(width, 3, fields.length === 4);
	const palette = bitsPerPixel <= 8 ? paletteOf(bytes, header) : [];
	for (let y = 0; y < height; y++) {
		const at = pixelOffset + stride * (isTopDown ? y : height - 1 - y);
		if (bitsPerPixel <= 8) fromPlaces(data, at, bitsPerPixel, palette, lines);
		else if (bitsPerPixel === 24) fromBytes(data, at, lines);
		else fromFields(data, at, bitsPerPixel >> 3, fields, lines);
		yield width;
		yield* handOver(lines, sinks);
	}
}

function* runRows(data: Uint8Array, bytes: Buffer, header: BmpHeader, isTopDown: boolean, sinks: RowSinks): Work<void> {
	const { width, height, compression, pixelOffset } = header;
	const places = yield* decodeRuns(data, pixelOffset, width, height, compression === RLE4);
	const lines = linesFor(width, 3, false);
	const palette = paletteOf(bytes, header);
	for (let y = 0; y < height; y++) {
		fromPlaces(places, width * (isTopDown ? y : height - 1 - y), 8, palette, lines);
		yield width >> 1;
		yield* handOver(lines, sinks);
	}
}

function fromPlaces(data: Uint8Array, at: number, bits: number, palette: Uint8Array[], { planes }: Lines): void {
	const mask = (1 << bits) - 1;
	planes.forEach((line, channel) => {
		const colour = palette[channel];
		if (colour === undefined) return;
		for (let x = 0; x < line.length; x++) {
			const bit = x * bits;
			line[x] = byteAt(colour, (byteAt(data, at + (bit >> 3)) >> (8 - bits - (bit & 7))) & mask);
		}
	});
}

function fromBytes(data: Uint8Array, at: number, { planes }: Lines): void {
	planes.forEach((line, channel) => {
		for (let x = 0, from = at + 2 - channel; x < line.length; x++, from += 3) line[x] = byteAt(data, from);
	});
}

function fromFields(data: Uint8Array, at: number, step: number, fields: Field[], { planes, alpha }: Lines): void {
	[...planes, ...(alpha === undefined ? [] : [alpha])].forEach((line, channel) => {
		const { shift, most } = fields[channel] ?? { shift: 0, most: 0 };
		for (let x = 0, from = at; x < line.length; x++, from += step) {
			let pixel = byteAt(data, from) | (byteAt(data, from + 1) << 8);
			if (step === 4) pixel |= (byteAt(data, from + 2) << 16) | (byteAt(data, from + 3) << 24);
			const value = (pixel >>> shift) & most;
			line[x] = most === 0 ? 0 : most === 255 ? value : ((value >>> 0) * 255) / most;
		}
	});
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
