import type { Work } from '../../work';
import type { RowSinks } from '../picture';
import type { PngHeader } from './header';
import type { PngRows } from './rows';
import type { Spread } from './spread';

/** The seven passes: first column and row, and the steps to the next ones (PNG specification, third edition, section 8.1). */
const PASSES = [
	[0, 0, 8, 8],
	[4, 0, 8, 8],
	[0, 4, 4, 8],
	[2, 0, 4, 4],
	[0, 2, 2, 4],
	[1, 0, 2, 2],
	[0, 1, 1, 2],
] as const;

/** The sizes in pixels of the passes of a picture that have pixels (section 8.1). */
export function passesOf({ width, height }: PngHeader): Array<{ width: number; height: number }> {
	return PASSES.map(([left, top, right, down]) => ({
		width: Math.max(0, Math.ceil((width - left) / right)),
		height: Math.max(0, Math.ceil((height - top) / down)),
	})).filter((pass) => pass.width > 0);
}

/**
 * Decodes an interlaced picture: its first rows are whole only with the last pass, so it is held, one byte a sample.
 * @param rows at the beginning of the data
 */
export function* interlacedRows(header: PngHeader, rows: PngRows, spread: Spread, sinks: RowSinks): Work<void> {
	const { width, height } = header;
	const lines = [...spread.planes, ...(spread.alpha === undefined ? [] : [spread.alpha])];
	const held = lines.map((line) => ({ line, samples: new Uint8ClampedArray(width * height) }));
	for (const [left, top, right, down] of PASSES) {
		const pixels = Math.ceil((width - left) / right);
		if (pixels <= 0) continue;
		rows.begin(pixels);
		for (let y = top; y < height; y += down) {
			spread.take(yield* rows.next(), pixels);
			for (const { line, samples } of held) place(line, pixels, samples, y * width + left, right);
			yield pixels * lines.length;
		}
	}
	for (let y = 0; y < height; y++) {
		const alpha = held[spread.planes.length];
		if (sinks.alpha !== undefined && alpha !== undefined) {
			sinks.alpha.take(alpha.samples, y * width);
			yield sinks.alpha.workPerRow;
		}
		for (const [i, sink] of sinks.planes.entries()) {
			const plane = held[i];
			if (plane !== undefined) sink.take(plane.samples, y * width);
			yield sink.workPerRow;
		}
	}
}

function place(line: Uint8ClampedArray, pixels: number, samples: Uint8ClampedArray, from: number, step: number): void {
	for (let x = 0, at = from; x < pixels; x++, at += step) samples[at] = line[x] ?? 0;
}
