import type { CodedPicture, Plane } from './codedPicture';
import { MODE } from './intraModes';

/** The largest block that is predicted, in samples of its side. */
const LARGEST = 32;

/** How many samples around a block serve to predict it: two sides to the left, the corner, two sides above. */
const MOST = 4 * LARGEST + 1;

/** A sample that is not there yet. */
const MISSING = -1;

/**
 * The samples around a block, in one line: from two sides below its lower left up to the corner, then to the right above it
 * (ITU-T H.265, 8.4.4.2.2 and 8.4.4.2.3). With n samples a side, the corner is at 2 n.
 */
export class Neighbours {
	/** The line to predict from. */
	line = new Int32Array(MOST);
	private spare = new Int32Array(MOST);

	constructor(private readonly picture: CodedPicture) {}

	/**
	 * Gathers the samples around a block; those that are not decoded yet are what the nearest are.
	 * @param x in the plane's samples
	 * @param side of the block
	 */
	gather(plane: Plane, x: number, y: number, side: number): void {
		const { line } = this;
		const { samples, stride, origin } = plane;
		const total = 4 * side + 1;
		const corner = 2 * side;
		const at = y * stride + x - origin;
		const found = this.gatherLeft(plane, x, y, corner) + this.gatherAbove(plane, x, y, corner);
		if (this.isThere((x << plane.shiftX) - 1, (y << plane.shiftY) - 1))
			line[corner] = sampleAt(samples, at - stride - 1);
		else line[corner] = MISSING;
		if (found === 2 * corner && numberAt(line, corner) >= 0) return;
		if (found === 0 && numberAt(line, corner) < 0) line.fill(1 << (plane.depth - 1), 0, total);
		else fillGaps(line, total);
	}

	private gatherLeft({ samples, stride, origin, shiftX, shiftY }: Plane, x: number, y: number, corner: number): number {
		const { line } = this;
		const unit = 4 >> shiftY;
		const column = (x << shiftX) - 1;
		let found = 0;
		for (let down = 0; down < corner; down += unit) {
			const from = corner - 1 - down;
			if (this.isThere(column, (y + down) << shiftY)) {
				let place = (y + down) * stride + x - 1 - origin;
				for (let i = 0; i < unit; i++, place += stride) line[from - i] = sampleAt(samples, place);
				found += unit;
			} else for (let i = 0; i < unit; i++) line[from - i] = MISSING;
		}
		return found;
	}

	private gatherAbove(
		{ samples, stride, origin, shiftX, shiftY }: Plane,
		x: number,
		y: number,
		corner: number,
	): number {
		const { line } = this;
		const unit = 4 >> shiftX;
		const row = (y << shiftY) - 1;
		const place = (y - 1) * stride + x - origin;
		let found = 0;
		for (let right = 0; right < corner; right += unit) {
			const from = corner + 1 + right;
			if (this.isThere((x + right) << shiftX, row)) {
				for (let i = 0; i < unit; i++) line[from + i] = sampleAt(samples, place + right + i);
				found += unit;
			} else for (let i = 0; i < unit; i++) line[from + i] = MISSING;
		}
		return found;
	}

	/** Whether a luma sample is decoded, and in the same slice and tile. */
	private isThere(x: number, y: number): boolean {
		const { done, stride, part, sps } = this.picture;
		if (x < 0 || y < 0 || x >= sps.width || y >= sps.height) return false;
		return partAt(done, (y >> 2) * stride + (x >> 2)) === part;
	}

	/**
	 * Smooths the line where the mode asks for it (8.4.4.2.6).
	 * @param mayBeStrong whether a flat line may be drawn anew, as for luma where the sequence says so
	 */
	smooth(side: number, mode: number, depth: number, mayBeStrong: boolean): void {
		if (mode === MODE.MEAN || side === 4) return;
		const off = Math.min(Math.abs(mode - MODE.DOWN), Math.abs(mode - MODE.ACROSS));
		const least = side === 8 ? 7 : side === 16 ? 1 : 0;
		if (mode !== MODE.PLANAR && off <= least) return;
		const { line, spare } = this;
		const last = 4 * side;
		if (mayBeStrong && side === LARGEST && isFlat(line, 1 << (depth - 5))) drawAnew(line, spare);
		else {
			let before = numberAt(line, 0);
			let here = numberAt(line, 1);
			for (let i = 1; i < last; i++) {
				const next = numberAt(line, i + 1);
				spare[i] = (before + 2 * here + next + 2) >> 2;
				before = here;
				here = next;
			}
		}
		spare[0] = numberAt(line, 0);
		spare[last] = numberAt(line, last);
		this.line = spare;
		this.spare = line;
	}
}

function fillGaps(line: Int32Array, total: number): void {
	let first = 0;
	while (first < total && numberAt(line, first) < 0) first++;
	let last = numberAt(line, first);
	for (let i = 0; i < total; i++) {
		const value = numberAt(line, i);
		if (value < 0) line[i] = last;
		else last = value;
	}
}

function isFlat(line: Int32Array, limit: number): boolean {
	const corner = numberAt(line, 64);
	return (
		Math.abs(corner + numberAt(line, 128) - 2 * numberAt(line, 96)) < limit &&
		Math.abs(corner + numberAt(line, 0) - 2 * numberAt(line, 32)) < limit
	);
}

/** Straight from the corner to both ends. */
function drawAnew(line: Int32Array, out: Int32Array): void {
	const corner = numberAt(line, 64);
	const lower = numberAt(line, 0);
	const right = numberAt(line, 128);
	out[64] = corner;
	for (let i = 1; i < 64; i++) {
		out[64 - i] = ((64 - i) * corner + i * lower + 32) >> 6;
		out[64 + i] = ((64 - i) * corner + i * right + 32) >> 6;
	}
}

/** A number at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function numberAt(numbers: Int32Array, place: number): number {
	return numbers[place] ?? 0;
}

/** As {@link numberAt}, for samples. */
function sampleAt(samples: Uint16Array, place: number): number {
	return samples[place] ?? 0;
}

/** As {@link numberAt}, for the numbers of slices and tiles. */
function partAt(parts: Uint16Array, place: number): number {
	return parts[place] ?? 0;
}
