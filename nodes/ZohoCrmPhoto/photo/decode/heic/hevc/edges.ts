import type { CodedPicture } from './codedPicture';
import type { Slice } from './sliceHeader';

/**
 * Notes that the left and upper edge of a block are to be smoothed: all edges in an intra picture that are on the grid of
 * 8 x 8 luma samples (ITU-T H.265, 8.7.2.3 to 8.7.2.5).
 * @param slice that the block belongs to
 * @param x in luma samples
 * @param log log2 of the block's side
 */
export function markEdges(picture: CodedPicture, slice: Slice, x: number, y: number, log: number): void {
	if (slice.smoothing.isOff) return;
	const { stride, leftEdges, upperEdges, sps, columns } = picture;
	const count = 1 << (log - 2);
	const at = (y >> 2) * stride + (x >> 2);
	const within = (1 << sps.treeLog) - 1;
	const place = (y >> sps.treeLog) * columns + (x >> sps.treeLog);
	if (x > 0 && (x & 7) === 0 && ((x & within) !== 0 || picture.filtersAcross(place - 1, place))) {
		for (let i = 0, unit = at; i < count; i++, unit += stride) leftEdges[unit] = 1;
	}
	if (y > 0 && (y & 7) === 0 && ((y & within) !== 0 || picture.filtersAcross(place - columns, place))) {
		upperEdges.fill(1, at, at + count);
	}
}
