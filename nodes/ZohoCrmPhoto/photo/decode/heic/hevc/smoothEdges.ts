import type { Work } from '../../../work';
import type { CodedPicture, Plane } from './codedPicture';
import { chromaQuantisation } from './quantisation';
import type { Smoothing } from './pictureParameters';
import { smoothLuma, type Strength } from './smoothLuma';

/** Limits of smoothing by quantisation (ITU-T H.265, table 8-12): tc up to 53, beta up to 51. */
const TC = [
	...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4],
	...[4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 22, 24],
];
const BETA = Array.from({ length: 52 }, (_, i) => (i < 16 ? 0 : i < 29 ? i - 10 : 2 * i - 38));

/** What tc is higher for at edges of blocks that are predicted within the picture: 2 (bS - 1). */
const INTRA = 2;

/** The grid of edges, in samples of the plane. */
const GRID = 8;

const NO_SMOOTHING: Smoothing = { isOff: false, beta: 0, tc: 0 };

/** What a coding tree block costs in one pass, in the unit of `Work`: a sample's part, in sixteenths. */
const WORK_PER_SAMPLE = 3;

function clipped(value: number, most: number): number {
	return Math.min(Math.max(value, 0), most);
}

/** Smooths the edges between blocks (ITU-T H.265, 8.7.2). */
export class EdgeSmoother {
	private readonly strength: Strength = { beta: 0, tc: 0, keepsBefore: false, keepsBehind: false, most: 255 };

	constructor(private readonly picture: CodedPicture) {}

	/**
	 * Smooths the edges in a row of coding tree blocks and above it: first those that go down, then those that go across.
	 * @param row it is decoded, as is the one below, whose prediction needs this one as it is; the ones above are smoothed
	 */
	*smoothRow(row: number): Work<void> {
		const { columns, sps } = this.picture;
		for (const isDown of [true, false]) {
			for (let column = 0; column < columns; column++) {
				this.smooth(column, row, isDown);
				yield (WORK_PER_SAMPLE << (2 * sps.treeLog)) >> 4;
			}
		}
	}

	private smooth(column: number, row: number, isDown: boolean): void {
		const { picture } = this;
		const { planes, pps, columns, slices } = picture;
		const smoothing = slices[row * columns + column]?.smoothing ?? NO_SMOOTHING;
		planes.forEach((plane, colour) => {
			const grid = (GRID << (isDown ? plane.shiftX : plane.shiftY)) >> 2;
			if (colour === 0) this.smoothPlane(plane, column, row, isDown, grid, smoothing, undefined);
			else this.smoothPlane(plane, column, row, isDown, grid, smoothing, colour === 1 ? pps.cbOffset : pps.crOffset);
		});
	}

	/**
	 * @param grid units between two edges
	 * @param offset of a colour's quantisation; undefined for luma
	 */
	private smoothPlane(
		plane: Plane,
		column: number,
		row: number,
		isDown: boolean,
		grid: number,
		smoothing: Smoothing,
		offset: number | undefined,
	): void {
		const { picture } = this;
		const { stride, sps, leftEdges, upperEdges } = picture;
		const edges = isDown ? leftEdges : upperEdges;
		const log = sps.treeLog - 2;
		const endX = Math.min((column + 1) << log, (sps.width + 3) >> 2);
		const endY = Math.min((row + 1) << log, (sps.height + 3) >> 2);
		const [gridX, gridY] = isDown ? [grid, 1] : [1, grid];
		const firstX = Math.ceil((column << log) / gridX) * gridX;
		const firstY = Math.ceil((row << log) / gridY) * gridY;
		for (let y = firstY; y < endY; y += gridY) {
			for (let x = firstX; x < endX; x += gridX) {
				if (byteAt(edges, y * stride + x) === 0) continue;
				if (offset === undefined) this.smoothLuma(plane, x, y, isDown, smoothing);
				else this.smoothColour(plane, x, y, isDown, smoothing, offset);
			}
		}
	}

	private quantisationAt(unit: number, other: number): number {
		const { quantisations } = this.picture;
		return (numberAt(quantisations, unit) + numberAt(quantisations, other) + 1) >> 1;
	}

	private setKept(unit: number, other: number): void {
		const { exempt, hasExempt } = this.picture;
		this.strength.keepsBefore = hasExempt && byteAt(exempt, other) === 1;
		this.strength.keepsBehind = hasExempt && byteAt(exempt, unit) === 1;
	}

	private smoothLuma(plane: Plane, x: number, y: number, isDown: boolean, { beta, tc }: Smoothing): void {
		const { strength } = this;
		const { stride } = this.picture;
		const unit = y * stride + x;
		const other = isDown ? unit - 1 : unit - stride;
		const quantisation = this.quantisationAt(unit, other);
		const scale = plane.depth - 8;
		strength.beta = (BETA[clipped(quantisation + 2 * beta, 51)] ?? 0) << scale;
		strength.tc = (TC[clipped(quantisation + INTRA + 2 * tc, 53)] ?? 0) << scale;
		strength.most = (1 << plane.depth) - 1;
		this.setKept(unit, other);
		const at = 4 * (y * plane.stride + x) - plane.origin;
		smoothLuma(plane.samples, at, isDown ? 1 : plane.stride, isDown ? plane.stride : 1, strength);
	}

	/** ITU-T H.265, 8.7.2.5.5 and 8.7.2.5.8. */
	private smoothColour(
		plane: Plane,
		x: number,
		y: number,
		isDown: boolean,
		smoothing: Smoothing,
		offset: number,
	): void {
		const { strength } = this;
		const { stride, sps } = this.picture;
		const unit = y * stride + x;
		const other = isDown ? unit - 1 : unit - stride;
		const quantisation = chromaQuantisation(this.quantisationAt(unit, other) + offset, sps.chromaFormat);
		const tc = (TC[clipped(quantisation + INTRA + 2 * smoothing.tc, 53)] ?? 0) << (plane.depth - 8);
		if (tc === 0) return;
		this.setKept(unit, other);
		const { samples, origin, shiftX, shiftY } = plane;
		const most = (1 << plane.depth) - 1;
		const step = isDown ? 1 : plane.stride;
		const along = isDown ? plane.stride : 1;
		const count = 4 >> (isDown ? shiftY : shiftX);
		let at = ((4 * y) >> shiftY) * plane.stride + ((4 * x) >> shiftX) - origin;
		for (let i = 0; i < count; i++, at += along) {
			const before = sampleAt(samples, at - step);
			const behind = sampleAt(samples, at);
			const wished =
				(((behind - before) << 2) + sampleAt(samples, at - 2 * step) - sampleAt(samples, at + step) + 4) >> 3;
			const change = wished < -tc ? -tc : wished > tc ? tc : wished;
			if (!strength.keepsBefore) samples[at - step] = clipped(before + change, most);
			if (!strength.keepsBehind) samples[at] = clipped(behind - change, most);
		}
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}

/** As {@link byteAt}, for numbers of either sign. */
function numberAt(numbers: Int8Array, place: number): number {
	return numbers[place] ?? 0;
}

/** As {@link byteAt}, for samples. */
function sampleAt(samples: Uint16Array, place: number): number {
	return samples[place] ?? 0;
}
