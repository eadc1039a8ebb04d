import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Sites } from '../../emulator/network/sites.cts';
import { run } from '../install/command.cts';
import { PACKAGE_NAME } from './pack.cts';

/** The registry that npm, and so n8n's installer, asks unless told otherwise: npm's own default, without a trailing slash. */
async function defaultRegistry(): Promise<string> {
	const asked = await run({ program: 'npm', args: ['config', 'get', 'registry', '--userconfig', '/dev/null'] });
	return asked.trim().replace(/\/$/, '');
}

/** Gives everything an unpublished version needs to be found by n8n's installer and by the npm that it runs. */
async function manifestIn(tarball: string): Promise<Record<string, unknown> & { version: string }> {
	const text = await run({ program: 'tar', args: ['-xzOf', tarball, 'package/package.json'] });
	return JSON.parse(text);
}

/**
 * Lets the emulator answer for the npm registry, as far as this package goes: n8n's own installer then installs the packed
 * tarball by the real npm, through the proxy that it is given anyway.
 *
 * @param tarballs paths, oldest version first; the last one is `latest`
 * @source npm's registry API: package metadata (`dist-tags`, `versions`, `dist.tarball`, `dist.integrity`)
 */
export async function publish(sites: Sites, tarballs: readonly string[]): Promise<void> {
	const registry = await defaultRegistry();
	const answer = (path: string, body: object): void => {
		sites.set(`${registry}${path}`, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
	};
	const versions: Record<string, object> = {};
	let latest = '';
	for (const tarball of tarballs) {
		const bytes = await readFile(tarball);
		const manifest = await manifestIn(tarball);
		const address = `${registry}/${PACKAGE_NAME}/-/${PACKAGE_NAME}-${manifest.version}.tgz`;
		const dist = {
			tarball: address,
			shasum: createHash('sha1').update(bytes).digest('hex'),
			integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
		};
		const metadata = { ...manifest, _id: `${PACKAGE_NAME}@${manifest.version}`, dist };
		versions[manifest.version] = metadata;
		latest = manifest.version;
		sites.set(address, { body: bytes, headers: { 'content-type': 'application/octet-stream' } });
		answer(`/${PACKAGE_NAME}/${manifest.version}`, metadata);
	}
	answer(`/${PACKAGE_NAME}/latest`, versions[latest] ?? {});
	answer(`/${PACKAGE_NAME}`, { _id: PACKAGE_NAME, name: PACKAGE_NAME, 'dist-tags': { latest }, versions });
}
