import type { Spread } from './spread';

/** The exponent that screens, and so JPEGs without a profile, are taken to have. */
const SCREEN = 2.2;

/** How near to one an exponent counts as one, as libpng's png_gamma_significant has it. */
const SIGNIFICANT = 0.05;

/**
 * Turns samples into those of a usual screen where the file says that they are of another one (PNG specification, third edition,
 * section 11.3.2.2 and annex C).
 * @param gamma of the gAMA chunk, times 100,000: the exponent from light to samples
 */
export function withGamma(spread: Spread, gamma: number): Spread {
	const exponent = 100_000 / (gamma * SCREEN);
	if (gamma === 0 || Math.abs(exponent - 1) < SIGNIFICANT) return spread;
	const table = Uint8ClampedArray.from({ length: 256 }, (_, sample) => 255 * (sample / 255) ** exponent);
	return {
		...spread,
		take: (row, pixels) => {
			spread.take(row, pixels);
			for (const plane of spread.planes) {
				for (let x = 0; x < pixels; x++) plane[x] = sampleAt(table, sampleAt(plane, x));
			}
		},
	};
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}
