import { unsupported } from '../../refusal';
import { BitReader } from './bitReader';
import { headerWithoutEmulation, NAL_HEADER } from './nalUnits';
import { readScalingFactors, type ScalingFactors } from './scalingLists';

/** How a picture is cut into tiles: even, or sizes in coding tree blocks of all but the last column and row. */
export interface TileGrid {
	columns: number;
	rows: number;
	sizes: { widths: readonly number[]; heights: readonly number[] } | undefined;
}

/** How edges of blocks are smoothed (ITU-T H.265, 7.4.7.1: slice_..._offset_div2). */
export interface Smoothing {
	isOff: boolean;
	beta: number;
	tc: number;
}

/** What holds for a picture (ITU-T H.265, 7.4.3.3), under shorter names. */
export interface PictureParameters {
	hasDependentSlices: boolean;
	hasOutputFlag: boolean;
	extraSliceBits: number;
	hidesSigns: boolean;
	/** The quantisation that slices begin with, before their own difference. */
	quantisation: number;
	hasTransformSkip: boolean;
	/** Levels of the coding tree at which quantisation may change; undefined where it does not. */
	quantisationDepth: number | undefined;
	/** What is added to the quantisation of each colour. */
	cbOffset: number;
	crOffset: number;
	hasSliceColourOffsets: boolean;
	hasLosslessBlocks: boolean;
	tiles: TileGrid | undefined;
	hasWavefronts: boolean;
	filtersAcrossTiles: boolean;
	filtersAcrossSlices: boolean;
	mayOverrideSmoothing: boolean;
	smoothing: Smoothing;
	scalingFactors: ScalingFactors | undefined;
	hasSliceExtension: boolean;
}

/** Tiles at most (ITU-T H.265, table A.8). */
const MOST_TILE_COLUMNS = 64;
const MOST_TILE_ROWS = 64;

/**
 * Reads a picture parameter set (ITU-T H.265, 7.3.2.3).
 * @param unit the NAL unit
 * @throws Damaged for numbers out of bounds; Refused for what is not decoded
 */
export function readPictureParameters(unit: Uint8Array): PictureParameters {
	const reader = new BitReader(headerWithoutEmulation(unit), NAL_HEADER);
	reader.unsigned();
	reader.unsigned();
	const hasDependentSlices = reader.flag();
	const hasOutputFlag = reader.flag();
	const extraSliceBits = reader.bits(3);
	const hidesSigns = reader.flag();
	reader.skip(1);
	reader.unsigned();
	reader.unsigned();
	const quantisation = 26 + reader.signedWithin(-62, 25, 'quantisation');
	reader.skip(1);
	const hasTransformSkip = reader.flag();
	const quantisationDepth = reader.flag() ? reader.unsignedWithin(3, 'quantisation') : undefined;
	const cbOffset = reader.signedWithin(-12, 12, 'quantisation');
	const crOffset = reader.signedWithin(-12, 12, 'quantisation');
	const hasSliceColourOffsets = reader.flag();
	reader.skip(2);
	const hasLosslessBlocks = reader.flag();
	const hasTiles = reader.flag();
	const hasWavefronts = reader.flag();
	const tiles = hasTiles ? readTileGrid(reader) : undefined;
	const filtersAcrossTiles = hasTiles ? reader.flag() : true;
	const filtersAcrossSlices = reader.flag();
	const hasSmoothing = reader.flag();
	const mayOverrideSmoothing = hasSmoothing && reader.flag();
	const smoothing = hasSmoothing ? readSmoothing(reader) : { isOff: false, beta: 0, tc: 0 };
	const scalingFactors = reader.flag() ? readScalingFactors(reader) : undefined;
	reader.skip(1);
	reader.unsigned();
	const hasSliceExtension = reader.flag();
	if (reader.flag()) refuseExtensions(reader, hasTransformSkip);
	return {
		...{ hasDependentSlices, hasOutputFlag, extraSliceBits, hidesSigns, quantisation, hasTransformSkip },
		...{ quantisationDepth, cbOffset, crOffset, hasSliceColourOffsets, hasLosslessBlocks, tiles, hasWavefronts },
		...{ filtersAcrossTiles, filtersAcrossSlices, mayOverrideSmoothing, smoothing, scalingFactors, hasSliceExtension },
	};
}

function readTileGrid(reader: BitReader): TileGrid {
	const columns = 1 + reader.unsignedWithin(MOST_TILE_COLUMNS - 1, 'number of tiles');
	const rows = 1 + reader.unsignedWithin(MOST_TILE_ROWS - 1, 'number of tiles');
	if (reader.flag()) return { columns, rows, sizes: undefined };
	const sizesOf = (count: number) => Array.from({ length: count - 1 }, () => 1 + reader.unsigned());
	return { columns, rows, sizes: { widths: sizesOf(columns), heights: sizesOf(rows) } };
}

/** Reads whether edges are smoothed, and how: in a picture's parameters and in a slice's header alike. */
export function readSmoothing(reader: BitReader): Smoothing {
	if (reader.flag()) return { isOff: true, beta: 0, tc: 0 };
	const beta = reader.signedWithin(-6, 6, 'filter strength');
	return { isOff: false, beta, tc: reader.signedWithin(-6, 6, 'filter strength') };
}

/** ITU-T H.265, 7.3.2.3.2: as for sequences. */
function refuseExtensions(reader: BitReader, hasTransformSkip: boolean): void {
	const hasRange = reader.flag();
	reader.skip(7);
	if (!hasRange) return;
	const skipSize = hasTransformSkip ? reader.unsigned() : 0;
	const hasCrossComponent = reader.flag();
	const hasOffsetLists = reader.flag();
	const offsetScales = hasOffsetLists ? 0 : reader.unsigned() + reader.unsigned();
	if (skipSize > 0 || hasCrossComponent || hasOffsetLists || offsetScales > 0) {
		throw unsupported('The photo is a HEIC coded with range extensions that no phone or camera uses');
	}
}
