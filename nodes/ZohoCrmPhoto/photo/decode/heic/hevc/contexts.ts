/**
 * Where the contexts of each syntax element begin, in {@link freshContexts} (ITU-T H.265, table 9-4, without what pictures need
 * that are predicted from others).
 */
export const CONTEXT = {
	OFFSET_MERGE: 0,
	OFFSET_KIND: 1,
	SPLIT_CODING: 2,
	LOSSLESS: 5,
	PART_MODE: 6,
	PREDICTED_MODE: 7,
	CHROMA_MODE: 8,
	SPLIT_TRANSFORM: 9,
	LUMA_CODED: 12,
	CHROMA_CODED: 14,
	QUANTISATION: 19,
	TRANSFORM_SKIP: 21,
	LAST_X: 23,
	LAST_Y: 41,
	SUB_BLOCK_CODED: 59,
	SIGNIFICANT: 63,
	ABOVE_ONE: 107,
	ABOVE_TWO: 131,
} as const;

/** The initial values for I slices, in the order of {@link CONTEXT} (ITU-T H.265, tables 9-5 to 9-37). */
const INITIAL = Uint8Array.from([
	...[153, 200, 139, 141, 157, 154, 184, 184, 63, 153, 138, 138, 111, 141, 94, 138, 182, 154, 154, 154],
	...[154, 139, 139, 110, 110, 124, 125, 140, 153, 125, 127, 140, 109, 111, 143, 127, 111, 79, 108, 123],
	...[63, 110, 110, 124, 125, 140, 153, 125, 127, 140, 109, 111, 143, 127, 111, 79, 108, 123, 63, 91],
	...[171, 134, 141, 111, 111, 125, 110, 110, 94, 124, 108, 124, 107, 125, 141, 179, 153, 125, 107, 125],
	...[141, 179, 153, 125, 107, 125, 141, 179, 153, 125, 140, 139, 182, 182, 152, 136, 152, 136, 153, 136],
	...[139, 111, 136, 139, 111, 141, 111, 140, 92, 137, 138, 140, 152, 138, 139, 153, 74, 149, 92, 139],
	...[107, 122, 152, 140, 179, 166, 182, 140, 227, 122, 197, 138, 153, 136, 167, 152, 152],
]);

/** How many contexts there are. */
export const CONTEXT_COUNT = INITIAL.length;

/**
 * Sets contexts to what a slice begins with (ITU-T H.265, 9.3.2.2).
 * @param states each is the probability's state, twice, and the likelier value
 * @param quantisation of the slice
 */
export function freshContexts(states: Uint8Array, quantisation: number): void {
	const clipped = Math.min(51, Math.max(0, quantisation));
	INITIAL.forEach((value, i) => {
		const slope = (value >> 4) * 5 - 45;
		const offset = ((value & 15) << 3) - 16;
		const state = Math.min(126, Math.max(1, ((slope * clipped) >> 4) + offset));
		states[i] = state <= 63 ? (63 - state) << 1 : ((state - 64) << 1) | 1;
	});
}
