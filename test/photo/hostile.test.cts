import { PHOTOS, OTHER_NAMES, otherFile } from './corpus.cts';
import { HOSTILE } from './hostile.cts';
import { judged, LONGEST_CHECK } from './judge.cts';
import { mutated, seeded } from './mutate.cts';

/**
 * In plain passes. The true limit is held to by long/fuzz.cts; here, where a coverage or mutation run may have put
 * counters into every branch, thirty times that still tells a linear check from any other, which would take minutes.
 */
const LONGEST_INSTRUMENTED_CHECK = 30 * LONGEST_CHECK;

describe('a file of 10 MiB made to be slow to check', () => {
	it.each(HOSTILE)('is checked in time: %s', (_, make) => {
		const { fault, passes } = judged(make());
		expect(fault).toBeUndefined();
		expect(passes).toBeLessThan(LONGEST_INSTRUMENTED_CHECK);
	});
});

describe('5,000 damaged files', () => {
	const seed = Math.floor(Math.random() * 2 ** 32);

	it(`each get a verdict, in time (seed ${seed})`, () => {
		const samples = [...PHOTOS.map(({ bytes }) => bytes), ...OTHER_NAMES.map(otherFile)];
		const random = seeded(seed);
		for (let count = 0; count < 5000; count += 1) {
			const { bytes, done } = mutated(samples, random);
			const { fault, passes } = judged(bytes);
			if (fault !== undefined || passes > LONGEST_INSTRUMENTED_CHECK) {
				throw new Error(`seed ${seed}, input ${count} (${done}): ${fault ?? `${passes} plain passes`}`);
			}
		}
	});
});
