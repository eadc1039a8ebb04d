import type { LossyPlanes } from './frame';

/**
 * Turns a row of a decoded frame into red, green and blue, as libwebp does it: colour differences are interpolated between
 * the nearest four (its "fancy" upsampling), and converted with its own factors for limited range, ITU-R BT.601.
 */
export class LossyRows {
	readonly red: Uint8ClampedArray;
	readonly green: Uint8ClampedArray;
	readonly blue: Uint8ClampedArray;
	private readonly u: Uint8Array;
	private readonly v: Uint8Array;

	constructor(
		private readonly planes: LossyPlanes,
		private readonly width: number,
		private readonly height: number,
	) {
		this.red = new Uint8ClampedArray(width);
		this.green = new Uint8ClampedArray(width);
		this.blue = new Uint8ClampedArray(width);
		this.u = new Uint8Array(width + 1);
		this.v = new Uint8Array(width + 1);
	}

	/** Fills `red`, `green` and `blue` with row `y` of the picture. */
	read(y: number): void {
		const { planes, width, height } = this;
		const last = ((height + 1) >> 1) - 1;
		const near = Math.min(y >> 1, last);
		const far = Math.min(Math.max(near + ((y & 1) === 0 ? -1 : 1), 0), last);
		spread(planes.u, near * planes.colourStride, far * planes.colourStride, width, this.u);
		spread(planes.v, near * planes.colourStride, far * planes.colourStride, width, this.v);
		const from = y * planes.stride;
		for (let x = 0; x < width; x++) {
			const brightness = (sampleAt(planes.y, from + x) * 19_077) >> 8;
			const u = byteAt(this.u, x);
			const v = byteAt(this.v, x);
			this.red[x] = (brightness + ((v * 26_149) >> 8) - 14_234) >> 6;
			this.green[x] = (brightness - ((u * 6419) >> 8) - ((v * 13_320) >> 8) + 8708) >> 6;
			this.blue[x] = (brightness + ((u * 33_050) >> 8) - 17_685) >> 6;
		}
	}
}

/**
 * Interpolates a row of colour differences: of the four around a pixel the nearest counts nine times, those beside it three
 * times, and the last once, with libwebp's order of rounding.
 */
function spread(plane: Uint8ClampedArray, near: number, far: number, width: number, row: Uint8Array): void {
	const count = (width + 1) >> 1;
	row[0] = (3 * sampleAt(plane, near) + sampleAt(plane, far) + 2) >> 2;
	for (let x = 1; x < count; x++) {
		const nearLeft = sampleAt(plane, near + x - 1);
		const nearRight = sampleAt(plane, near + x);
		const farLeft = sampleAt(plane, far + x - 1);
		const farRight = sampleAt(plane, far + x);
		const sum = nearLeft + nearRight + farLeft + farRight + 8;
		row[2 * x - 1] = (((sum + 2 * (nearRight + farLeft)) >> 3) + nearLeft) >> 1;
		row[2 * x] = (((sum + 2 * (nearLeft + farRight)) >> 3) + nearRight) >> 1;
	}
	if (width % 2 === 0) {
		row[width - 1] = (3 * sampleAt(plane, near + count - 1) + sampleAt(plane, far + count - 1) + 2) >> 2;
	}
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}

/** As {@link sampleAt}, for bytes. */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
