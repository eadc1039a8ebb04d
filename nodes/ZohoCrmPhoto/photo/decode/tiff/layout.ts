import { damaged, tooLarge, unsupported } from '../refusal';
import type { Directory } from './directory';

/** Tags of TIFF 6.0 (section 8 and appendix A). */
const TAG = {
	WIDTH: 256,
	LENGTH: 257,
	BITS: 258,
	COMPRESSION: 259,
	PHOTOMETRIC: 262,
	FILL_ORDER: 266,
	STRIP_OFFSETS: 273,
	SAMPLES: 277,
	ROWS_PER_STRIP: 278,
	STRIP_COUNTS: 279,
	PLANAR: 284,
	PREDICTOR: 317,
	COLOR_MAP: 320,
	TILE_WIDTH: 322,
	TILE_LENGTH: 323,
	TILE_OFFSETS: 324,
	TILE_COUNTS: 325,
	INK_SET: 332,
	EXTRA_SAMPLES: 338,
	SAMPLE_FORMAT: 339,
	JPEG_TABLES: 347,
} as const;

/** How data is compressed (TIFF 6.0; Adobe's Technical Notes of 1995 and 2002 for 7 and 8). */
export const COMPRESSION = { NONE: 1, LZW: 5, JPEG: 7, DEFLATE: 8, PACK_BITS: 32_773, OLD_DEFLATE: 32_946 } as const;

const KNOWN: readonly number[] = Object.values(COMPRESSION);

const OTHER_COMPRESSIONS: Record<number, string> = {
	2: 'fax (CCITT)',
	3: 'fax (CCITT)',
	4: 'fax (CCITT)',
	6: 'old JPEG',
	34_925: 'LZMA',
	50_000: 'Zstandard',
	50_001: 'WebP',
};

/** What the samples mean (TIFF 6.0, PhotometricInterpretation). */
export const PHOTOMETRIC = { WHITE_IS_ZERO: 0, BLACK_IS_ZERO: 1, RGB: 2, PALETTE: 3, INKS: 5, YCC: 6 } as const;

/** Colours of a pixel, by what they mean. */
const COLOURS: Record<number, number> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3 };

/** Strips or tiles side by side at most, as each has a reader of its own. */
const MOST_ACROSS = 512;

/** How a TIFF's picture stands in the file. */
export interface Layout {
	width: number;
	height: number;
	/** Of a sample: 1, 2, 4, 8 or 16. */
	bits: number;
	/** Of a pixel, with those that are no colours. */
	samples: number;
	/** Of a pixel. */
	colours: number;
	photometric: number;
	compression: number;
	/** Whether each row holds differences between neighbours (TIFF 6.0, section 14). */
	isPredicted: boolean;
	/** Whether a byte's lowest bit comes first. */
	isTurned: boolean;
	/** Whether each sample has a plane of its own. */
	isPlanar: boolean;
	/** Where alpha is among a pixel's samples, and whether colours are multiplied by it. */
	alpha: { place: number; isMultiplied: boolean } | undefined;
	palette: number[];
	/** Whether numbers begin with their lowest byte. */
	isLittle: boolean;
	/** Size of a strip or tile in pixels; a strip is as wide as the picture. */
	pieceWidth: number;
	pieceHeight: number;
	offsets: number[];
	counts: number[];
	/** What JPEG pieces have in common. */
	jpegTables: Uint8Array | undefined;
}

/** The bytes of a row of a strip or tile, of one of its samples where each has a plane of its own. */
export function rowLength({ pieceWidth, isPlanar, samples, bits }: Layout): number {
	return Math.ceil((pieceWidth * (isPlanar ? 1 : samples) * bits) / 8);
}

/**
 * Reads how a picture stands in the file.
 * @throws Refused for what is not decoded; Damaged for what contradicts itself
 */
export function readLayout(directory: Directory): Layout {
	const first = (tag: number, otherwise: number) => directory.firstNumber(tag, otherwise);
	const [width, height] = [first(TAG.WIDTH, 0), first(TAG.LENGTH, 0)];
	if (width === 0 || height === 0) throw damaged(`its header gives the size as ${width} x ${height}`);
	const compression = first(TAG.COMPRESSION, COMPRESSION.NONE);
	if (!KNOWN.includes(compression))
		refuse(`with ${OTHER_COMPRESSIONS[compression] ?? `number ${compression}`} compression`);
	const photometric = first(TAG.PHOTOMETRIC, compression === COMPRESSION.JPEG ? PHOTOMETRIC.YCC : 1);
	const colours = COLOURS[photometric];
	if (colours === undefined || (photometric === PHOTOMETRIC.YCC && compression !== COMPRESSION.JPEG)) {
		return refuse(`with colours of kind ${photometric}`);
	}
	if (photometric === PHOTOMETRIC.INKS && first(TAG.INK_SET, 1) !== 1) refuse('with inks other than CMYK');
	const samples = first(TAG.SAMPLES, 1);
	const bits = first(TAG.BITS, 1);
	if (directory.numbers(TAG.BITS).some((one) => one !== bits) || ![1, 2, 4, 8, 16].includes(bits)) {
		refuse(`with ${directory.numbers(TAG.BITS).slice(0, 8).join(', ')} bits a sample`);
	}
	if (bits < 8 && samples > 1) refuse(`with ${samples} samples of ${bits} bits`);
	if (bits === 16 && photometric === PHOTOMETRIC.PALETTE) refuse('with a palette of 16 bits');
	if (directory.numbers(TAG.SAMPLE_FORMAT).some((format) => format !== 1 && format !== 4)) {
		refuse('with samples that are no whole numbers');
	}
	if (samples < colours || samples > 16) throw damaged(`it has ${samples} samples a pixel`);
	const predictor = first(TAG.PREDICTOR, 1);
	if (predictor > 2 || (predictor === 2 && bits < 8)) refuse(`with predictor ${predictor}`);
	return {
		width,
		height,
		bits,
		samples,
		colours,
		photometric,
		compression,
		isPredicted:
			predictor === 2 &&
			![COMPRESSION.NONE, COMPRESSION.JPEG, COMPRESSION.PACK_BITS].some((one) => one === compression),
		isTurned: first(TAG.FILL_ORDER, 1) === 2 && compression !== COMPRESSION.JPEG,
		isPlanar: first(TAG.PLANAR, 1) === 2 && samples > 1,
		alpha: alphaOf(directory.numbers(TAG.EXTRA_SAMPLES), samples, colours),
		palette: directory.numbers(TAG.COLOR_MAP),
		isLittle: directory.isLittle,
		...readPieces(directory, width, height),
		jpegTables: directory.bytes(TAG.JPEG_TABLES),
	};
}

function refuse(what: string): never {
	throw unsupported(`The photo is a TIFF ${what}, which is not decoded`);
}

/** Alpha is the first extra sample that says so (TIFF 6.0, section 18): 1 with colours multiplied by it, 2 without. */
function alphaOf(extra: number[], samples: number, colours: number): Layout['alpha'] {
	const place = extra.findIndex((kind) => kind === 1 || kind === 2);
	if (place < 0 || colours + place >= samples) return undefined;
	return { place: colours + place, isMultiplied: extra[place] === 1 };
}

/**
 * Where strips or tiles stand, or how long they are. Some encoders name tiles as strips or strips as tiles, and readers take them
 * alike (libtiff's tif_dir.c).
 */
function numbersOf(directory: Directory, tag: number, otherwise: number): number[] {
	const numbers = directory.numbers(tag);
	return numbers.length > 0 ? numbers : directory.numbers(otherwise);
}

function readPieces(
	directory: Directory,
	width: number,
	height: number,
): Pick<Layout, 'pieceWidth' | 'pieceHeight' | 'offsets' | 'counts'> {
	const tileWidth = directory.firstNumber(TAG.TILE_WIDTH, 0);
	if (tileWidth > 0) {
		if (Math.ceil(width / tileWidth) > MOST_ACROSS) {
			throw tooLarge(`The photo is a TIFF of more than ${MOST_ACROSS} tiles side by side`);
		}
		return {
			pieceWidth: tileWidth,
			pieceHeight: Math.max(1, directory.firstNumber(TAG.TILE_LENGTH, 0)),
			offsets: numbersOf(directory, TAG.TILE_OFFSETS, TAG.STRIP_OFFSETS),
			counts: numbersOf(directory, TAG.TILE_COUNTS, TAG.STRIP_COUNTS),
		};
	}
	const offsets = numbersOf(directory, TAG.STRIP_OFFSETS, TAG.TILE_OFFSETS);
	const counts = numbersOf(directory, TAG.STRIP_COUNTS, TAG.TILE_COUNTS);
	const rows = directory.firstNumber(TAG.ROWS_PER_STRIP, height);
	return { pieceWidth: width, pieceHeight: Math.min(Math.max(1, rows), height), offsets, counts };
}
