import { openPng } from '../../../nodes/ZohoCrmPhoto/photo/decode/png/open';
import { pngChunk } from '../../../nodes/ZohoCrmPhoto/photo/formats/pngChunks';
import { differences, finished, fixture, fixtures, reference, samplesOf } from './samples.cts';

test.each(fixtures('png'))('%s has the samples that libpng reads', (name) => {
	const picture = finished(openPng(fixture('png', name)));
	expect(differences(samplesOf(picture), reference('png', name))).toEqual({ count: 0 });
});

describe('a file that says of what screen its samples are', () => {
	const file = fixture('png', 'rgb-8.png');
	const plain = samplesOf(finished(openPng(file)));
	const withChunks = (...chunks: Buffer[]) => {
		const bare = Buffer.concat([file.subarray(0, 33), ...chunks, file.subarray(file.indexOf('IDAT') - 4)]);
		return samplesOf(finished(openPng(bare)));
	};
	const gamma = (value: number) => pngChunk('gAMA', Buffer.of(0, value >> 16, (value >> 8) & 255, value & 255));

	test.each([
		[100_000, 1 / 2.2],
		[55_556, 0.8182],
		[30_000, 1.515],
	])('with gamma %i is shown as on a usual one', (value, exponent) => {
		const shown = plain.map((sample, i) => (i % 4 === 3 ? sample : Math.round(255 * (sample / 255) ** exponent)));
		expect(differences(withChunks(gamma(value)), Buffer.from(shown), 1)).toEqual({ count: 0 });
	});

	test('that is a usual one, or is told more exactly, stays as it is', () => {
		expect(withChunks(gamma(45_455)).equals(plain)).toBe(true);
		expect(withChunks(gamma(100_000), pngChunk('sRGB', Buffer.of(0))).equals(plain)).toBe(true);
	});
});
