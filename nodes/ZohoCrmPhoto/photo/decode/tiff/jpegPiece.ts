import type { Work } from '../../work';
import type { PictureOpener, PlaneShape, RowSink } from '../picture';
import { damaged } from '../refusal';

/** A plane of a piece, held whole. */
class HeldPlane implements RowSink {
	readonly workPerRow = 64;
	readonly samples: Uint8ClampedArray;
	private at = 0;

	constructor(readonly shape: PlaneShape) {
		this.samples = new Uint8ClampedArray(shape.width * shape.height);
	}

	take(samples: Uint8ClampedArray, at: number): void {
		this.samples.set(samples.subarray(at, at + this.shape.width), this.at);
		this.at += this.shape.width;
	}

	/** The sample at a place of the picture, between those around it where the plane has fewer. */
	between(x: number, y: number, ratioX: number, ratioY: number): number {
		const { width, height } = this.shape;
		if (ratioX === 1 && ratioY === 1) return sampleAt(this.samples, y * width + x);
		const column = Math.min(Math.max((x + 0.5) * ratioX - 0.5, 0), width - 1);
		const row = Math.min(Math.max((y + 0.5) * ratioY - 0.5, 0), height - 1);
		const [left, top] = [Math.floor(column), Math.floor(row)];
		const [right, below] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
		const [acrossShare, downShare] = [column - left, row - top];
		const upper = mix(
			sampleAt(this.samples, top * width + left),
			sampleAt(this.samples, top * width + right),
			acrossShare,
		);
		const lower = mix(
			sampleAt(this.samples, below * width + left),
			sampleAt(this.samples, below * width + right),
			acrossShare,
		);
		return mix(upper, lower, downShare);
	}
}

function mix(a: number, b: number, share: number): number {
	return a + (b - a) * share;
}

/**
 * Reads the rows of a strip or tile that is a JPEG of its own (Adobe Photoshop TIFF Technical Notes, 2002), as samples side by
 * side. The piece is held whole; brightness and colour differences become red, green and blue.
 */
export class JpegPiece {
	private planes: HeldPlane[] | undefined;
	private width = 0;
	private height = 0;
	private y = 0;

	/**
	 * @param data of the piece
	 * @param tables that all pieces share, as a JPEG without a picture
	 * @param isYcc whether its colours are brightness and differences
	 * @param openJpeg opens it
	 */
	constructor(
		private readonly data: Uint8Array,
		private readonly tables: Uint8Array | undefined,
		private readonly isYcc: boolean,
		private readonly openJpeg: PictureOpener,
	) {}

	/**
	 * Fills a row with the next samples, as many of a pixel as the piece has planes.
	 * @throws Damaged or Refused as for a JPEG, and where the piece is smaller than it should be
	 */
	*fill(row: Uint8Array): Work<void> {
		const planes = this.planes ?? (yield* this.decode());
		const { width, height, y } = this;
		const count = planes.length;
		if (y >= height || row.length > width * count) throw damaged('one of its pieces is smaller than it should be');
		const pixels = row.length / count;
		planes.forEach((plane, channel) => {
			const [ratioX, ratioY] = [plane.shape.width / width, plane.shape.height / height];
			for (let x = 0; x < pixels; x++) row[x * count + channel] = Math.round(plane.between(x, y, ratioX, ratioY));
		});
		if (this.isYcc && count === 3) toRgb(row);
		this.y++;
		yield row.length;
	}

	private *decode(): Work<HeldPlane[]> {
		const { data, tables } = this;
		const front = tables === undefined ? data.subarray(0, 2) : tables.subarray(0, -2);
		const picture = this.openJpeg(Buffer.concat([front, data.subarray(2)]));
		this.width = picture.width;
		this.height = picture.height;
		const planes = picture.planes.map((shape) => new HeldPlane(shape));
		this.planes = planes;
		yield* picture.rows({ planes });
		return planes;
	}
}

/** ITU-T T.871, section 7. */
function toRgb(row: Uint8Array): void {
	for (let i = 0; i + 2 < row.length; i += 3) {
		const y = row[i] ?? 0;
		const blue = (row[i + 1] ?? 0) - 128;
		const red = (row[i + 2] ?? 0) - 128;
		row[i] = clamp(y + 1.402 * red);
		row[i + 1] = clamp(y - 0.344136 * blue - 0.714136 * red);
		row[i + 2] = clamp(y + 1.772 * blue);
	}
}

function clamp(value: number): number {
	return Math.min(Math.max(Math.round(value), 0), 255);
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}
