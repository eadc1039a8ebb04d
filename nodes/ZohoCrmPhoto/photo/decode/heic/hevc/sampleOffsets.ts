import type { Cabac } from './cabac';
import type { CodedPicture } from './codedPicture';
import { CONTEXT } from './contexts';
import type { SampleOffset } from './sampleOffset';
import type { Slice } from './sliceHeader';

/**
 * Reads the sample adaptive offset of a coding tree block (ITU-T H.265, 7.3.8.3).
 * @param place the block, counted row by row
 */
export function readSampleOffsets(cabac: Cabac, picture: CodedPicture, slice: Slice, place: number): void {
	const { columns, offsets, sps, stride, done, part } = picture;
	const across = place % columns;
	const unit = sps.treeLog - 2;
	const at = ((Math.floor(place / columns) << unit) * stride + (across << unit)) | 0;
	if (across > 0 && done[at - 1] === part && cabac.bin(CONTEXT.OFFSET_MERGE) === 1) {
		offsets[place] = offsets[place - 1];
		return;
	}
	if (place >= columns && done[at - stride] === part && cabac.bin(CONTEXT.OFFSET_MERGE) === 1) {
		offsets[place] = offsets[place - columns];
		return;
	}
	const luma = slice.hasLumaOffset ? readOffset(cabac, sps.lumaDepth) : undefined;
	const cb = slice.hasChromaOffset ? readOffset(cabac, sps.chromaDepth) : undefined;
	const cr = cb === undefined ? undefined : readOffset(cabac, sps.chromaDepth, cb);
	if (luma === undefined && cb === undefined) return;
	offsets[place] = [luma, cb, cr];
}

/** @param first of the colour whose kind and direction it shares */
function readOffset(cabac: Cabac, depth: number, first?: SampleOffset): SampleOffset | undefined {
	if (first === undefined && cabac.bin(CONTEXT.OFFSET_KIND) === 0) return undefined;
	const isByEdge = first === undefined ? cabac.bypass() === 1 : first.isByEdge;
	const most = (1 << (Math.min(depth, 10) - 5)) - 1;
	const size = () => {
		let value = 0;
		while (value < most && cabac.bypass() === 1) value++;
		return value;
	};
	const sizes = [size(), size(), size(), size()] as const;
	if (isByEdge) {
		const [a, b, c, d] = sizes;
		const direction = first?.direction ?? cabac.bits(2);
		return { isByEdge, direction, band: 0, offsets: [a, b, -c, -d] };
	}
	const signed = (value: number) => (value !== 0 && cabac.bypass() === 1 ? -value : value);
	const [a, b, c, d] = sizes;
	const offsets = [signed(a), signed(b), signed(c), signed(d)] as const;
	return { isByEdge, direction: 0, band: cabac.bits(5), offsets };
}
