import { predictAtAngle } from './angles';
import type { CodedPicture } from './codedPicture';
import { MODE } from './intraModes';
import { Neighbours } from './neighbours';

/** The side of blocks that are not smoothed towards their neighbours any more. */
const LARGE = 32;

/** Predicts blocks from what is decoded around them (ITU-T H.265, 8.4.4.2). */
export class Predictor {
	private readonly neighbours: Neighbours;

	constructor(private readonly picture: CodedPicture) {
		this.neighbours = new Neighbours(picture);
	}

	/**
	 * Predicts a block.
	 * @param colour 0 is luma
	 * @param x in samples of that colour
	 * @param log log2 of the block's side
	 */
	predict(colour: number, x: number, y: number, log: number, mode: number): void {
		const { picture, neighbours } = this;
		const plane = picture.planes[colour];
		if (plane === undefined) return;
		const { samples, stride, origin, depth } = plane;
		const { chromaFormat, hasStrongSmoothing } = picture.sps;
		const side = 1 << log;
		const at = y * stride + x - origin;
		neighbours.gather(plane, x, y, side);
		if (colour === 0 || chromaFormat === 3) {
			neighbours.smooth(side, mode, depth, colour === 0 && hasStrongSmoothing);
		}
		const { line } = neighbours;
		const isEdged = colour === 0 && side < LARGE;
		if (mode === MODE.PLANAR) predictPlanar(samples, at, stride, log, line);
		else if (mode === MODE.MEAN) predictMean(samples, at, stride, log, line, isEdged);
		else predictAtAngle(samples, at, stride, log, line, mode, isEdged ? (1 << depth) - 1 : 0);
	}
}

/** ITU-T H.265, 8.4.4.2.4. */
function predictPlanar(samples: Uint16Array, at: number, stride: number, log: number, line: Int32Array): void {
	const side = 1 << log;
	const corner = 2 * side;
	const right = numberAt(line, corner + 1 + side);
	const lower = numberAt(line, corner - 1 - side);
	for (let y = 0, place = at; y < side; y++, place += stride) {
		const left = numberAt(line, corner - 1 - y);
		const up = side - 1 - y;
		let rest = (y + 1) * lower + side + (side - 1) * left + right;
		for (let x = 0; x < side; x++) {
			samples[place + x] = (up * numberAt(line, corner + 1 + x) + rest) >> (log + 1);
			rest += right - left;
		}
	}
}

/** ITU-T H.265, 8.4.4.2.5. */
function predictMean(
	samples: Uint16Array,
	at: number,
	stride: number,
	log: number,
	line: Int32Array,
	isEdged: boolean,
): void {
	const side = 1 << log;
	const corner = 2 * side;
	let sum = side;
	for (let i = 1; i <= side; i++) sum += numberAt(line, corner + i) + numberAt(line, corner - i);
	const mean = sum >> (log + 1);
	for (let y = 0, place = at; y < side; y++, place += stride) samples.fill(mean, place, place + side);
	if (!isEdged) return;
	samples[at] = (numberAt(line, corner - 1) + 2 * mean + numberAt(line, corner + 1) + 2) >> 2;
	for (let i = 1; i < side; i++) {
		samples[at + i] = (numberAt(line, corner + 1 + i) + 3 * mean + 2) >> 2;
		samples[at + i * stride] = (numberAt(line, corner - 1 - i) + 3 * mean + 2) >> 2;
	}
}

/** A number at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function numberAt(numbers: Int32Array, place: number): number {
	return numbers[place] ?? 0;
}
