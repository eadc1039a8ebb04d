import type { Work } from '../work';

/** Samples between two looks at whether to pause. */
const STEP = 4096;

/** Rounds towards the nearest, after a sum in 16 binary places. */
const HALF = 1 << 15;

/**
 * Turns planes of red, green and blue into brightness and colour differences, in place (ITU-T T.871, section 7: ITU-R
 * BT.601 in full range), with libjpeg's 16 binary places (jccolor.c).
 */
export function* toBrightness(red: Uint8ClampedArray, green: Uint8ClampedArray, blue: Uint8ClampedArray): Work<void> {
	for (let i = 0; i < red.length; i++) {
		const r = sampleAt(red, i);
		const g = sampleAt(green, i);
		const b = sampleAt(blue, i);
		red[i] = (19595 * r + 38470 * g + 7471 * b + HALF) >> 16;
		green[i] = ((-11059 * r - 21709 * g + 32768 * b + HALF - 1) >> 16) + 128;
		blue[i] = ((32768 * r - 27439 * g - 5329 * b + HALF - 1) >> 16) + 128;
		if (i % STEP === STEP - 1) yield STEP >> 1;
	}
}

/** A sample at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function sampleAt(samples: Uint8ClampedArray, place: number): number {
	return samples[place] ?? 0;
}
