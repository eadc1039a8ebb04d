import { BT601, type ColourMeaning, type Weights, weightsOf } from './colourMeaning';

/** Binary places of the factors, and half of the last one that is kept. */
const PLACES = 16;
const HALF = 1 << (PLACES - 1);

const GREY = 128;

/** Brightness and colour differences of one point. */
type Point = readonly [brightness: number, blue: number, red: number];

function toRgb([y, cb, cr]: Point, { red, blue }: Weights): [number, number, number] {
	const r = y + 2 * (1 - red) * cr;
	const b = y + 2 * (1 - blue) * cb;
	return [r, (y - red * r - blue * b) / (1 - red - blue), b];
}

function fromRgb([r, g, b]: readonly [number, number, number], { red, blue }: Weights): Point {
	const y = red * r + (1 - red - blue) * g + blue * b;
	return [y, (b - y) / (2 * (1 - blue)), (r - y) / (2 * (1 - red))];
}

/** The share of a colour difference, by its sample, in 16 binary places. */
function table(factor: number): Int32Array {
	return Int32Array.from({ length: 256 }, (_, sample) => Math.round(factor * (sample - GREY) * (1 << PLACES)));
}

/**
 * Turns brightness and colour differences of any weights and range into those that a JPEG has: ITU-R BT.601 in full range
 * (ITU-T T.871, section 7). Grey stays grey, so that differences become differences, and brightness needs but their share:
 * planes keep their sizes.
 */
export class ToJpegColours {
	private readonly brightness: Int32Array;
	private readonly shares: readonly [Int32Array, Int32Array];
	private readonly blue: readonly [Int32Array, Int32Array];
	private readonly red: readonly [Int32Array, Int32Array];

	/** @throws Refused for colours of rare kinds */
	constructor({ matrix, isFullRange }: Pick<ColourMeaning, 'matrix' | 'isFullRange'>) {
		const weights = weightsOf(matrix);
		const [low, range, differences] = isFullRange ? [0, 255, 255] : [16, 219, 224];
		const scale = 255 / differences;
		const [ofBlue, blueOfBlue, redOfBlue] = fromRgb(toRgb([0, scale, 0], weights), BT601);
		const [ofRed, blueOfRed, redOfRed] = fromRgb(toRgb([0, 0, scale], weights), BT601);
		this.brightness = Int32Array.from({ length: 256 }, (_, sample) =>
			Math.round(((sample - low) * 255 * (1 << PLACES)) / range),
		);
		this.shares = [table(ofBlue), table(ofRed)];
		this.blue = [table(blueOfBlue), table(blueOfRed)];
		this.red = [table(redOfBlue), table(redOfRed)];
	}

	/** Whether nothing is to be done. */
	static isNeeded({ matrix, isFullRange }: Pick<ColourMeaning, 'matrix' | 'isFullRange'>): boolean {
		const { red, blue } = weightsOf(matrix);
		return !isFullRange || red !== BT601.red || blue !== BT601.blue;
	}

	/**
	 * Turns a row of brightness, in place.
	 * @param samples of the row; without differences in a grey picture
	 * @param shift 1 where a difference covers two pixels
	 */
	turnBrightness(samples: Uint8ClampedArray, blue: Uint8ClampedArray, red: Uint8ClampedArray, shift: number): void {
		const { brightness, shares } = this;
		const [ofBlue, ofRed] = shares;
		const isGrey = blue.length === 0;
		for (let x = 0; x < samples.length; x++) {
			const own = numberAt(brightness, sampleAt(samples, x)) + HALF;
			const share = isGrey
				? 0
				: numberAt(ofBlue, sampleAt(blue, x >> shift)) + numberAt(ofRed, sampleAt(red, x >> shift));
			samples[x] = (own + share) >> PLACES;
		}
	}

	/** Turns a row of differences, in place. */
	turnDifferences(blue: Uint8ClampedArray, red: Uint8ClampedArray): void {
		const middle = (GREY << PLACES) + HALF;
		for (let x = 0; x < blue.length; x++) {
			const b = sampleAt(blue, x);
			const r = sampleAt(red, x);
			blue[x] = (numberAt(this.blue[0], b) + numberAt(this.blue[1], r) + middle) >> PLACES;
			red[x] = (numberAt(this.red[0], b) + numberAt(this.red[1], r) + middle) >> PLACES;
		}
	}
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}

/** As {@link sampleAt}, for numbers. */
function numberAt(numbers: Int32Array, place: number): number {
	return numbers[place] ?? 0;
}
