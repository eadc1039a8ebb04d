/** What is added to the samples of one colour in a coding tree block (ITU-T H.265, 7.4.9.3). */
export interface SampleOffset {
	/** Whether samples are told by their neighbours; else by their value. */
	isByEdge: boolean;
	/** The direction of the neighbours: across, down, down to the right, down to the left. */
	direction: number;
	/** The first of four bands of values. */
	band: number;
	offsets: readonly [number, number, number, number];
}

/** One for each colour that has some. */
export type SampleOffsets = ReadonlyArray<SampleOffset | undefined>;
