/** How strongly a stretch of four samples of an edge is smoothed, and which sides of it. */
export interface Strength {
	beta: number;
	tc: number;
	/** Whether the samples before the edge stay, and those behind it. */
	keepsBefore: boolean;
	keepsBehind: boolean;
	/** The largest value of a sample. */
	most: number;
}

/**
 * Smooths four samples of an edge between luma blocks (ITU-T H.265, 8.7.2.5.3, 8.7.2.5.6 and 8.7.2.5.7).
 * @param at the first sample behind the edge
 * @param step to the next sample across the edge
 * @param along to the next one along it
 */
export function smoothLuma(samples: Uint16Array, at: number, step: number, along: number, strength: Strength): void {
	const { beta } = strength;
	const last = at + 3 * along;
	const before0 = bend(samples, at - step, -step);
	const behind0 = bend(samples, at, step);
	const before3 = bend(samples, last - step, -step);
	const behind3 = bend(samples, last, step);
	if (before0 + behind0 + before3 + behind3 >= beta) return;
	const isStrong =
		isSmooth(samples, at, step, 2 * (before0 + behind0), strength) &&
		isSmooth(samples, last, step, 2 * (before3 + behind3), strength);
	if (isStrong) {
		smoothStrongly(samples, at, step, along, strength);
		return;
	}
	const side = (beta + (beta >> 1)) >> 3;
	smoothWeakly(samples, at, step, along, strength, before0 + before3 < side, behind0 + behind3 < side);
}

/** How far three samples are from a straight line. */
function bend(samples: Uint16Array, at: number, step: number): number {
	return Math.abs(sampleAt(samples, at + 2 * step) - 2 * sampleAt(samples, at + step) + sampleAt(samples, at));
}

function isSmooth(samples: Uint16Array, at: number, step: number, bends: number, { beta, tc }: Strength): boolean {
	const before = sampleAt(samples, at - step);
	const behind = sampleAt(samples, at);
	const slopes =
		Math.abs(sampleAt(samples, at - 4 * step) - before) + Math.abs(behind - sampleAt(samples, at + 3 * step));
	return bends < beta >> 2 && slopes < beta >> 3 && Math.abs(before - behind) < (5 * tc + 1) >> 1;
}

function smoothStrongly(
	samples: Uint16Array,
	from: number,
	step: number,
	along: number,
	{ tc, keepsBefore, keepsBehind }: Strength,
): void {
	const reach = 2 * tc;
	for (let i = 0, at = from; i < 4; i++, at += along) {
		const p0 = sampleAt(samples, at - step);
		const p1 = sampleAt(samples, at - 2 * step);
		const p2 = sampleAt(samples, at - 3 * step);
		const p3 = sampleAt(samples, at - 4 * step);
		const q0 = sampleAt(samples, at);
		const q1 = sampleAt(samples, at + step);
		const q2 = sampleAt(samples, at + 2 * step);
		const q3 = sampleAt(samples, at + 3 * step);
		if (!keepsBefore) {
			samples[at - step] = near((p2 + 2 * p1 + 2 * p0 + 2 * q0 + q1 + 4) >> 3, p0, reach);
			samples[at - 2 * step] = near((p2 + p1 + p0 + q0 + 2) >> 2, p1, reach);
			samples[at - 3 * step] = near((2 * p3 + 3 * p2 + p1 + p0 + q0 + 4) >> 3, p2, reach);
		}
		if (!keepsBehind) {
			samples[at] = near((p1 + 2 * p0 + 2 * q0 + 2 * q1 + q2 + 4) >> 3, q0, reach);
			samples[at + step] = near((p0 + q0 + q1 + q2 + 2) >> 2, q1, reach);
			samples[at + 2 * step] = near((p0 + q0 + q1 + 3 * q2 + 2 * q3 + 4) >> 3, q2, reach);
		}
	}
}

function smoothWeakly(
	samples: Uint16Array,
	from: number,
	step: number,
	along: number,
	{ tc, most, keepsBefore, keepsBehind }: Strength,
	goesOnBefore: boolean,
	goesOnBehind: boolean,
): void {
	const half = tc >> 1;
	for (let i = 0, at = from; i < 4; i++, at += along) {
		const p0 = sampleAt(samples, at - step);
		const p1 = sampleAt(samples, at - 2 * step);
		const p2 = sampleAt(samples, at - 3 * step);
		const q0 = sampleAt(samples, at);
		const q1 = sampleAt(samples, at + step);
		const q2 = sampleAt(samples, at + 2 * step);
		const wished = (9 * (q0 - p0) - 3 * (q1 - p1) + 8) >> 4;
		if (Math.abs(wished) >= 10 * tc) continue;
		const change = near(wished, 0, tc);
		if (!keepsBefore) {
			samples[at - step] = within(p0 + change, most);
			if (goesOnBefore) {
				const next = near((((p2 + p0 + 1) >> 1) - p1 + change) >> 1, 0, half);
				samples[at - 2 * step] = within(p1 + next, most);
			}
		}
		if (!keepsBehind) {
			samples[at] = within(q0 - change, most);
			if (goesOnBehind) {
				const next = near((((q2 + q0 + 1) >> 1) - q1 - change) >> 1, 0, half);
				samples[at + step] = within(q1 + next, most);
			}
		}
	}
}

function near(value: number, middle: number, reach: number): number {
	return value < middle - reach ? middle - reach : value > middle + reach ? middle + reach : value;
}

function within(value: number, most: number): number {
	return value < 0 ? 0 : value > most ? most : value;
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint16Array, place: number): number {
	return samples[place] ?? 0;
}
