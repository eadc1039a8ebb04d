/** How strongly the edges of a macroblock are smoothed (RFC 6386, 15.2 to 15.4). */
export interface Strength {
	/** The most that two sides may differ at the edges of the macroblock, and within it. */
	outer: number;
	inner: number;
	/** The most that neighbours on one side may differ. */
	interior: number;
	/** From which difference on one side counts as uneven. */
	uneven: number;
}

/**
 * The strength for a level.
 * @param level 1 to 63
 * @param sharpness 0 to 7
 */
export function strengthOf(level: number, sharpness: number): Strength {
	let interior = level;
	if (sharpness > 0) interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
	interior = Math.max(interior, 1);
	const limit = 2 * level + interior;
	return { outer: 2 * (limit + 4) + 1, inner: 2 * limit + 1, interior, uneven: level >= 40 ? 2 : level >= 15 ? 1 : 0 };
}

function clamp(value: number): number {
	return value < -128 ? -128 : value > 127 ? 127 : value;
}

/** The simple filter along one edge (RFC 6386, 15.2). @param most a limit as `Strength` has them */
export function smoothSimply(plane: Uint8ClampedArray, from: number, step: number, along: number, most: number): void {
	for (let k = 0, at = from; k < 16; k++, at += along) {
		const p1 = sampleAt(plane, at - 2 * step);
		const p0 = sampleAt(plane, at - step);
		const q0 = sampleAt(plane, at);
		const q1 = sampleAt(plane, at + step);
		if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most) continue;
		const a = 3 * (q0 - p0) + clamp(p1 - q1);
		plane[at - step] = p0 + (clamp(a + 3) >> 3);
		plane[at] = q0 - (clamp(a + 4) >> 3);
	}
}

/**
 * The normal filter along an edge of a macroblock (RFC 6386, 15.3).
 * @param from the first sample behind the edge
 * @param step from a sample to the one behind it, across the edge
 * @param along from a sample to the next one along the edge
 * @param count samples along the edge
 */
export function smoothOuter(
	plane: Uint8ClampedArray,
	from: number,
	step: number,
	along: number,
	count: number,
	{ outer, interior, uneven }: Strength,
): void {
	for (let k = 0, at = from; k < count; k++, at += along) {
		const p3 = sampleAt(plane, at - 4 * step);
		const p2 = sampleAt(plane, at - 3 * step);
		const p1 = sampleAt(plane, at - 2 * step);
		const p0 = sampleAt(plane, at - step);
		const q0 = sampleAt(plane, at);
		const q1 = sampleAt(plane, at + step);
		const q2 = sampleAt(plane, at + 2 * step);
		const q3 = sampleAt(plane, at + 3 * step);
		if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > outer) continue;
		if (Math.abs(p3 - p2) > interior || Math.abs(p2 - p1) > interior || Math.abs(p1 - p0) > interior) continue;
		if (Math.abs(q3 - q2) > interior || Math.abs(q2 - q1) > interior || Math.abs(q1 - q0) > interior) continue;
		const a = clamp(3 * (q0 - p0) + clamp(p1 - q1));
		if (Math.abs(p1 - p0) > uneven || Math.abs(q1 - q0) > uneven) {
			plane[at - step] = p0 + (clamp(a + 3) >> 3);
			plane[at] = q0 - (clamp(a + 4) >> 3);
		} else {
			const near = (27 * a + 63) >> 7;
			const middle = (18 * a + 63) >> 7;
			const far = (9 * a + 63) >> 7;
			plane[at - 3 * step] = p2 + far;
			plane[at - 2 * step] = p1 + middle;
			plane[at - step] = p0 + near;
			plane[at] = q0 - near;
			plane[at + step] = q1 - middle;
			plane[at + 2 * step] = q2 - far;
		}
	}
}

/** The normal filter along an edge within a macroblock (RFC 6386, 15.3); parameters as for `smoothOuter`. */
export function smoothInner(
	plane: Uint8ClampedArray,
	from: number,
	step: number,
	along: number,
	count: number,
	{ inner, interior, uneven }: Strength,
): void {
	for (let k = 0, at = from; k < count; k++, at += along) {
		const p3 = sampleAt(plane, at - 4 * step);
		const p2 = sampleAt(plane, at - 3 * step);
		const p1 = sampleAt(plane, at - 2 * step);
		const p0 = sampleAt(plane, at - step);
		const q0 = sampleAt(plane, at);
		const q1 = sampleAt(plane, at + step);
		const q2 = sampleAt(plane, at + 2 * step);
		const q3 = sampleAt(plane, at + 3 * step);
		if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > inner) continue;
		if (Math.abs(p3 - p2) > interior || Math.abs(p2 - p1) > interior || Math.abs(p1 - p0) > interior) continue;
		if (Math.abs(q3 - q2) > interior || Math.abs(q2 - q1) > interior || Math.abs(q1 - q0) > interior) continue;
		const isUneven = Math.abs(p1 - p0) > uneven || Math.abs(q1 - q0) > uneven;
		const a = 3 * (q0 - p0) + (isUneven ? clamp(p1 - q1) : 0);
		const before = clamp(a + 3) >> 3;
		const behind = clamp(a + 4) >> 3;
		plane[at - step] = p0 + before;
		plane[at] = q0 - behind;
		if (isUneven) continue;
		const outer = (behind + 1) >> 1;
		plane[at - 2 * step] = p1 + outer;
		plane[at + step] = q1 - outer;
	}
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}
