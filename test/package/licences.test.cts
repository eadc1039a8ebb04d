import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT } from './packed.cts';

const NODE_FILE = 'dist/nodes/ZohoCrmPhoto/ZohoCrmPhoto.node.js';
const DECODERS = ['heic', 'tiff', 'webp'].map((kind) => `dist/nodes/ZohoCrmPhoto/photo/decode/${kind}/open.js`);
const BUILT = [NODE_FILE, ...DECODERS, 'dist/credentials/ZohoCrmPhotoOAuth2Api.credentials.js'];

/** The packages that were taken into a built file: its source map names each source file. */
function packagesIn(file: string): string[] {
	const map: { sources: string[] } = JSON.parse(readFileSync(path.join(PROJECT, `${file}.map`), 'utf8'));
	const names = map.sources.map((source) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1]);
	return [...new Set(names.flatMap((name) => name ?? []))];
}

test.each(BUILT)('%s has the licence of every package in it, as those licences ask', (file) => {
	const built = readFileSync(path.join(PROJECT, file), 'utf8');
	for (const name of packagesIn(file)) {
		const licence = readFileSync(path.join(PROJECT, 'node_modules', name, 'LICENSE'), 'utf8');
		expect(built).toContain(licence.trim());
	}
});

test('the node has image-size in it', () => {
	expect(packagesIn(NODE_FILE)).toEqual(['image-size']);
});
