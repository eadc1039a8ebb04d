/** How a whole macroblock, or its colour, is predicted (RFC 6386, 12.2 and 12.3): numbered like the modes of blocks alike. */
export const MODE = { DC: 0, TRUE_MOTION: 1, VERTICAL: 2, HORIZONTAL: 3 } as const;

/** What stands for the samples above the picture and to its left (RFC 6386, 12.2). */
const ABOVE = 127;
const LEFT = 129;

/**
 * Predicts a square of 16 or 8 samples from those above and to the left.
 * @param x where in the plane it stands, and `y`
 * @param stride samples in a row of the plane
 * @param size 16 or 8
 */
export function predictSquare(
	plane: Uint8ClampedArray,
	x: number,
	y: number,
	stride: number,
	size: number,
	mode: number,
): void {
	const at = y * stride + x;
	if (mode === MODE.DC) {
		const level = average(plane, x, y, stride, size);
		for (let j = 0; j < size; j++) plane.fill(level, at + j * stride, at + j * stride + size);
	} else if (mode === MODE.VERTICAL) {
		for (let j = 0; j < size; j++) {
			const row = at + j * stride;
			if (y > 0) plane.copyWithin(row, at - stride, at - stride + size);
			else plane.fill(ABOVE, row, row + size);
		}
	} else if (mode === MODE.HORIZONTAL) {
		for (let j = 0; j < size; j++) {
			const row = at + j * stride;
			plane.fill(x > 0 ? sampleAt(plane, row - 1) : LEFT, row, row + size);
		}
	} else {
		const corner = y > 0 ? (x > 0 ? sampleAt(plane, at - stride - 1) : LEFT) : ABOVE;
		for (let j = 0; j < size; j++) {
			const row = at + j * stride;
			const rise = (x > 0 ? sampleAt(plane, row - 1) : LEFT) - corner;
			for (let i = 0; i < size; i++) plane[row + i] = rise + (y > 0 ? sampleAt(plane, at - stride + i) : ABOVE);
		}
	}
}

function average(plane: Uint8ClampedArray, x: number, y: number, stride: number, size: number): number {
	const at = y * stride + x;
	let sum = 0;
	if (y > 0) for (let i = 0; i < size; i++) sum += sampleAt(plane, at - stride + i);
	if (x > 0) for (let j = 0; j < size; j++) sum += sampleAt(plane, at + j * stride - 1);
	const count = (y > 0 ? size : 0) + (x > 0 ? size : 0);
	return count === 0 ? 128 : Math.floor((sum + (count >> 1)) / count);
}

/**
 * The samples around a 4 x 4 block, round the corner: left from the bottom up (0 to 3), corner (4), above and above right (5
 * to 12).
 */
export const edge = new Int32Array(13);

/**
 * Gathers what stands around a 4 x 4 block (RFC 6386, 12.3).
 * @param x where in the plane the block stands, and `y`
 * @param column of the block in its macroblock, 0 to 3, and `row`
 * @param isLast whether its macroblock is the last one of its row
 */
export function gatherEdge(
	plane: Uint8ClampedArray,
	x: number,
	y: number,
	stride: number,
	column: number,
	row: number,
	isLast: boolean,
): void {
	const at = y * stride + x;
	for (let k = 0; k < 4; k++) {
		edge[3 - k] = x > 0 ? sampleAt(plane, at - 1 + k * stride) : LEFT;
		edge[5 + k] = y > 0 ? sampleAt(plane, at - stride + k) : ABOVE;
	}
	edge[4] = y > 0 ? (x > 0 ? sampleAt(plane, at - stride - 1) : LEFT) : ABOVE;
	// The blocks of the last column take what is above right of their macroblock, whatever their row.
	const above = column < 3 ? at - stride + 4 : at - row * 4 * stride - stride + 4;
	const isTop = column < 3 ? y === 0 : y - row * 4 === 0;
	for (let k = 0; k < 4; k++) {
		const place = column === 3 && isLast ? above - 1 : above + k;
		edge[9 + k] = isTop ? ABOVE : sampleAt(plane, place);
	}
}

/** The average of three samples of the edge, the middle one twice. */
function smooth(middle: number): number {
	return (edgeAt(middle - 1) + 2 * edgeAt(middle) + edgeAt(middle + 1) + 2) >> 2;
}

/** The average of two neighbours of the edge. */
function mean(first: number): number {
	return (edgeAt(first) + edgeAt(first + 1) + 1) >> 1;
}

/** Modes of 4 x 4 blocks, in the order of RFC 6386, 11.2: DC, TM, VE, HE, RD, VR, LD, VL, HD, HU. */
type BlockMode = (plane: Uint8ClampedArray, at: number, stride: number) => void;

/** For each sample, row by row, where on the edge it comes from: from 100 on a mean of two, else smoothed. */
function along(places: readonly number[]): BlockMode {
	const pattern = Uint8Array.from(places);
	return (plane, at, stride) => {
		for (let i = 0; i < 16; i++) {
			const place = placeAt(pattern, i);
			plane[at + (i >> 2) * stride + (i & 3)] = place >= 100 ? mean(place - 100) : smooth(place);
		}
	};
}

function rows(plane: Uint8ClampedArray, at: number, stride: number, level: (row: number) => number): void {
	for (let row = 0; row < 4; row++) plane.fill(level(row), at + row * stride, at + row * stride + 4);
}

/** Predicts a 4 x 4 block from `edge`, by the number of the mode (RFC 6386, 12.3). */
export const BLOCK_MODES: readonly BlockMode[] = [
	(plane, at, stride) => {
		let sum = 4;
		for (let i = 0; i < 4; i++) sum += edgeAt(i) + edgeAt(5 + i);
		rows(plane, at, stride, () => sum >> 3);
	},
	(plane, at, stride) => {
		for (let i = 0; i < 16; i++) {
			plane[at + (i >> 2) * stride + (i & 3)] = edgeAt(3 - (i >> 2)) - edgeAt(4) + edgeAt(5 + (i & 3));
		}
	},
	along([5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6, 7, 8]),
	(plane, at, stride) => {
		// The lowest row has nothing below it on the edge, so the last sample counts three times.
		const lowest = (edgeAt(1) + 3 * edgeAt(0) + 2) >> 2;
		rows(plane, at, stride, (row) => (row < 3 ? smooth(3 - row) : lowest));
	},
	along([4, 5, 6, 7, 3, 4, 5, 6, 2, 3, 4, 5, 1, 2, 3, 4]),
	along([104, 105, 106, 107, 4, 5, 6, 7, 3, 104, 105, 106, 2, 4, 5, 6]),
	(plane, at, stride) => {
		const last = (edgeAt(11) + 3 * edgeAt(12) + 2) >> 2;
		for (let i = 0; i < 16; i++) {
			const place = 6 + (i >> 2) + (i & 3);
			plane[at + (i >> 2) * stride + (i & 3)] = place < 12 ? smooth(place) : last;
		}
	},
	along([105, 106, 107, 108, 6, 7, 8, 9, 106, 107, 108, 10, 7, 8, 9, 11]),
	along([103, 4, 5, 6, 102, 3, 103, 4, 101, 2, 102, 3, 100, 1, 101, 2]),
	(plane, at, stride) => {
		const last = edgeAt(0);
		const almost = (edgeAt(1) + 3 * edgeAt(0) + 2) >> 2;
		const run = [mean(2), smooth(2), mean(1), smooth(1), mean(0), almost, last, last, last, last];
		for (let i = 0; i < 16; i++) plane[at + (i >> 2) * stride + (i & 3)] = run[2 * (i >> 2) + (i & 3)] ?? 0;
	},
];

/** A sample of the edge. (Not shared with other files: V8 inlines it for one kind of array only.) */
function edgeAt(place: number): number {
	return edge[place] ?? 0;
}

/** As {@link edgeAt}, for samples of a plane. */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}

/** As {@link edgeAt}, for places. */
function placeAt(places: Uint8Array, index: number): number {
	return places[index] ?? 0;
}
