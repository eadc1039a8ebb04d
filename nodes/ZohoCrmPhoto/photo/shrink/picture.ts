import { decode } from './jpeg/decode';
import type { Plane, Planes } from './jpeg/encode';
import type { Frame } from './jpeg/frame';
import { PlaneScaler } from './resample';
import type { Size } from './target';
import type { Work } from './work';

/** The most blocks that a minimum coded unit may have (ITU-T T.81, B.2.3). */
const MOST_BLOCKS = 10;

interface Factors {
	h: number;
	v: number;
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * The sampling of the smaller picture: as in the source (so colour is neither thrown away nor blown up), but whole
 * resolution for all components where the source has a ratio that is not a whole number, which few readers take.
 */
function samplingLike(source: Factors[]): Factors[] {
	const h = source.map((factors) => factors.h);
	const v = source.map((factors) => factors.v);
	const hMax = Math.max(...h);
	const vMax = Math.max(...v);
	const h1 = h.reduce(greatestCommonDivisor);
	const v1 = v.reduce(greatestCommonDivisor);
	const reduced = source.map((factors) => ({ h: factors.h / h1, v: factors.v / v1 }));
	const whole = source.every((factors) => hMax % factors.h === 0 && vMax % factors.v === 0);
	const blocks = reduced.reduce((sum, factors) => sum + factors.h * factors.v, 0);
	return whole && blocks <= MOST_BLOCKS ? reduced : source.map(() => ({ h: 1, v: 1 }));
}

function most(source: Factors[]): Factors {
	return { h: Math.max(...source.map(({ h }) => h)), v: Math.max(...source.map(({ v }) => v)) };
}

/** A scaler for each component of a picture, from its plane to the smaller one. */
function scalers(from: Size, source: Array<Factors & Size>, to: Size, sampling: Factors[]): PlaneScaler[] {
	const fromMost = most(source);
	const toMost = most(sampling);
	return source.map((plane, index) => {
		const { h, v } = sampling[index] ?? toMost;
		const size = { width: Math.ceil((to.width * h) / toMost.h), height: Math.ceil((to.height * v) / toMost.v) };
		const ratioX = (from.width / to.width) * (plane.h / fromMost.h) * (toMost.h / h);
		const ratioY = (from.height / to.height) * (plane.v / fromMost.v) * (toMost.v / v);
		return new PlaneScaler(plane, size, ratioX, ratioY);
	});
}

function assembled(
	size: Size,
	scaled: PlaneScaler[],
	source: Array<{ id: number }>,
	sampling: Factors[],
	differences: boolean[],
): Planes {
	const planes = scaled.map((scaler, index): Plane => ({
		id: source[index]?.id ?? 0,
		h: sampling[index]?.h ?? 1,
		v: sampling[index]?.v ?? 1,
		difference: differences[index] ?? false,
		...scaler.size,
		samples: scaler.result,
	}));
	return { width: size.width, height: size.height, planes };
}

/**
 * Decodes a picture to a smaller size. Each component is scaled by itself in the file's own colours: scaling and colour
 * conversion are both linear, so the picture is the same as over RGB, and CMYK stays what its profile says it is.
 * @param data the whole file
 * @param frame its frame header
 * @param to the size to scale to, not larger than the frame's
 * @param differences for each component: whether it is a colour difference
 * @throws Refused as `decode` does
 */
export function* decodeScaled(data: Uint8Array, frame: Frame, to: Size, differences: boolean[]): Work<Planes> {
	const sampling = samplingLike(frame.components);
	const scaled = scalers(frame, frame.components, to, sampling);
	yield* decode(data, frame, scaled);
	return assembled(to, scaled, frame.components, sampling, differences);
}

/** A decoded picture at a smaller size. */
export function* scaledAgain(picture: Planes, to: Size): Work<Planes> {
	const scaled = scalers(picture, picture.planes, to, picture.planes);
	for (const [index, { samples, width, height }] of picture.planes.entries()) {
		const scaler = scaled[index];
		for (let y = 0; y < height && scaler !== undefined; y++) {
			scaler.take(samples, y * width);
			yield scaler.workPerRow;
		}
	}
	const differences = picture.planes.map(({ difference }) => difference);
	return assembled(to, scaled, picture.planes, picture.planes, differences);
}
