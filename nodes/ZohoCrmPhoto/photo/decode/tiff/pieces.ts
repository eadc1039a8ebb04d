import type { Work } from '../../work';
import { Pieces, StoredBytes, type ByteStream } from '../byteStream';
import { Inflater } from '../inflate';
import type { PictureOpener } from '../picture';
import { damaged } from '../refusal';
import { JpegPiece } from './jpegPiece';
import { COMPRESSION, PHOTOMETRIC, rowLength, type Layout } from './layout';
import { TiffLzw } from './lzw';
import { PackBits } from './packBits';

/** Reads the rows of one strip or tile, one after another. */
export interface PieceReader {
	/**
	 * Fills an array with the samples of the next row, as they stand in the file, differences taken back.
	 * @throws Damaged for data that makes no sense or ends early
	 */
	fill(row: Uint8Array): Work<void>;
}

/** A byte with its bits turned round. */
const TURNED = Uint8Array.from({ length: 256 }, (_, byte) => {
	let turned = 0;
	for (let bit = 0; bit < 8; bit++) turned |= ((byte >> bit) & 1) << (7 - bit);
	return turned;
});

/**
 * The bytes of a strip or tile. Of one that is not compressed, its size in pixels tells how many they are where the file does not, or
 * where the whole picture is one piece (libtiff's tif_dirread.c: encoders write that number wrong).
 */
function storedBytes(data: Uint8Array, layout: Layout, place: number): Uint8Array {
	const { offsets, counts, compression } = layout;
	const [offset, count] = [offsets[place], counts[place]];
	if (offset === undefined) throw damaged('a part of its picture data is missing');
	if (compression === COMPRESSION.NONE && (count === undefined || offsets.length === 1)) {
		return data.subarray(offset, offset + rowLength(layout) * layout.pieceHeight);
	}
	if (count === undefined) throw damaged('a part of its picture data is missing');
	if (offset + count > data.length) throw damaged('it is cut off');
	return data.subarray(offset, offset + count);
}

/**
 * The reader of a strip or tile.
 * @param data the whole file
 * @param place which one, in the order of the file
 * @param openJpeg for one that is a JPEG
 * @throws Damaged where it reaches beyond the file
 */
export function pieceReader(data: Uint8Array, layout: Layout, place: number, openJpeg: PictureOpener): PieceReader {
	const stored = storedBytes(data, layout, place);
	if (layout.compression === COMPRESSION.JPEG) {
		return new JpegPiece(stored, layout.jpegTables, layout.photometric === PHOTOMETRIC.YCC, openJpeg);
	}
	const pieces = new Pieces(streamOf(layout.isTurned ? stored.map((byte) => TURNED[byte] ?? 0) : stored, layout));
	if (!layout.isPredicted) return pieces;
	return new Differences(pieces, layout.bits === 16, layout.isPlanar ? 1 : layout.samples, layout.isLittle);
}

function streamOf(stored: Uint8Array, { compression }: Layout): ByteStream {
	switch (compression) {
		case COMPRESSION.LZW:
			return new TiffLzw(stored);
		case COMPRESSION.PACK_BITS:
			return new PackBits(stored);
		case COMPRESSION.DEFLATE:
		case COMPRESSION.OLD_DEFLATE:
			return new Inflater(stored);
		default:
			return new StoredBytes(stored);
	}
}

/** Takes horizontal differencing back (TIFF 6.0, section 14). */
class Differences implements PieceReader {
	constructor(
		private readonly pieces: PieceReader,
		private readonly isWide: boolean,
		private readonly samples: number,
		private readonly isLittle: boolean,
	) {}

	*fill(row: Uint8Array): Work<void> {
		yield* this.pieces.fill(row);
		const { samples } = this;
		if (this.isWide) {
			const view = new DataView(row.buffer, row.byteOffset, row.length);
			for (let at = 2 * samples; at + 1 < row.length; at += 2) {
				const value = view.getUint16(at, this.isLittle) + view.getUint16(at - 2 * samples, this.isLittle);
				view.setUint16(at, value & 0xffff, this.isLittle);
			}
		} else {
			for (let at = samples; at < row.length; at++) row[at] = byteAt(row, at) + byteAt(row, at - samples);
		}
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
