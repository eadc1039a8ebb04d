import type { Work } from '../../work';
import type { PlaneShape, RowSinks } from '../picture';
import type { ToJpegColours } from './brightness';
import type { Shown } from './container/transforms';
import type { ItemRows } from './itemRows';

/** What a row costs to turn, in the unit of `Work`: a sample's part. */
const SAMPLES_PER_WORK = 4;

/** The same for copying one. */
const SAMPLES_PER_COPY = 16;

/** The part of a picture that is shown. */
type Part = Omit<Shown, 'orientation'>;

/** How the colours of a picture are sampled: log2 of the pixels that one covers. */
export interface Sampling {
	shiftX: number;
	shiftY: number;
	/** 1 for a grey picture, else 3. */
	count: 1 | 3;
}

/** How a chroma format samples colours (ITU-T H.265, table 6-1). */
export function samplingOf(chromaFormat: number): Sampling {
	const isHalfWide = chromaFormat === 1 || chromaFormat === 2;
	return { shiftX: isHalfWide ? 1 : 0, shiftY: chromaFormat === 1 ? 1 : 0, count: chromaFormat === 0 ? 1 : 3 };
}

/** The planes of a picture with its own sampling, as a JPEG has them. */
export function storedPlanes({ shiftX, shiftY, count }: Sampling, width: number, height: number): PlaneShape[] {
	const colour = {
		...{ h: 1, v: 1, difference: true },
		...{ width: Math.ceil(width / (1 << shiftX)), height: Math.ceil(height / (1 << shiftY)) },
	};
	const brightness = { id: 1, h: 1 << shiftX, v: 1 << shiftY, difference: false, width, height };
	return count === 1 ? [brightness] : [brightness, { id: 2, ...colour }, { id: 3, ...colour }];
}

/**
 * Hands over the rows of what is shown of a picture, in its own sampling.
 * @param turning where the colours are not a JPEG's
 */
export function* storedRows(
	rows: ItemRows,
	{ x, y, width, height }: Part,
	{ shiftX, shiftY, count }: Sampling,
	turning: ToJpegColours | undefined,
	sinks: RowSinks,
): Work<void> {
	if (turning !== undefined) {
		yield* turnedRows(rows, { x, y, width, height }, { shiftX, shiftY, count }, turning, sinks);
		return;
	}
	for (let row = y; row < y + height; row++) {
		yield* rows.reach(row);
		for (const [colour, sink] of sinks.planes.entries()) {
			if (colour > 0 && row % (1 << shiftY) !== 0) continue;
			const { samples, at } = rows.row(colour, colour > 0 ? row >> shiftY : row);
			sink.take(samples, at + (colour > 0 ? x >> shiftX : x));
			yield sink.workPerRow + Math.floor(width / SAMPLES_PER_COPY);
		}
	}
}

/** As {@link storedRows}, with the colours turned into a JPEG's. */
function* turnedRows(
	rows: ItemRows,
	{ x, y, width, height }: Part,
	{ shiftX, shiftY, count }: Sampling,
	turning: ToJpegColours,
	sinks: RowSinks,
): Work<void> {
	const [brightness, blue, red] = sinks.planes;
	const colourWidth = count === 1 ? 0 : Math.ceil(width / (1 << shiftX));
	const line = new Uint8ClampedArray(width);
	const blueLine = new Uint8ClampedArray(colourWidth);
	const redLine = new Uint8ClampedArray(colourWidth);
	const copy = (colour: number, row: number, left: number, out: Uint8ClampedArray) => {
		const { samples, at } = rows.row(colour, row);
		out.set(samples.subarray(at + left, at + left + out.length));
	};
	for (let row = y; row < y + height; row++) {
		yield* rows.reach(row);
		copy(0, row, x, line);
		if (count === 3) {
			copy(1, row >> shiftY, x >> shiftX, blueLine);
			copy(2, row >> shiftY, x >> shiftX, redLine);
		}
		turning.turnBrightness(line, blueLine, redLine, shiftX);
		brightness?.take(line, 0);
		yield (brightness?.workPerRow ?? 0) + Math.floor(width / SAMPLES_PER_WORK);
		if (count === 1 || row % (1 << shiftY) !== 0) continue;
		turning.turnDifferences(blueLine, redLine);
		blue?.take(blueLine, 0);
		red?.take(redLine, 0);
		yield (blue?.workPerRow ?? 0) + (red?.workPerRow ?? 0) + Math.floor(width / SAMPLES_PER_WORK);
	}
}
