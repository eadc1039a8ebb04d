import type { Work } from '../../work';
import { damaged, unsupported } from '../refusal';
import { decodeLossless, type LosslessRows } from './lossless/decode';

/** How a row of alpha is foretold (RFC 9649, 2.7.1.2). */
const FILTER = { NONE: 0, HORIZONTAL: 1, VERTICAL: 2, GRADIENT: 3 } as const;

/** The alpha of a lossy picture, row by row from the top. */
export class AlphaRows {
	private readonly previous: Uint8Array;
	private readonly samples: Uint8ClampedArray;

	private constructor(
		private readonly width: number,
		private readonly filter: number,
		private readonly raw: Uint8Array | LosslessRows,
	) {
		this.previous = new Uint8Array(width);
		this.samples = new Uint8ClampedArray(width);
	}

	/**
	 * Opens the alpha of a picture.
	 * @param data of the ALPH chunk
	 * @throws Damaged for data that breaks RFC 9649 or ends early
	 */
	static *open(data: Uint8Array, width: number, height: number): Work<AlphaRows> {
		const [flags] = data;
		if (flags === undefined) throw damaged('its transparency is missing');
		const filter = (flags >> 2) & 3;
		const method = flags & 3;
		if (method > 1) throw unsupported('The photo is a WebP with transparency of a kind that nobody has described');
		if (method === 1) return new AlphaRows(width, filter, yield* decodeLossless(data, 1, width, height));
		if (data.length - 1 < width * height) throw damaged('its transparency ends early');
		return new AlphaRows(width, filter, data.subarray(1));
	}

	/** The samples of a row, from the top; there until the next call. */
	row(y: number): Uint8ClampedArray {
		const { width, raw, previous, samples, filter } = this;
		const pixels = raw instanceof Uint8Array ? undefined : raw.row(y);
		const from = y * width;
		let left = 0;
		let corner = byteAt(previous, 0);
		for (let x = 0; x < width; x++) {
			const up = byteAt(previous, x);
			let foretold = 0;
			if (filter !== FILTER.NONE) {
				if (x === 0) foretold = up;
				else if (y === 0 || filter === FILTER.HORIZONTAL) foretold = left;
				else if (filter === FILTER.VERTICAL) foretold = up;
				else foretold = Math.min(Math.max(left + up - corner, 0), 255);
			}
			corner = up;
			const value = pixels !== undefined ? (pixelAt(pixels, x) >>> 8) & 255 : rawAt(raw, from + x);
			left = (value + foretold) & 255;
			previous[x] = left;
			samples[x] = left;
		}
		return samples;
	}
}

function rawAt(raw: Uint8Array | LosslessRows, place: number): number {
	return raw instanceof Uint8Array ? byteAt(raw, place) : 0;
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}

/** As {@link byteAt}, for pixels. */
function pixelAt(pixels: Uint32Array, place: number): number {
	return pixels[place] ?? 0;
}
