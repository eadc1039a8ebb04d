import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FOLDER = join(__dirname, 'fixtures');

/** A file that a real encoder wrote; see `fixtures/make.sh`. @param name without the extension */
export function fixture(name: string): Buffer {
	return readFileSync(join(FOLDER, `${name}.jpg`));
}

/** What ImageMagick makes of a fixture at 67 x 44 pixels: raw interleaved samples. */
export function reference(name: string, kind: 'rgb' | 'gray' | 'cmyk'): Buffer {
	return gunzipSync(readFileSync(join(FOLDER, 'references', `${name}.${kind}.gz`)));
}
