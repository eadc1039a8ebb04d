import type { Work } from '../../../work';
import { damaged, unsupported } from '../../refusal';
import { addOffsets } from './addOffsets';
import { CodedPicture } from './codedPicture';
import { NAL, nalType, withoutEmulation } from './nalUnits';
import { readPictureParameters } from './pictureParameters';
import { readSequenceParameters } from './sequenceParameters';
import { readSliceHeader, type Slice } from './sliceHeader';
import { SliceDecoder } from './slices';
import { smoothEdges } from './smoothEdges';

/**
 * Decodes intra pictures of HEVC: the profiles Main, Main 10, Main Still Picture, and of the range extensions what adds other
 * sampling of the colours and bits a sample (ITU-T H.265). One serves for all pictures with the same parameter sets.
 */
export class HevcDecoder {
	readonly picture: CodedPicture;

	/** @throws Damaged or Refused for parameter sets that are missing, make no sense or are not decoded */
	constructor(parameterSets: readonly Uint8Array[]) {
		const sequence = parameterSets.find((unit) => nalType(unit) === NAL.SPS);
		const picture = parameterSets.find((unit) => nalType(unit) === NAL.PPS);
		if (sequence === undefined || picture === undefined) throw damaged('its headers are missing');
		this.picture = new CodedPicture(readSequenceParameters(sequence), readPictureParameters(picture));
	}

	/**
	 * Decodes a picture; its samples are in `picture` afterwards.
	 * @param units the picture's NAL units
	 * @throws Damaged for data that makes no sense or ends early; Refused for pictures that need others
	 */
	*decode(units: readonly Uint8Array[]): Work<void> {
		const { picture } = this;
		const { sps, pps } = picture;
		picture.clear();
		const decoder = new SliceDecoder(picture);
		let slice: Slice | undefined;
		for (const unit of units) {
			const type = nalType(unit);
			if (type > NAL.CRA) continue;
			if (type < NAL.FIRST_IRAP) throw unsupported('The photo is a HEIC whose picture is built from other pictures');
			const payload = yield* withoutEmulation(unit);
			const segment = readSliceHeader(payload, sps, pps, picture.slices.length, slice);
			slice = segment.slice;
			yield* decoder.decode(segment, payload);
		}
		if (picture.slices.includes(undefined)) throw damaged('a part of its picture is missing');
		yield* smoothEdges(picture);
		yield* addOffsets(picture);
	}
}
