import { openJpeg } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/open';
import { openTiff } from '../../../nodes/ZohoCrmPhoto/photo/decode/tiff/open';
import { differences, fixture, fixtures, reference, samplesOf } from './samples.cts';

/** JPEG decoders differ by a step or two, and where colours have fewer samples than pixels by some more. */
function tolerance(name: string): number {
	// What was multiplied by a small alpha comes back in steps, whichever way they are rounded.
	if (name.startsWith('associated')) return 1;
	return name.startsWith('jpeg-') ? (name.includes('rgb') || name.includes('grey') ? 2 : 4) : 0;
}

test.each(fixtures('tiff'))('%s has the samples that libtiff reads', (name) => {
	const seen = samplesOf(openTiff(fixture('tiff', name), openJpeg));
	expect(differences(seen, reference('tiff', name), tolerance(name))).toEqual({ count: 0 });
});

test.each(fixtures('inks'))('%s has the inks that libtiff reads, left out', (name) => {
	const picture = openTiff(fixture('inks', name), openJpeg);
	expect(picture.metadata.isInkLeftOut).toBe(true);
	const inks = Buffer.from(samplesOf(picture).map((sample) => 255 - sample));
	expect(inks.equals(reference('inks', name))).toBe(true);
});
