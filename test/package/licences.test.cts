import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT } from './packed.cts';

const BUILT = ['dist/nodes/ZohoCrmPhoto/ZohoCrmPhoto.node.js', 'dist/credentials/ZohoCrmPhotoOAuth2Api.credentials.js'];

/** The packages that were taken into a built file: esbuild writes each source file's path before its code. */
function packagesIn(built: string): string[] {
	const paths = built.matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm);
	return [...new Set([...paths].flatMap(([, name]) => name ?? []))];
}

test.each(BUILT)('%s has the licence of every package in it, as those licences ask', (file) => {
	const built = readFileSync(path.join(PROJECT, file), 'utf8');
	for (const name of packagesIn(built)) {
		const licence = readFileSync(path.join(PROJECT, 'node_modules', name, 'LICENSE'), 'utf8');
		expect(built).toContain(licence.trim());
	}
});

test('the node has image-size in it', () => {
	expect(packagesIn(readFileSync(path.join(PROJECT, 'dist/nodes/ZohoCrmPhoto/ZohoCrmPhoto.node.js'), 'utf8'))).toEqual([
		'image-size',
	]);
});
