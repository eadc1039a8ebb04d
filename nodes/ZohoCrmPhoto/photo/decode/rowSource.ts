import type { Work } from '../work';
import type { RowSinks } from './picture';

/** Rows of samples that a decoder fills before it hands them over. */
export interface Lines {
	planes: readonly Uint8ClampedArray[];
	alpha?: Uint8ClampedArray | undefined;
}

/** Empty rows for a picture of a width, of `count` planes. */
export function linesFor(width: number, count: number, hasAlpha: boolean): Lines {
	const line = () => new Uint8ClampedArray(width);
	return { planes: Array.from({ length: count }, line), ...(hasAlpha && { alpha: line() }) };
}

/** Hands a row over: alpha first, as `OpenPicture` has it. */
export function* handOver(lines: Lines, sinks: RowSinks): Work<void> {
	if (sinks.alpha !== undefined && lines.alpha !== undefined) {
		sinks.alpha.take(lines.alpha, 0);
		yield sinks.alpha.workPerRow;
	}
	for (const [i, sink] of sinks.planes.entries()) {
		const line = lines.planes[i];
		if (line !== undefined) sink.take(line, 0);
		yield sink.workPerRow;
	}
}
