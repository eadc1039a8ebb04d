/** How often a picture is halved while it is decoded: 8 samples of a block's side become 8, 4, 2 or 1. */
export type Halvings = 0 | 1 | 2 | 3;

/** Turns the coefficients of blocks into samples. */
export interface BlockTransform {
	/** Samples of a block's side. */
	readonly side: number;

	/** @throws Damaged for a DC term that is so far out that the data cannot be right */
	checkLevel(dc: number): void;

	/**
	 * One block to samples.
	 * @param coefficients hold the block, row by row
	 * @param from where in them it begins
	 * @param last the zigzag place of the last coefficient that may be other than 0
	 * @param samples take the result
	 * @param to where in them the block's first sample stands
	 * @param stride from one of its rows to the next
	 * @throws Damaged when the block is so bright or dark that the data cannot be right
	 */
	block(
		coefficients: Int16Array,
		from: number,
		last: number,
		samples: Uint8ClampedArray,
		to: number,
		stride: number,
	): void;
}
