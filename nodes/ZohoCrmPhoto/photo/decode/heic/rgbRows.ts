import type { Work } from '../../work';
import type { RowSinks } from '../picture';
import { MATRIX, type ColourMeaning, weightsOf } from './colourMeaning';
import type { Shown } from './container/transforms';
import type { ItemRows } from './itemRows';
import type { Sampling } from './storedRows';

/** What a row costs to turn, in the unit of `Work`: a pixel's part. */
const PIXELS_PER_WORK = 1;

const GREY = 128;

/** The alpha of a picture: an item of its own, of any size. */
export interface AlphaItem {
	rows: ItemRows;
	width: number;
	height: number;
	/** Whether the colours are multiplied by it. */
	isMultiplied: boolean;
}

/**
 * Hands over the rows of what is shown of a picture in red, green and blue (or in grey), with its alpha. A colour difference stands
 * for all pixels that it covers.
 * @param size of the whole picture, which alpha is stretched to
 */
export function* rgbRows(
	rows: ItemRows,
	size: { width: number; height: number },
	{ x, y, width, height }: Shown,
	sampling: Sampling,
	meaning: ColourMeaning,
	alpha: AlphaItem | undefined,
	sinks: RowSinks,
): Work<void> {
	const pixels = new PixelRow(width, sampling, meaning);
	const opacity = new Uint8ClampedArray(width);
	for (let row = y; row < y + height; row++) {
		if (alpha !== undefined) {
			const alphaRow = Math.floor((row * alpha.height) / size.height);
			yield* alpha.rows.reach(alphaRow);
			const { samples, at } = alpha.rows.row(0, alphaRow);
			for (let i = 0; i < width; i++) opacity[i] = samples[at + Math.floor(((x + i) * alpha.width) / size.width)] ?? 0;
			sinks.alpha?.take(opacity, 0);
			yield sinks.alpha?.workPerRow ?? 0;
		}
		yield* rows.reach(row);
		pixels.read(rows, x, row);
		yield Math.floor(width / PIXELS_PER_WORK);
		for (const [i, line] of pixels.lines.entries()) {
			if (alpha?.isMultiplied === true) divide(line, opacity);
			const sink = sinks.planes[i];
			sink?.take(line, 0);
			yield sink?.workPerRow ?? 0;
		}
	}
}

/** A row of red, green and blue, or of grey. */
class PixelRow {
	readonly lines: readonly Uint8ClampedArray[];
	private readonly low: number;
	private readonly scale: number;
	private readonly differenceScale: number;
	private readonly isIdentity: boolean;
	private readonly red: number;
	private readonly blue: number;

	constructor(
		width: number,
		private readonly sampling: Sampling,
		{ matrix, isFullRange }: ColourMeaning,
	) {
		this.lines = Array.from({ length: sampling.count }, () => new Uint8ClampedArray(width));
		this.low = isFullRange ? 0 : 16;
		this.scale = isFullRange ? 1 : 255 / 219;
		this.differenceScale = isFullRange ? 1 : 255 / 224;
		this.isIdentity = matrix === MATRIX.IDENTITY;
		const { red, blue } = this.isIdentity ? { red: 0, blue: 0 } : weightsOf(matrix);
		this.red = red;
		this.blue = blue;
	}

	read(rows: ItemRows, left: number, y: number): void {
		const { sampling, lines, low, scale, differenceScale, red, blue } = this;
		const { shiftX, shiftY, count } = sampling;
		const first = rows.row(0, y);
		const second = rows.row(count === 1 ? 0 : 1, y >> shiftY);
		const third = rows.row(count === 1 ? 0 : 2, y >> shiftY);
		const [one = NONE, two = NONE, three = NONE] = lines;
		for (let i = 0; i < one.length; i++) {
			const x = left + i;
			const brightness = (sampleAt(first.samples, first.at + x) - low) * scale;
			if (count === 1) {
				one[i] = brightness;
				continue;
			}
			const b = sampleAt(second.samples, second.at + (x >> shiftX));
			const r = sampleAt(third.samples, third.at + (x >> shiftX));
			if (this.isIdentity) {
				// ITU-T H.273, 8.3: green, blue, red.
				two[i] = brightness;
				three[i] = (b - low) * scale;
				one[i] = (r - low) * scale;
				continue;
			}
			const redValue = brightness + 2 * (1 - red) * (r - GREY) * differenceScale;
			const blueValue = brightness + 2 * (1 - blue) * (b - GREY) * differenceScale;
			one[i] = redValue;
			two[i] = (brightness - red * redValue - blue * blueValue) / (1 - red - blue);
			three[i] = blueValue;
		}
	}
}

const NONE = new Uint8ClampedArray(0);

/** Takes the multiplication by alpha back. */
function divide(line: Uint8ClampedArray, opacity: Uint8ClampedArray): void {
	for (let i = 0; i < line.length; i++) {
		const part = sampleAt(opacity, i);
		if (part > 0 && part < 255) line[i] = (sampleAt(line, i) * 255) / part;
	}
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}
