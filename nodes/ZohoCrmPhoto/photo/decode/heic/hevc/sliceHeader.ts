import { damaged, unsupported } from '../../refusal';
import { BitReader } from './bitReader';
import { NAL, NAL_HEADER, nalType } from './nalUnits';
import { readSmoothing, type PictureParameters, type Smoothing } from './pictureParameters';
import { skipReferenceSet } from './referenceSets';
import type { SequenceParameters } from './sequenceParameters';

/** What holds for a slice (ITU-T H.265, 7.4.7.1), under shorter names. */
export interface Slice {
	/** Coding tree blocks before it, row by row: the slice's name. */
	address: number;
	hasLumaOffset: boolean;
	hasChromaOffset: boolean;
	quantisation: number;
	/** What is added to the quantisation of each colour: the picture's and the slice's own. */
	cbOffset: number;
	crOffset: number;
	smoothing: Smoothing;
	/** Whether loop filters work across its left and upper boundaries. */
	filtersAcross: boolean;
}

/** A slice, or a further segment of one. */
export interface SliceSegment {
	slice: Slice;
	isDependent: boolean;
	/** The coding tree block it begins with, counted row by row. */
	address: number;
	/** Where in the unit its coded data begins. */
	dataAt: number;
}

const I_SLICE = 2;
const MOST_ENTRY_POINTS = 100_000;

/**
 * Reads the header of a slice segment of an intra picture (ITU-T H.265, 7.3.6.1).
 * @param unit without emulation prevention
 * @param treeBlocks how many coding tree blocks the picture has
 * @param before the slice that a dependent segment goes on with
 * @throws Damaged for what contradicts itself; Refused for pictures that need others
 */
export function readSliceHeader(
	unit: Uint8Array,
	sps: SequenceParameters,
	pps: PictureParameters,
	treeBlocks: number,
	before: Slice | undefined,
): SliceSegment {
	const reader = new BitReader(unit, NAL_HEADER);
	const isFirst = reader.flag();
	reader.skip(1);
	reader.unsigned();
	const isDependent = !isFirst && pps.hasDependentSlices && reader.flag();
	const address = isFirst ? 0 : reader.bits(Math.ceil(Math.log2(treeBlocks)));
	if (address >= treeBlocks) throw damaged('a part of its picture stands outside of it');
	if (isDependent && before === undefined) throw damaged('a part of its picture is missing');
	const slice = isDependent && before !== undefined ? before : readSlice(reader, nalType(unit), sps, pps, address);
	if (pps.tiles !== undefined || pps.hasWavefronts) {
		const count = reader.unsignedWithin(MOST_ENTRY_POINTS, 'number of entry points');
		if (count > 0) reader.skip((1 + reader.unsignedWithin(31, 'length of entry points')) * count);
	}
	if (pps.hasSliceExtension) reader.skip(8 * reader.unsignedWithin(256, 'length of an extension'));
	reader.skip(1);
	return { slice, isDependent, address, dataAt: (reader.position + 7) >> 3 };
}

function readSlice(
	reader: BitReader,
	type: number,
	sps: SequenceParameters,
	pps: PictureParameters,
	address: number,
): Slice {
	reader.skip(pps.extraSliceBits);
	if (reader.unsigned() !== I_SLICE)
		throw unsupported('The photo is a HEIC whose picture is built from other pictures');
	if (pps.hasOutputFlag) reader.skip(1);
	if (type !== NAL.IDR_W_RADL && type !== NAL.IDR_N_LP) skipReferences(reader, sps);
	const hasLumaOffset = sps.hasSampleOffset && reader.flag();
	const hasChromaOffset = sps.hasSampleOffset && sps.chromaFormat !== 0 && reader.flag();
	const lowest = -6 * (sps.lumaDepth - 8);
	const quantisation = pps.quantisation + reader.signedWithin(-128, 128, 'quantisation');
	if (quantisation < lowest || quantisation > 51) throw damaged('its headers have a quantisation out of bounds');
	const ofSlice = () => (pps.hasSliceColourOffsets ? reader.signedWithin(-12, 12, 'quantisation') : 0);
	const cbOffset = pps.cbOffset + ofSlice();
	const crOffset = pps.crOffset + ofSlice();
	const smoothing = pps.mayOverrideSmoothing && reader.flag() ? readSmoothing(reader) : pps.smoothing;
	const isAsked = pps.filtersAcrossSlices && (hasLumaOffset || hasChromaOffset || !smoothing.isOff);
	const filtersAcross = isAsked ? reader.flag() : pps.filtersAcrossSlices;
	return { address, hasLumaOffset, hasChromaOffset, quantisation, cbOffset, crOffset, smoothing, filtersAcross };
}

function skipReferences(reader: BitReader, sps: SequenceParameters): void {
	reader.skip(sps.orderCountBits);
	const { referenceSets } = sps;
	if (!reader.flag()) skipReferenceSet(reader, referenceSets, referenceSets.length, true);
	else if (referenceSets.length > 1) reader.skip(Math.ceil(Math.log2(referenceSets.length)));
	if (sps.hasLongTermReferences) throw unsupported('The photo is a HEIC whose picture belongs to a video');
	if (sps.hasMotionPrediction) reader.skip(1);
}
