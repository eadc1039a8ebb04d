import { exifBlock, ORIENTATION, type ExifEntry } from '../../formats/exifBlock';
import type { Work } from '../../work';
import type { Metadata, OpenPicture, PictureOpener, PlaneShape, RowSinks } from '../picture';
import { damaged, tooLarge } from '../refusal';
import { handOver, linesFor } from '../rowSource';
import { Directory } from './directory';
import { readLayout, rowLength, type Layout } from './layout';
import { pieceReader, type PieceReader } from './pieces';
import { planeCount, sampleReader } from './samples';

/** Tags that Exif has as well (Exif 2.32, 4.6.4): description, maker, model, software, date, artist, copyright. */
const TEXTS = [270, 271, 272, 305, 306, 315, 33_432];
const XMP = 700;
const ICC = 34_675;

/** Strips and tiles at most: tiles of 16 x 16 pixels make so many of 60 megapixels, and each takes its time. */
const MOST_PIECES = 300_000;

/** The longest text that goes along, in characters. */
const LONGEST_TEXT = 4000;

/**
 * Opens the first picture of a TIFF or BigTIFF: strips or tiles; not compressed, PackBits, LZW, Deflate or JPEG; grey, palette,
 * RGB or CMYK, with or without alpha; 1 to 16 bits a sample, which are rounded to 8 (TIFF 6.0).
 * @param data the whole file
 * @param openJpeg opens the strips or tiles that are JPEGs
 * @throws Refused for what is not decoded; Damaged for what contradicts itself or is cut off
 */
export function openTiff(data: Uint8Array, openJpeg: PictureOpener): OpenPicture {
	const directory = Directory.firstOf(data);
	const layout = readLayout(directory);
	const { width, height } = layout;
	const count = planeCount(layout);
	return {
		width,
		height,
		colours: count === 3 ? 'rgb' : 'stored',
		planes: Array.from(
			{ length: count },
			(_, i): PlaneShape => ({ id: i + 1, h: 1, v: 1, difference: false, width, height }),
		),
		hasAlpha: layout.alpha !== undefined,
		metadata: { ...metadataOf(directory), ...(count === 4 && { isInkLeftOut: true }) },
		rows: (sinks) => rows(data, layout, sinks, openJpeg),
	};
}

function metadataOf(directory: Directory): Metadata {
	const orientation = directory.firstNumber(ORIENTATION, 1);
	const entries: ExifEntry[] = TEXTS.flatMap((tag) => {
		const value = directory.text(tag)?.slice(0, LONGEST_TEXT) ?? '';
		return value === '' ? [] : [{ tag, value }];
	});
	if (orientation > 1 && orientation <= 8) entries.push({ tag: ORIENTATION, value: orientation });
	entries.sort((a, b) => a.tag - b.tag);
	return {
		...(entries.length > 0 && { exif: exifBlock(entries) }),
		icc: directory.bytes(ICC),
		xmp: directory.bytes(XMP),
	};
}

function* rows(data: Uint8Array, layout: Layout, sinks: RowSinks, openJpeg: PictureOpener): Work<void> {
	const { width, height, samples, isPlanar, pieceWidth, pieceHeight } = layout;
	const lines = linesFor(width, planeCount(layout), layout.alpha !== undefined);
	const reader = sampleReader(layout, lines);
	const across = Math.ceil(width / pieceWidth);
	const perPlane = across * Math.ceil(height / pieceHeight);
	const planes = isPlanar ? samples : 1;
	if (planes * perPlane > MOST_PIECES)
		throw tooLarge(`The photo is a TIFF of more than ${MOST_PIECES} strips or tiles`);
	const row = new Uint8Array(rowLength(layout));
	if (row.length > data.length * 300) throw damaged('its picture data ends early');
	for (let y = 0; y < height; y += pieceHeight) {
		const from = Math.floor(y / pieceHeight) * across;
		const pieces = Array.from({ length: planes * across }, (_, i): { x: number; plane: number; piece: PieceReader } => {
			const plane = Math.floor(i / across);
			const column = i % across;
			const piece = pieceReader(data, layout, plane * perPlane + from + column, openJpeg);
			return { x: column * pieceWidth, plane, piece };
		});
		yield 64 * pieces.length;
		for (let line = y; line < Math.min(y + pieceHeight, height); line++) {
			for (const { x, plane, piece } of pieces) {
				yield* piece.fill(row);
				reader.take(row, isPlanar ? plane : undefined, x, Math.min(pieceWidth, width - x));
			}
			reader.finish();
			yield (width * samples) >> 1;
			yield* handOver(lines, sinks);
		}
	}
}
