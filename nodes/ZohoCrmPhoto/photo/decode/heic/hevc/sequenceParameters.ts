import { damaged, unsupported } from '../../refusal';
import { BitReader } from './bitReader';
import { headerWithoutEmulation, NAL_HEADER } from './nalUnits';
import { skipReferenceSet } from './referenceSets';
import { defaultFactors, readScalingFactors, type ScalingFactors } from './scalingLists';
import { readVideoSignal, type VideoSignal } from './videoSignal';

/** How blocks without any coding are written (ITU-T H.265, 7.4.3.2.1: pcm_...). */
export interface PlainBlocks {
	lumaBits: number;
	chromaBits: number;
	smallestLog: number;
	largestLog: number;
	/** Whether the loop filters leave them alone. */
	isUnfiltered: boolean;
}

/** What holds for every picture of a sequence (ITU-T H.265, 7.4.3.2), under shorter names; sizes in luma samples, `...Log` is log2. */
export interface SequenceParameters {
	/** 0 is grey, 1 is 4:2:0, 2 is 4:2:2, 3 is 4:4:4. */
	chromaFormat: 0 | 1 | 2 | 3;
	width: number;
	height: number;
	/** What is cut away at each side. */
	crop: { left: number; right: number; top: number; bottom: number };
	lumaDepth: number;
	chromaDepth: number;
	orderCountBits: number;
	/** Of coding blocks; of coding tree blocks; of transform blocks. */
	smallestCodingLog: number;
	treeLog: number;
	smallestTransformLog: number;
	largestTransformLog: number;
	transformDepth: number;
	scalingFactors: ScalingFactors | undefined;
	hasSampleOffset: boolean;
	plainBlocks: PlainBlocks | undefined;
	/** How many pictures each set of references has. */
	referenceSets: readonly number[];
	hasLongTermReferences: boolean;
	hasMotionPrediction: boolean;
	hasStrongSmoothing: boolean;
	signal: VideoSignal;
}

/** The most samples of a side: what an unsigned number of 16 bits holds, as encoders' levels allow (A.4.1). */
const LONGEST_SIDE = 65_535;

const MOST_REFERENCE_SETS = 64;

/**
 * Reads a sequence parameter set (ITU-T H.265, 7.3.2.2).
 * @param unit the NAL unit
 * @throws Damaged for what contradicts itself; Refused for what is not decoded
 */
export function readSequenceParameters(unit: Uint8Array): SequenceParameters {
	const reader = new BitReader(headerWithoutEmulation(unit), NAL_HEADER);
	reader.skip(4);
	const layers = reader.bits(3);
	reader.skip(1);
	skipProfile(reader, layers);
	reader.unsigned();
	const chromaFormat = chromaFormatOf(reader);
	const width = reader.unsignedWithin(LONGEST_SIDE, 'width');
	const height = reader.unsignedWithin(LONGEST_SIDE, 'height');
	const crop = readCrop(reader, chromaFormat);
	if (crop.left + crop.right >= width || crop.top + crop.bottom >= height)
		throw damaged('its headers leave no picture');
	const lumaDepth = 8 + reader.unsignedWithin(8, 'bit depth');
	const chromaDepth = 8 + reader.unsignedWithin(8, 'bit depth');
	if (lumaDepth > 12 || chromaDepth > 12) throw unsupported('The photo is a HEIC of more than 12 bits a sample');
	const orderCountBits = 4 + reader.unsignedWithin(12, 'picture count');
	const ordered = reader.flag() ? layers + 1 : 1;
	for (let i = 0; i < 3 * ordered; i++) reader.unsigned();
	const sizes = readBlockSizes(reader, width, height);
	reader.unsigned();
	const transformDepth = reader.unsignedWithin(4, 'transform depth');
	const hasScaling = reader.flag();
	const scalingFactors = !hasScaling ? undefined : reader.flag() ? readScalingFactors(reader) : defaultFactors();
	reader.skip(1);
	const hasSampleOffset = reader.flag();
	const plainBlocks = reader.flag() ? readPlainBlocks(reader) : undefined;
	const referenceSets: number[] = [];
	for (let count = reader.unsignedWithin(MOST_REFERENCE_SETS, 'reference set'); referenceSets.length < count; ) {
		referenceSets.push(skipReferenceSet(reader, referenceSets, referenceSets.length, false));
	}
	const hasLongTermReferences = reader.flag();
	const longTerm = hasLongTermReferences ? reader.unsignedWithin(32, 'reference set') : 0;
	reader.skip(longTerm * (orderCountBits + 1));
	const hasMotionPrediction = reader.flag();
	const hasStrongSmoothing = reader.flag();
	const { signal, goesOn } = readVideoSignal(reader);
	if (goesOn && reader.flag()) refuseExtensions(reader);
	return {
		...{ chromaFormat, width, height, crop, lumaDepth, chromaDepth, orderCountBits, ...sizes, transformDepth },
		...{ scalingFactors, hasSampleOffset, plainBlocks, referenceSets, hasLongTermReferences, hasMotionPrediction },
		...{ hasStrongSmoothing, signal },
	};
}

/** ITU-T H.265, 7.3.3: profile, tier and level, also of sub-layers. */
function skipProfile(reader: BitReader, layers: number): void {
	reader.skip(8 + 32 + 48 + 8);
	const parts = Array.from({ length: layers }, () => (reader.flag() ? 88 : 0) + (reader.flag() ? 8 : 0));
	if (layers > 0) reader.skip(2 * (8 - layers));
	for (const bits of parts) reader.skip(bits);
}

function chromaFormatOf(reader: BitReader): 0 | 1 | 2 | 3 {
	const format = reader.unsigned();
	if (format === 3 && reader.flag()) throw unsupported('The photo is a HEIC whose colours are coded apart');
	if (format === 0 || format === 1 || format === 2 || format === 3) return format;
	throw damaged('its headers have a chroma format out of bounds');
}

function readCrop(reader: BitReader, chromaFormat: number): SequenceParameters['crop'] {
	if (!reader.flag()) return { left: 0, right: 0, top: 0, bottom: 0 };
	const [x, y] = [chromaFormat === 1 || chromaFormat === 2 ? 2 : 1, chromaFormat === 1 ? 2 : 1];
	const side = (unit: number) => unit * reader.unsignedWithin(LONGEST_SIDE, 'crop');
	return { left: side(x), right: side(x), top: side(y), bottom: side(y) };
}

function readBlockSizes(
	reader: BitReader,
	width: number,
	height: number,
): Pick<SequenceParameters, 'smallestCodingLog' | 'treeLog' | 'smallestTransformLog' | 'largestTransformLog'> {
	const smallestCodingLog = 3 + reader.unsignedWithin(3, 'block size');
	const treeLog = smallestCodingLog + reader.unsignedWithin(3, 'block size');
	const smallestTransformLog = 2 + reader.unsignedWithin(3, 'block size');
	const largestTransformLog = smallestTransformLog + reader.unsignedWithin(3, 'block size');
	const unit = (1 << smallestCodingLog) - 1;
	if (
		treeLog < 4 ||
		treeLog > 6 ||
		smallestTransformLog >= smallestCodingLog ||
		largestTransformLog > Math.min(treeLog, 5) ||
		(width & unit) !== 0 ||
		(height & unit) !== 0
	) {
		throw damaged('its headers have a block size out of bounds');
	}
	return { smallestCodingLog, treeLog, smallestTransformLog, largestTransformLog };
}

function readPlainBlocks(reader: BitReader): PlainBlocks {
	const lumaBits = 1 + reader.bits(4);
	const chromaBits = 1 + reader.bits(4);
	const smallestLog = 3 + reader.unsignedWithin(2, 'block size');
	const largestLog = smallestLog + reader.unsignedWithin(2, 'block size');
	return { lumaBits, chromaBits, smallestLog, largestLog, isUnfiltered: reader.flag() };
}

/** ITU-T H.265, 7.3.2.2.2: tools of the range extensions change how samples are decoded; profiles of photos have none. */
function refuseExtensions(reader: BitReader): void {
	const hasRange = reader.flag();
	reader.skip(7);
	if (hasRange && reader.bits(9) !== 0) {
		throw unsupported('The photo is a HEIC coded with range extensions that no phone or camera uses');
	}
}
