import { openGif } from '../../../nodes/ZohoCrmPhoto/photo/decode/gif/open';
import { differences, fixture, fixtures, reference, samplesOf } from './samples.cts';

test.each(fixtures('gif'))('%s has the samples that ImageMagick reads', (name) => {
	expect(differences(samplesOf(openGif(fixture('gif', name))), reference('gif', name))).toEqual({ count: 0 });
});
