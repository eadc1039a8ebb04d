import type { Work } from '../../../work';
import { damaged, unsupported } from '../../refusal';
import { CodedPicture } from './codedPicture';
import { LoopFilters } from './loopFilters';
import { NAL, nalType, withoutEmulation } from './nalUnits';
import { readPictureParameters } from './pictureParameters';
import { readSequenceParameters } from './sequenceParameters';
import { readSliceHeader, type Slice } from './sliceHeader';
import { SliceDecoder } from './slices';

/**
 * Decodes intra pictures of HEVC: the profiles Main, Main 10, Main Still Picture, and of the range extensions what adds other
 * sampling of the colours and bits a sample (ITU-T H.265). One serves for all pictures with the same parameter sets.
 */
export class HevcDecoder {
	readonly picture: CodedPicture;
	private work: Work<void> = nothing();

	/** @throws Damaged or Refused for parameter sets that are missing, make no sense or are not decoded */
	constructor(parameterSets: readonly Uint8Array[]) {
		const sequence = parameterSets.find((unit) => nalType(unit) === NAL.SPS);
		const picture = parameterSets.find((unit) => nalType(unit) === NAL.PPS);
		if (sequence === undefined || picture === undefined) throw damaged('its headers are missing');
		this.picture = new CodedPicture(readSequenceParameters(sequence), readPictureParameters(picture));
	}

	/** Begins with a picture. @param units its NAL units */
	begin(units: readonly Uint8Array[]): void {
		this.picture.clear();
		this.work = this.decode(units);
	}

	/**
	 * Decodes until a row can be read: `picture` holds its samples until the next row is asked for, and some before it.
	 * @param y among the rows that are shown; with the last one, all is decoded
	 * @throws Damaged for data that makes no sense or ends early; Refused for pictures that need others
	 */
	*reach(y: number): Work<void> {
		const { picture, work } = this;
		const { crop, height } = picture.sps;
		const row = y + crop.top;
		const isLast = row + 1 >= height - crop.bottom;
		while (isLast || picture.finished <= row) {
			const step = work.next();
			if (step.done === true) return;
			yield step.value;
		}
	}

	private *decode(units: readonly Uint8Array[]): Work<void> {
		const { picture } = this;
		const { sps, pps, rows, isByRows } = picture;
		const filters = new LoopFilters(picture);
		const decoder = new SliceDecoder(picture, (row) => filters.afterRow(row));
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
		if (!isByRows) for (let row = 0; row < rows; row++) yield* filters.afterRow(row);
	}
}

function* nothing(): Work<void> {}
