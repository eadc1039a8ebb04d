import { openPng } from '../../../nodes/ZohoCrmPhoto/photo/decode/png/open';
import { differences, finished, fixture, fixtures, reference, samplesOf } from './samples.cts';

test.each(fixtures('png'))('%s has the samples that libpng reads', (name) => {
	const picture = finished(openPng(fixture('png', name)));
	expect(differences(samplesOf(picture), reference('png', name))).toEqual({ count: 0 });
});
