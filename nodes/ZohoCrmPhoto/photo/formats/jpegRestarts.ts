import type { PictureSize } from './structure';

/** The bytes of a component in a frame header (ITU-T T.81, B.2.2), and where the first one begins behind the length field. */
const COMPONENT_LENGTH = 3;
const FIRST_COMPONENT = 6;

/** The side of a block, in samples. */
const SIDE = 8;

/** Samples across and down, relative to the other components. */
interface Factors {
	h: number;
	v: number;
}

/**
 * How many restart markers the coded data of a scan must have: one between any two intervals (ITU-T T.81, B.2.4.4 and E.1.4). A file
 * that lost bytes in its middle has fewer.
 */
export class ExpectedRestarts {
	private readonly factors = new Map<number, Factors>();
	private size: PictureSize = { width: 0, height: 0 };
	private most: Factors = { h: 1, v: 1 };
	private interval = 0;

	/** Takes a frame header. @param body what stands behind its length field */
	takeFrame(body: Uint8Array, size: PictureSize): void {
		this.size = size;
		for (let at = FIRST_COMPONENT; at + COMPONENT_LENGTH <= body.length; at += COMPONENT_LENGTH) {
			const [name = 0, both = 0] = body.subarray(at, at + 2);
			this.factors.set(name, { h: both >> 4, v: both & 15 });
		}
		const all = [...this.factors.values()];
		this.most = { h: Math.max(1, ...all.map(({ h }) => h)), v: Math.max(1, ...all.map(({ v }) => v)) };
	}

	/** Takes a restart interval, in minimum coded units. @param body what stands behind the length field of its segment */
	takeInterval(body: Uint8Array): void {
		const [high = 0, low = 0] = body;
		this.interval = high * 256 + low;
	}

	/** The restart markers of a scan. @param body what stands behind the length field of its header */
	of(body: Uint8Array): number {
		const units = this.interval === 0 ? 0 : this.unitsOf(body);
		return units === 0 ? 0 : Math.ceil(units / this.interval) - 1;
	}

	/** A scan of one component has its blocks one by one, without those that only fill up a unit (A.2.2). */
	private unitsOf([count, name = 0]: Uint8Array): number {
		const { size, most } = this;
		const { h, v } = (count === 1 ? this.factors.get(name) : undefined) ?? most;
		const side = count === 1 ? { h: SIDE, v: SIDE } : { h: SIDE * most.h, v: SIDE * most.v };
		const [width, height] = [Math.ceil((size.width * h) / most.h), Math.ceil((size.height * v) / most.v)];
		return Math.ceil(width / side.h) * Math.ceil(height / side.v);
	}
}
