import type { OpenPicture, PlaneShape, RowSink } from '../decode/picture';
import type { Planes } from '../encode/jpeg/encode';
import type { Work } from '../work';
import { KeptPlane } from './keptPlane';
import { AlphaRow, divided, MultipliedRows } from './multiplied';
import { PlaneScaler, WeightTables } from './resample';
import type { Size } from './target';

/** The most blocks that a minimum coded unit may have (ITU-T T.81, B.2.3). */
const MOST_BLOCKS = 10;

interface Factors {
	h: number;
	v: number;
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A plane of a picture, with its sampling in the smaller picture. */
interface Source extends PlaneShape {
	becomes: Factors;
}

/** A plane with what makes the smaller one of it. */
interface Part<Shape> {
	component: Shape;
	scaler: PlaneScaler | KeptPlane;
}

/** A picture at the size that it is to have. */
export interface Scaled extends Planes {
	/** As in `OpenPicture`. */
	colours: OpenPicture['colours'];
	/** There is none where nothing can be seen through it. Colours are not multiplied by it. */
	alpha?: Uint8ClampedArray;
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

function* parts<Component extends Source>(
	from: Size,
	source: Component[],
	to: Size,
	tables = new WeightTables(),
): Work<Array<Part<Component>>> {
	const fromMost = most(source);
	const toMost = most(source.map(({ becomes }) => becomes));
	const made: Array<Part<Component>> = [];
	for (const component of source) {
		const { h, v } = component.becomes;
		const size = { width: Math.ceil((to.width * h) / toMost.h), height: Math.ceil((to.height * v) / toMost.v) };
		const ratioX = (from.width / to.width) * (component.h / fromMost.h) * (toMost.h / h);
		const ratioY = (from.height / to.height) * (component.v / fromMost.v) * (toMost.v / v);
		made.push({ component, scaler: yield* planeMaker(component, size, ratioX, ratioY, tables) });
	}
	return made;
}

/** Scales a plane, or keeps it where its size is the one wished. */
function* planeMaker(
	from: Size,
	size: Size,
	ratioX: number,
	ratioY: number,
	tables: WeightTables,
): Work<PlaneScaler | KeptPlane> {
	const same = ratioX === 1 && ratioY === 1 && from.width === size.width && from.height === size.height;
	if (same) return new KeptPlane(size);
	const across = yield* tables.of(from.width, size.width, ratioX);
	const down = yield* tables.of(from.height, size.height, ratioY);
	return new PlaneScaler(size, across, down, ratioY);
}

function assembled(size: Size, scaled: Array<Part<Source>>): Planes {
	return {
		width: size.width,
		height: size.height,
		planes: scaled.map(({ component: { id, difference, becomes }, scaler }) => {
			return { id, difference, ...becomes, ...scaler.size, samples: scaler.result };
		}),
	};
}

/**
 * How many times as large as wished a picture must be after it was halved while it was decoded. With 1.5 a photo is within 0.1 dB of one that
 * was scaled from all its samples, with 1 up to 2 dB off (12 megapixels to 300 to 1,900 pixels, held against ImageMagick).
 */
const LEAST_MARGIN = 1.5;

/** How often a picture is halved while it is decoded. */
function halvingsFor({ halved, width, height }: OpenPicture, to: Size): 0 | 1 | 2 | 3 {
	if (halved === undefined) return 0;
	const ratio = Math.min(width / to.width, height / to.height);
	return ratio >= 8 * LEAST_MARGIN ? 3 : ratio >= 4 * LEAST_MARGIN ? 2 : ratio >= 2 * LEAST_MARGIN ? 1 : 0;
}

/**
 * Decodes a picture to a smaller size. Each plane is scaled by itself in the file's own colours: scaling and colour
 * conversion are both linear, so the picture is the same as over RGB, and CMYK stays what its profile says it is.
 * @param picture opened
 * @param to the size to scale to, not larger than the picture's; with the same size every sample stays as it is
 * @throws what decoding throws
 */
export function* decodeScaled(picture: OpenPicture, to: Size): Work<Scaled> {
	const { colours, hasAlpha } = picture;
	const tables = new WeightTables();
	const halvings = hasAlpha ? 0 : halvingsFor(picture, to);
	const decodable = halvings === 0 ? picture : (picture.halved?.(halvings) ?? picture);
	// Not rounded: the last sample of a picture of odd size is half of nothing.
	const from = { width: picture.width / (1 << halvings), height: picture.height / (1 << halvings) };
	const scaled = yield* parts(from, withSampling([...decodable.planes]), to, tables);
	const sinks = scaled.map(({ scaler }) => scaler);
	if (!hasAlpha) {
		yield* decodable.rows({ planes: sinks });
		return { ...assembled(to, scaled), colours };
	}
	const alpha = yield* planeMaker(picture, to, picture.width / to.width, picture.height / to.height, tables);
	const alphaRow = new AlphaRow(alpha, picture.width);
	const isKept = alpha instanceof KeptPlane;
	const planes = sinks.map((sink): RowSink => (isKept ? sink : new MultipliedRows(sink, alphaRow)));
	yield* picture.rows({ planes, alpha: alphaRow });
	if (alphaRow.isOpaque) return { ...assembled(to, scaled), colours };
	for (const { result } of isKept ? [] : sinks) yield* divided(result, alpha.result);
	return { ...assembled(to, scaled), colours, alpha: alpha.result };
}

/** A decoded picture at a smaller size. */
export function* scaledAgain(picture: Planes, to: Size): Work<Planes> {
	const source = picture.planes.map((plane) => ({ ...plane, becomes: { h: plane.h, v: plane.v } }));
	const scaled = yield* parts(picture, source, to);
	for (const { component, scaler } of scaled) {
		for (let y = 0; y < component.height; y++) {
			scaler.take(component.samples, y * component.width);
			yield scaler.workPerRow;
		}
	}
	return assembled(to, scaled);
}
