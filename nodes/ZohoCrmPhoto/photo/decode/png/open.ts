import { PNG_SIGNATURE, pngChunks } from '../../formats/pngChunks';
import type { Work } from '../../work';
import { Inflater } from '../inflate';
import { wholePlanes, type Metadata, type OpenPicture, type RowSinks } from '../picture';
import { damaged } from '../refusal';
import { withGamma } from './gamma';
import { readPngHeader, type PngHeader } from './header';
import { interlacedRows, passesOf } from './interlaced';
import { PngRows } from './rows';
import { spreadFor, type Spread } from './spread';

/** Chunks between two looks at whether to pause. */
const STEP = 256;

/** Bytes copied into new memory in the time of one unit of `Work`. */
const BYTES_PER_WORK = 16;

/** The most bytes of a colour profile: those of printers have 1 to 3 MB. */
const LARGEST_PROFILE = 8_000_000;

/** How an iTXt chunk begins that holds XMP: keyword, not compressed, no language, no translation (XMP part 3, 1.1.5). */
const XMP_KEYWORD = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1');

/** What the chunks of a PNG hold. */
interface Chunks {
	header: PngHeader;
	/** Empty where there is none. */
	palette: Uint8Array;
	transparency: Uint8Array | undefined;
	/** As gAMA has it, where it counts. */
	gamma: number | undefined;
	metadata: Metadata;
	/** What all chunks of image data hold. */
	image: Uint8Array;
}

/**
 * Opens a PNG of any colour type and depth, interlaced or not (PNG specification, third edition). Of an animated one, its
 * still picture. Samples of 16 bits are rounded to 8. Checksums are not compared. The image data ends with the first chunk of
 * another type behind it, as libpng has it.
 * @param data the whole file
 * @throws Damaged for chunks that are missing or make no sense
 */
export function* openPng(data: Uint8Array): Work<OpenPicture> {
	const { header, palette, transparency, gamma, metadata, image } = yield* readChunks(data);
	const spread = spreadFor(header, palette, transparency);
	const shown = gamma === undefined ? spread : withGamma(spread, gamma);
	return opened(header, image, shown, metadata);
}

/**
 * Looks whether every row of a PNG is there, without making samples of them.
 * @param data the whole file
 * @throws Damaged where its data ends early or makes no sense
 */
export function* provenPng(data: Uint8Array): Work<void> {
	const { header, image } = yield* readChunks(data);
	const rows = new PngRows(image, header);
	for (const { width, height } of header.isInterlaced ? passesOf(header) : [header]) {
		rows.begin(width);
		for (let y = 0; y < height; y++) yield* rows.pass();
	}
}

function* readChunks(data: Uint8Array): Work<Chunks> {
	if (!PNG_SIGNATURE.equals(data.subarray(0, PNG_SIGNATURE.length))) throw damaged('it does not begin as a PNG does');
	let header: PngHeader | undefined;
	let palette: Uint8Array | undefined;
	let transparency: Uint8Array | undefined;
	let gamma: number | undefined;
	let hasColours = false;
	let length = 0;
	let isDataOver = false;
	let count = 0;
	const metadata: Metadata = {};
	const parts: Uint8Array[] = [];
	for (const { type, body } of pngChunks(data)) {
		if (++count % STEP === 0) yield STEP;
		if (length > 0 && type !== 'IDAT') isDataOver = true;
		if (type === 'IHDR') header ??= readPngHeader(body);
		else if (type === 'PLTE') palette ??= body;
		else if (type === 'tRNS') transparency ??= body;
		else if (type === 'gAMA' && body.length === 4) gamma ??= Buffer.from(body).readUInt32BE();
		else if (type === 'sRGB' || type === 'cICP') hasColours = true;
		else if (type === 'iCCP') metadata.icc ??= yield* profile(body);
		else if (type === 'eXIf') metadata.exif ??= body;
		else if (type === 'iTXt' && XMP_KEYWORD.equals(body.subarray(0, XMP_KEYWORD.length))) {
			metadata.xmp ??= body.subarray(XMP_KEYWORD.length);
		} else if (type === 'IDAT' && !isDataOver && body.length > 0) {
			parts.push(body);
			length += body.length;
		} else if (type === 'IEND') break;
	}
	if (header === undefined || length === 0) throw damaged('it holds no picture data');
	if (header.isPalette && palette === undefined) throw damaged('its palette is missing');
	// A profile, or a name for the colours, says more than gAMA and stands above it (section 11.3.2).
	const isTold = hasColours || metadata.icc !== undefined;
	return {
		header,
		palette: palette ?? new Uint8Array(0),
		transparency: header.hasAlpha ? undefined : transparency,
		gamma: isTold ? undefined : gamma,
		metadata,
		image: yield* joined(parts, length),
	};
}

function opened(header: PngHeader, image: Uint8Array, spread: Spread, metadata: Metadata): OpenPicture {
	const { width, height } = header;
	return {
		width,
		height,
		colours: header.isColour ? 'rgb' : 'stored',
		planes: wholePlanes(header.isColour ? 3 : 1, width, height),
		hasAlpha: spread.alpha !== undefined,
		metadata,
		rows: (sinks) => {
			const rows = new PngRows(image, header);
			return header.isInterlaced ? interlacedRows(header, rows, spread, sinks) : plainRows(header, rows, spread, sinks);
		},
	};
}

function* plainRows({ width, height }: PngHeader, rows: PngRows, spread: Spread, sinks: RowSinks): Work<void> {
	for (let y = 0; y < height; y++) {
		spread.take(yield* rows.next(), width);
		if (sinks.alpha !== undefined && spread.alpha !== undefined) {
			sinks.alpha.take(spread.alpha, 0);
			yield sinks.alpha.workPerRow;
		}
		for (const [i, sink] of sinks.planes.entries()) {
			const plane = spread.planes[i];
			if (plane !== undefined) sink.take(plane, 0);
			yield sink.workPerRow + (width >> 2);
		}
	}
}

function* joined(parts: Uint8Array[], length: number): Work<Uint8Array> {
	const [first] = parts;
	if (first !== undefined && parts.length === 1) return first;
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
		yield 1 + Math.floor(part.length / BYTES_PER_WORK);
	}
	return whole;
}

/** The colour profile of an iCCP chunk (section 11.3.2.3); none where it cannot be read, as then decoders do without, too. */
function* profile(body: Uint8Array): Work<Uint8Array | undefined> {
	const parts: Uint8Array[] = [];
	let length = 0;
	try {
		const inflater = new Inflater(body.subarray(body.indexOf(0) + 2));
		while (!inflater.ended && length <= LARGEST_PROFILE) {
			const part = Uint8Array.from(inflater.next());
			parts.push(part);
			length += part.length;
			yield 256 + part.length;
		}
	} catch {
		return undefined;
	}
	return length > LARGEST_PROFILE ? undefined : yield* joined(parts, length);
}
