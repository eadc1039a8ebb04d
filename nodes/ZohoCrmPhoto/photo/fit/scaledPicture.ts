import { decode } from '../decode/jpeg/decode';
import type { Plane, Planes } from '../encode/jpeg/encode';
import type { Frame } from '../decode/jpeg/frame';
import { PlaneScaler } from './resample';
import type { Size } from './target';
import type { Work } from '../work';

/** The most blocks that a minimum coded unit may have (ITU-T T.81, B.2.3). */
const MOST_BLOCKS = 10;

interface Factors {
	h: number;
	v: number;
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A component of a picture, with what its scaled plane is to be. */
interface Source extends Factors, Size {
	/** The identifier that the file has for it. */
	id: number;
	/** Whether it is a colour difference. */
	difference: boolean;
	/** Its sampling in the smaller picture. */
	becomes: Factors;
}

/** A component with what makes its plane the smaller one. */
interface Part<Component> {
	component: Component;
	scaler: PlaneScaler;
}

/**
 * The components with their sampling in the smaller picture: as in the source (so colour is neither thrown away nor
 * blown up), but whole resolution for all where the source has a ratio that is not a whole number, which few readers take.
 */
function withSampling<Component extends Factors>(source: Component[]): Array<Component & { becomes: Factors }> {
	const { h: hMax, v: vMax } = most(source);
	const h1 = source.map(({ h }) => h).reduce(greatestCommonDivisor);
	const v1 = source.map(({ v }) => v).reduce(greatestCommonDivisor);
	const blocks = source.reduce((sum, { h, v }) => sum + (h / h1) * (v / v1), 0);
	const kept = blocks <= MOST_BLOCKS && source.every(({ h, v }) => hMax % h === 0 && vMax % v === 0);
	return source.map((component) => ({
		...component,
		becomes: kept ? { h: component.h / h1, v: component.v / v1 } : { h: 1, v: 1 },
	}));
}

function most(factors: Factors[]): Factors {
	return { h: Math.max(...factors.map(({ h }) => h)), v: Math.max(...factors.map(({ v }) => v)) };
}

function parts<Component extends Source>(from: Size, source: Component[], to: Size): Array<Part<Component>> {
	const fromMost = most(source);
	const toMost = most(source.map(({ becomes }) => becomes));
	return source.map((component) => {
		const { h, v } = component.becomes;
		const size = { width: Math.ceil((to.width * h) / toMost.h), height: Math.ceil((to.height * v) / toMost.v) };
		const ratioX = (from.width / to.width) * (component.h / fromMost.h) * (toMost.h / h);
		const ratioY = (from.height / to.height) * (component.v / fromMost.v) * (toMost.v / v);
		return { component, scaler: new PlaneScaler(component, size, ratioX, ratioY) };
	});
}

function assembled(size: Size, scaled: Array<Part<Source>>): Planes {
	const planes = scaled.map(({ component: { id, difference, becomes }, scaler }): Plane => {
		return { id, difference, ...becomes, ...scaler.size, samples: scaler.result };
	});
	return { width: size.width, height: size.height, planes };
}

/**
 * Decodes a picture to a smaller size. Each component is scaled by itself in the file's own colours: scaling and colour
 * conversion are both linear, so the picture is the same as over RGB, and CMYK stays what its profile says it is.
 * @param data the whole file
 * @param frame its frame header
 * @param to the size to scale to, not larger than the frame's
 * @param differences places of the components that are colour differences
 * @throws Refused as `decode` does
 */
export function* decodeScaled(data: Uint8Array, frame: Frame, to: Size, differences: Set<number>): Work<Planes> {
	const source = frame.components.map((component, place) => ({ ...component, difference: differences.has(place) }));
	const scaled = parts(frame, withSampling(source), to);
	yield* decode(
		data,
		frame,
		scaled.map(({ scaler }) => scaler),
	);
	return assembled(to, scaled);
}

/** A decoded picture at a smaller size. */
export function* scaledAgain(picture: Planes, to: Size): Work<Planes> {
	const source = picture.planes.map((plane) => ({ ...plane, becomes: { h: plane.h, v: plane.v } }));
	const scaled = parts(picture, source, to);
	for (const { component, scaler } of scaled) {
		for (let y = 0; y < component.height; y++) {
			scaler.take(component.samples, y * component.width);
			yield scaler.workPerRow;
		}
	}
	return assembled(to, scaled);
}
