import type { Work } from '../../../work';
import type { CodedPicture, Plane } from './codedPicture';
import type { SampleOffset } from './sampleOffset';

/** Neighbours across and down, by direction (ITU-T H.265, table 8-13). */
const DIRECTIONS = [
	{ x: 1, y: 0 },
	{ x: 0, y: 1 },
	{ x: 1, y: 1 },
	{ x: -1, y: 1 },
] as const;

const BANDS = 32;

/** What a sample costs, in the unit of `Work`: in sixteenths. */
const WORK_PER_SAMPLE = 4;

/** Adds the sample adaptive offsets (ITU-T H.265, 8.7.3). */
export class OffsetAdder {
	private readonly planes: readonly PlaneOffsets[];

	constructor(picture: CodedPicture) {
		this.planes = picture.planes.map((plane, colour) => new PlaneOffsets(picture, plane, colour));
	}

	/**
	 * Adds those of a row of coding tree blocks.
	 * @param row its edges are smoothed, and those of the row below; all rows come in their order
	 */
	*addToRow(row: number): Work<void> {
		for (const plane of this.planes) yield* plane.addToRow(row);
	}
}

/** A stretch of a plane: the samples of a coding tree block that are within the picture. */
interface Stretch {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

class PlaneOffsets {
	/** The row of coding tree blocks that is worked on, as it was before, with a line above and below. */
	private readonly before: Uint16Array;
	/** The last line of the row above, as it was before. */
	private readonly above: Uint16Array;
	private readonly width: number;
	private readonly height: number;
	private readonly bands = new Int32Array(BANDS);

	constructor(
		private readonly picture: CodedPicture,
		private readonly plane: Plane,
		private readonly colour: number,
	) {
		this.width = 1 << (picture.sps.treeLog - plane.shiftX);
		this.height = 1 << (picture.sps.treeLog - plane.shiftY);
		this.before = new Uint16Array(plane.stride * (this.height + 2));
		this.above = new Uint16Array(plane.stride);
	}

	*addToRow(row: number): Work<void> {
		const { picture, plane, before, above, height, colour } = this;
		const { columns, offsets } = picture;
		const { samples, stride, origin } = plane;
		const at = row * height * stride - origin;
		const end = at + height * stride;
		const ofRow = offsets.slice(row * columns, (row + 1) * columns).map((all) => all?.[colour]);
		if (ofRow.every((offset) => offset === undefined)) {
			above.set(samples.subarray(end - stride, end));
			return;
		}
		before.set(above);
		before.set(samples.subarray(at, end + stride), stride);
		above.set(samples.subarray(end - stride, end));
		yield (stride * height) >> 6;
		const work = (WORK_PER_SAMPLE * this.width * height) >> 4;
		for (const [column, offset] of ofRow.entries()) {
			if (offset === undefined) continue;
			this.addToBlock(column, row, offset);
			yield work;
		}
	}

	private addToBlock(column: number, row: number, offset: SampleOffset): void {
		const { plane, width, height } = this;
		const left = column * width;
		const top = row * height;
		const stretch = {
			...{ left, top, right: Math.min(plane.width, left + width), bottom: Math.min(plane.height, top + height) },
		};
		// Where in `before` a sample is, less where it is in the plane.
		const shift = (1 - top) * plane.stride + plane.origin;
		if (offset.isByEdge) {
			this.addByEdge(stretch, shift, offset);
			this.takeBackAtBorders(stretch, shift, column, row, offset.direction);
		} else this.addByBand(stretch, shift, offset);
		if (this.picture.hasExempt) this.takeBackExempt(stretch, shift);
	}

	private addByBand({ left, top, right, bottom }: Stretch, shift: number, { band, offsets }: SampleOffset): void {
		const { bands, before, plane } = this;
		const { samples, stride, origin, depth } = plane;
		bands.fill(0);
		offsets.forEach((value, i) => (bands[(band + i) & (BANDS - 1)] = value));
		const most = (1 << depth) - 1;
		for (let y = top; y < bottom; y++) {
			for (let at = y * stride + left - origin, end = y * stride + right - origin; at < end; at++) {
				const value = sampleAt(before, at + shift);
				const sum = value + numberAt(bands, value >> (depth - 5));
				samples[at] = sum < 0 ? 0 : sum > most ? most : sum;
			}
		}
	}

	private addByEdge({ left, top, right, bottom }: Stretch, shift: number, offset: SampleOffset): void {
		const { before, plane } = this;
		const { samples, stride, origin, depth, width, height } = plane;
		const { x, y } = DIRECTIONS[offset.direction] ?? DIRECTIONS[0];
		const near = y * stride + x;
		const [valley, lower, upper, peak] = offset.offsets;
		const most = (1 << depth) - 1;
		const first = x === 0 ? left : Math.max(1, left);
		const end = x === 0 ? right : Math.min(width - 1, right);
		const last = y === 0 ? bottom : Math.min(height - 1, bottom);
		for (let row = y === 0 ? top : Math.max(1, top); row < last; row++) {
			for (let at = row * stride + first - origin, stop = row * stride + end - origin; at < stop; at++) {
				const place = at + shift;
				const value = sampleAt(before, place);
				const a = sampleAt(before, place - near);
				const b = sampleAt(before, place + near);
				const sign = (value > a ? 1 : value < a ? -1 : 0) + (value > b ? 1 : value < b ? -1 : 0);
				if (sign === 0) continue;
				const sum = value + (sign === -2 ? valley : sign === -1 ? lower : sign === 1 ? upper : peak);
				samples[at] = sum < 0 ? 0 : sum > most ? most : sum;
			}
		}
	}

	/** Samples whose neighbours are in a slice or tile that filters do not work across stay as they were. */
	private takeBackAtBorders(stretch: Stretch, shift: number, column: number, row: number, direction: number): void {
		const { x, y } = DIRECTIONS[direction] ?? DIRECTIONS[0];
		const { left, top, right, bottom } = stretch;
		const isShut = (aside: number, down: number) => this.isShut(column, row, aside, down);
		const shut = [-1, 0, 1].map((down) => [-1, 0, 1].map((aside) => isShut(aside, down)));
		if (!shut.flat().includes(true)) return;
		const { samples, stride, origin } = this.plane;
		for (let sy = top; sy < bottom; sy++) {
			const isMiddle = sy > top && sy < bottom - 1;
			for (let sx = left; sx < right; sx += isMiddle && sx === left ? Math.max(1, right - 1 - left) : 1) {
				const meetsShut = [-1, 1].some((sign) => {
					const nextX = sx + sign * x;
					const nextY = sy + sign * y;
					const aside = nextX < left ? 0 : nextX < left + this.width ? 1 : 2;
					const down = nextY < top ? 0 : nextY < top + this.height ? 1 : 2;
					return shut[down]?.[aside] === true;
				});
				const at = sy * stride + sx - origin;
				if (meetsShut) samples[at] = sampleAt(this.before, at + shift);
			}
		}
	}

	/** Whether filters may not look from a block into the one beside it. */
	private isShut(column: number, row: number, aside: number, down: number): boolean {
		const { columns, rows, order } = this.picture;
		const otherColumn = column + aside;
		const otherRow = row + down;
		if (otherColumn < 0 || otherRow < 0 || otherColumn >= columns || otherRow >= rows) return false;
		const here = row * columns + column;
		const other = otherRow * columns + otherColumn;
		if (here === other) return false;
		const isLater = (order.turns[other] ?? 0) > (order.turns[here] ?? 0);
		return !(isLater ? this.picture.filtersAcross(here, other) : this.picture.filtersAcross(other, here));
	}

	private takeBackExempt({ left, top, right, bottom }: Stretch, shift: number): void {
		const { exempt, stride: units } = this.picture;
		const { samples, stride, origin, shiftX, shiftY } = this.plane;
		for (let y = top; y < bottom; y++) {
			for (let x = left; x < right; x++) {
				const unit = ((y << shiftY) >> 2) * units + ((x << shiftX) >> 2);
				const at = y * stride + x - origin;
				if (byteAt(exempt, unit) === 1) samples[at] = sampleAt(this.before, at + shift);
			}
		}
	}
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint16Array, place: number): number {
	return samples[place] ?? 0;
}

/** As {@link sampleAt}, for numbers of either sign. */
function numberAt(numbers: Int32Array, place: number): number {
	return numbers[place] ?? 0;
}

/** As {@link sampleAt}, for bytes. */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
