import { PNG_SIGNATURE, pngChunk } from '../../formats/pngChunks';
import type { Work } from '../../work';

/** A picture to encode: planes of red, green and blue, or of grey, and one of alpha; each as large as the picture. */
export interface AlphaPicture {
	width: number;
	height: number;
	planes: readonly Uint8ClampedArray[];
	alpha: Uint8ClampedArray;
}

/** Bytes to gather before they go to the compressor. */
const PIECE = 1 << 17;

/** The filter type of every row: photos are smallest with Paeth (PNG specification, third edition, section 12.7). */
const PAETH = 4;

/**
 * Compresses bytes with the platform's zlib, on its own threads: pieces are handed over as they are made.
 */
class Deflater {
	private readonly parts: Uint8Array[] = [];
	private length = 0;
	private readonly writer: WritableStreamDefaultWriter<Uint8Array>;
	private readonly reading: Promise<void>;

	constructor() {
		const stream = new CompressionStream('deflate');
		this.writer = stream.writable.getWriter();
		this.reading = this.read(stream.readable.getReader());
		// Whoever asks for the result hears of a fault; until then nobody does.
		this.reading.catch(() => undefined);
	}

	write(piece: Uint8Array): void {
		this.writer.write(piece).catch(() => undefined);
	}

	/** @returns the compressed bytes */
	async end(): Promise<Uint8Array> {
		await this.writer.close();
		await this.reading;
		return Buffer.concat(this.parts, this.length);
	}

	private async read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			this.parts.push(value);
			this.length += value.length;
		}
	}
}

/**
 * Writes a PNG with alpha, 8 bits a sample (PNG specification, third edition).
 * @param picture one plane is grey, three are red, green and blue
 * @param chunks whole chunks to put between header and picture data
 * @returns the file, once it is compressed
 */
export function* encodePng(picture: AlphaPicture, chunks: readonly Uint8Array[]): Work<Promise<Buffer>> {
	const { width, height, planes, alpha } = picture;
	const all = [...planes, alpha];
	const step = all.length;
	const deflater = new Deflater();
	const stride = 1 + width * step;
	const rows = Math.max(1, Math.floor(PIECE / stride));
	let above = new Uint8Array(stride - 1);
	let row = new Uint8Array(stride - 1);
	for (let top = 0; top < height; top += rows) {
		const piece = new Uint8Array(stride * Math.min(rows, height - top));
		for (let at = 0, y = top; at < piece.length; at += stride, y++) {
			all.forEach((plane, i) => weave(plane, y * width, width, row, i, step));
			piece[at] = PAETH;
			filter(row, above, step, piece, at + 1);
			[row, above] = [above, row];
			yield width * step;
		}
		deflater.write(piece);
	}
	return finished(deflater, width, height, planes.length === 1 ? 4 : 6, chunks);
}

async function finished(
	deflater: Deflater,
	width: number,
	height: number,
	colourType: number,
	chunks: readonly Uint8Array[],
): Promise<Buffer> {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width);
	header.writeUInt32BE(height, 4);
	header.set([8, colourType], 8);
	const data = pngChunk('IDAT', await deflater.end());
	return Buffer.concat([PNG_SIGNATURE, pngChunk('IHDR', header), ...chunks, data, pngChunk('IEND')]);
}

function weave(
	plane: Uint8ClampedArray,
	from: number,
	width: number,
	row: Uint8Array,
	offset: number,
	step: number,
): void {
	for (let x = 0, at = offset; x < width; x++, at += step) row[at] = sampleAt(plane, from + x);
}

/** Filters a row as section 9.4 has it. */
function filter(row: Uint8Array, above: Uint8Array, step: number, piece: Uint8Array, at: number): void {
	for (let i = 0; i < row.length; i++) {
		const left = i < step ? 0 : byteAt(row, i - step);
		const corner = i < step ? 0 : byteAt(above, i - step);
		const up = byteAt(above, i);
		const fromLeft = Math.abs(up - corner);
		const fromUp = Math.abs(left - corner);
		const fromCorner = Math.abs(left + up - 2 * corner);
		const nearest = fromLeft <= fromUp && fromLeft <= fromCorner ? left : fromUp <= fromCorner ? up : corner;
		piece[at + i] = byteAt(row, i) - nearest;
	}
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}

/** As {@link sampleAt}, for bytes. */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
