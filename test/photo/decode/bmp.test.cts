import { openBmp } from '../../../nodes/ZohoCrmPhoto/photo/decode/bmp/open';
import { differences, fixture, fixtures, reference, samplesOf } from './samples.cts';

/**
 * Where colours have fewer than 8 bits, programs round them up to 8 in ways of their own; ImageMagick leaves the lower half of
 * four bits empty.
 */
function tolerance(name: string): number {
	if (name.includes('4444')) return 15;
	return /555|565/.test(name) ? 1 : 0;
}

test.each(fixtures('bmp'))('%s has the samples that ImageMagick reads', (name) => {
	const seen = samplesOf(openBmp(fixture('bmp', name)));
	expect(differences(seen, reference('bmp', name), tolerance(name))).toEqual({ count: 0 });
});
