import { openWebp } from '../../../nodes/ZohoCrmPhoto/photo/decode/webp/open';
import { differences, fixture, fixtures, reference, samplesOf } from './samples.cts';

test.each(fixtures('webp'))('%s has the samples that libwebp reads', (name) => {
	expect(differences(samplesOf(openWebp(fixture('webp', name))), reference('webp', name))).toEqual({ count: 0 });
});
