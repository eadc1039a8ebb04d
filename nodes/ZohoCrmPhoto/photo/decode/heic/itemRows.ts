import type { Work } from '../../work';
import { damaged } from '../refusal';
import { configurationOf, shownSize, type CodedItem } from './codedItem';
import type { DecoderConfiguration } from './container/decoderConfiguration';
import type { HeifFile } from './container/heif';
import type { CodedPicture } from './hevc/codedPicture';
import { HevcDecoder } from './hevc/decoder';
import { splitNalUnits } from './hevc/nalUnits';

/** A row of one colour: where it begins, and in what. */
export interface Row {
	samples: Uint8ClampedArray;
	at: number;
}

/** Samples copied in the time of one unit of `Work`. */
const SAMPLES_PER_WORK = 16;

/** The rows of an item, from the top: a row of tiles is decoded when the first of its rows is asked for. */
export class ItemRows {
	/** By colour: the rows of the tiles side by side, 8 bits each; one row where there is one tile. */
	private readonly bands: readonly Uint8ClampedArray[];
	private readonly strides: readonly number[];
	private readonly heights: readonly number[];
	private decoder: HevcDecoder | undefined;
	private configuration: DecoderConfiguration | undefined;
	/** The row of tiles that is decoded, or begun where there is one tile. */
	private band = -1;

	constructor(
		private readonly file: HeifFile,
		private readonly item: CodedItem,
	) {
		const { columns, tileWidth, tileHeight, sps } = item;
		const halfWide = sps.chromaFormat === 1 || sps.chromaFormat === 2;
		const colours = sps.chromaFormat === 0 ? [0] : [0, 1, 2];
		this.strides = colours.map((colour) => columns * (colour > 0 && halfWide ? (tileWidth + 1) >> 1 : tileWidth));
		const halfHigh = sps.chromaFormat === 1;
		this.heights = colours.map((colour) => (colour > 0 && halfHigh ? (tileHeight + 1) >> 1 : tileHeight));
		this.bands = this.strides.map(
			(stride, i) => new Uint8ClampedArray(stride * (columns === 1 ? 1 : (this.heights[i] ?? 0))),
		);
	}

	/**
	 * Sees to it that a row of pixels can be read, and no row above it any more.
	 * @throws what decoding throws
	 */
	*reach(y: number): Work<void> {
		const { item } = this;
		const wished = Math.floor(y / item.tileHeight);
		while (this.band < wished) {
			this.band++;
			for (let column = 0; column < item.columns; column++) {
				const decoder = this.begin(item.tiles[this.band * item.columns + column] ?? -1);
				if (item.columns > 1) yield* this.keep(decoder, column);
			}
		}
		if (item.columns > 1 || this.decoder === undefined) return;
		yield* this.decoder.reach(y - this.band * item.tileHeight);
	}

	/**
	 * A row of a colour, there until the next call.
	 * @param y counted in the colour's own rows
	 */
	row(colour: number, y: number): Row {
		const samples = this.bands[colour] ?? NONE;
		const line = y - this.band * (this.heights[colour] ?? 0);
		if (this.item.columns > 1) return { samples, at: line * (this.strides[colour] ?? 0) };
		if (this.decoder !== undefined) copyRow(this.decoder.picture, colour, line, samples, 0, samples.length);
		return { samples, at: 0 };
	}

	private begin(tile: number): HevcDecoder {
		const configuration = configurationOf(this.file, tile);
		if (this.decoder === undefined || !isSame(configuration, this.configuration)) {
			this.decoder = new HevcDecoder(configuration.units);
			this.configuration = configuration;
			const { sps } = this.decoder.picture;
			const { width, height } = shownSize(sps);
			const { item } = this;
			const isSameShape = width === item.tileWidth && height === item.tileHeight;
			if (!isSameShape || sps.chromaFormat !== item.sps.chromaFormat) throw damaged('its tiles differ in size');
		}
		this.decoder.begin(splitNalUnits(this.file.bytesOf(tile), configuration.lengthSize));
		return this.decoder;
	}

	/** Decodes a tile into the rows of tiles side by side. */
	private *keep(decoder: HevcDecoder, column: number): Work<void> {
		const { columns, tileHeight } = this.item;
		for (let line = 0; line < tileHeight; line++) {
			yield* decoder.reach(line);
			for (const [colour, samples] of this.bands.entries()) {
				const stride = this.strides[colour] ?? 0;
				const width = stride / columns;
				const shift = decoder.picture.planes[colour]?.shiftY ?? 0;
				if (line % (1 << shift) !== 0) continue;
				const y = line >> shift;
				copyRow(decoder.picture, colour, y, samples, y * stride + column * width, width);
				yield Math.floor(width / SAMPLES_PER_WORK);
			}
		}
	}
}

const NONE = new Uint8ClampedArray(0);

function isSame(one: DecoderConfiguration, other: DecoderConfiguration | undefined): boolean {
	return (
		other !== undefined &&
		one.lengthSize === other.lengthSize &&
		one.units.length === other.units.length &&
		one.units.every((unit, i) => Buffer.compare(unit, other.units[i] ?? unit.subarray(0, 0)) === 0)
	);
}

/** Copies a row of what is shown of a coded picture; samples of more bits lose the lowest, as libheif has it. */
function copyRow(
	{ planes, sps }: CodedPicture,
	colour: number,
	y: number,
	out: Uint8ClampedArray,
	at: number,
	count: number,
): void {
	const plane = planes[colour];
	if (plane === undefined) return;
	const { samples, stride, origin, shiftX, shiftY, depth } = plane;
	const from = (y + (sps.crop.top >> shiftY)) * stride + (sps.crop.left >> shiftX) - origin;
	const shift = depth - 8;
	for (let x = 0; x < count; x++) out[at + x] = sampleAt(samples, from + x) >> shift;
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint16Array, place: number): number {
	return samples[place] ?? 0;
}
