import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, 'corpus');

/** A photo of the committed corpus, with what ImageMagick's identify said of it when the corpus was made. */
export interface CorpusPhoto {
	name: string;
	kind: string;
	width: number;
	height: number;
	bytes: Buffer;
}

/** Every photo that corpus/make.sh made: all must be accepted. */
export const PHOTOS: readonly CorpusPhoto[] = readFileSync(join(FOLDER, 'identified.txt'), 'utf8')
	.trim()
	.split('\n')
	.map((line) => {
		const [name = '', kind = '', width, height] = line.split(' ');
		const bytes = readFileSync(join(FOLDER, 'photos', name));
		return { name, kind, width: Number(width), height: Number(height), bytes };
	});

/** One photo of the corpus by its name, as a copy that may be changed. */
export function photo(name: string): Buffer {
	const found = PHOTOS.find((each) => each.name === name);
	if (found === undefined) throw new Error(`${name} is not in the corpus`);
	return Buffer.from(found.bytes);
}

/** The names of the files that are no photos of the four kinds. */
export const OTHER_NAMES: readonly string[] = readdirSync(join(FOLDER, 'others'));

/** One of the files that are no photos of the four kinds, as a copy that may be changed. */
export function otherFile(name: string): Buffer {
	return readFileSync(join(FOLDER, 'others', name));
}
