import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { openHeic } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/open';
import { fixture, fixtures } from '../samples.cts';
import { planesOf } from './planes.cts';
import { TOOLS } from './tools.cts';

/** What ffmpeg reads; see `make.cts`. */
function reference(name: string): Buffer {
	return gunzipSync(readFileSync(join(__dirname, `../fixtures/heic/${name}.planes.gz`)));
}

const OF_X265 = fixtures('heic').filter((name) => !(name.replace('.heic', '') in TOOLS));

test.each(OF_X265)('%s has the samples that ffmpeg reads', (name) => {
	const picture = openHeic(fixture('heic', name));
	expect(picture).toMatchObject({ colours: 'stored', hasAlpha: false });
	const seen = planesOf(picture);
	const expected = reference(name);
	expect(seen.length).toBe(expected.length);
	expect(seen.findIndex((sample, i) => sample !== expected[i])).toBe(-1);
});
