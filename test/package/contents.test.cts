import { execFile } from 'node:child_process';
import { access, mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import * as esbuild from 'esbuild';

import { pack, PROJECT, type Packed } from './packed.cts';

/**
 * n8n downloads the package when it is installed, and each of its processes loads the node's file at start. 145 kB packed and 393 kB
 * unpacked were measured: room for some more, and none for a bundled n8n-workflow, a test photo or a source map.
 */
const MOST_TARBALL_BYTES = 150_000;
const MOST_UNPACKED_BYTES = 410_000;

/** What n8n gives every node (n8n-workflow), and the one module of Node.js that n8n's rules for verified nodes allow. */
const RESOLVABLE_IN_N8N = ['crypto', 'n8n-workflow', 'node:crypto'];

const NODE_FILE = 'dist/nodes/ZohoCrmPhoto/ZohoCrmPhoto.node.js';
/** Decoders of kinds that most workflows never see. */
const RARE_FILES = ['heic', 'tiff', 'webp'].map((kind) => `dist/nodes/ZohoCrmPhoto/photo/decode/${kind}/open.js`);
const CREDENTIAL_FILE = 'dist/credentials/ZohoCrmPhotoOAuth2Api.credentials.js';

/** The output schemas, one for each operation. */
const SCHEMAS = ['photo', 'imageField'].flatMap((resource) =>
	['upload', 'download', 'delete'].map((name) => `__schema__/v1.0.0/${resource}/${name}.json`),
);

let packed: Packed;

beforeAll(async () => {
	packed = await pack();
}, 60_000);

afterAll(async () => {
	await packed.remove();
});

test('the package holds the build, the entry file and the three files that npm always adds, and nothing else', () => {
	expect(packed.files.map((file) => file.path).sort()).toEqual(
		[
			'LICENSE',
			'README.md',
			'index.js',
			'package.json',
			CREDENTIAL_FILE,
			'dist/credentials/zohoCrmPhoto.dark.svg',
			'dist/credentials/zohoCrmPhoto.svg',
			NODE_FILE,
			...RARE_FILES,
			'dist/nodes/ZohoCrmPhoto/ZohoCrmPhoto.node.json',
			...SCHEMAS.map((file) => `dist/nodes/ZohoCrmPhoto/${file}`),
			'dist/nodes/ZohoCrmPhoto/zohoCrmPhoto.dark.svg',
			'dist/nodes/ZohoCrmPhoto/zohoCrmPhoto.svg',
		].sort(),
	);
});

test('the package is small', () => {
	const unpacked = packed.files.reduce((sum, file) => sum + file.size, 0);
	expect(packed.tarballBytes).toBeLessThan(MOST_TARBALL_BYTES);
	expect(unpacked).toBeLessThan(MOST_UNPACKED_BYTES);
	expect(unpacked).toBeGreaterThan(0);
});

test('package.json asks npm for nothing but the n8n-workflow that n8n gives', async () => {
	const manifest: unknown = JSON.parse(await readFile(path.join(packed.folder, 'package.json'), 'utf8'));
	expect(manifest).toMatchObject({
		name: 'n8n-nodes-zoho-crm-photo',
		license: 'MIT',
		keywords: expect.arrayContaining(['n8n-community-node-package']),
		peerDependencies: { 'n8n-workflow': '*' },
		n8n: { n8nNodesApiVersion: 1, strict: true, nodes: [NODE_FILE], credentials: [CREDENTIAL_FILE] },
	});
	expect(manifest).toHaveProperty('peerDependencies', { 'n8n-workflow': '*' });
	for (const absent of [
		'dependencies',
		'optionalDependencies',
		'bundledDependencies',
		'bundleDependencies',
		'overrides',
		'bin',
	]) {
		expect(manifest).not.toHaveProperty(absent);
	}
});

test.each([NODE_FILE, ...RARE_FILES, CREDENTIAL_FILE])('%s asks for no module that n8n does not give', async (file) => {
	const { metafile } = await esbuild.build({
		entryPoints: [path.join(packed.folder, file)],
		bundle: true,
		write: false,
		metafile: true,
		packages: 'external',
		platform: 'node',
	});
	const [output] = Object.values(metafile.outputs);
	const asked = output?.imports.map((module) => module.path) ?? [];
	expect(asked.filter((module) => !RESOLVABLE_IN_N8N.includes(module))).toEqual([]);
	expect(await readFile(path.join(packed.folder, file), 'utf8')).not.toContain('sourceMappingURL');
});

test('loads in a process of its own that finds n8n-workflow only, with every icon it names', async () => {
	const modules = path.join(packed.folder, 'node_modules');
	await mkdir(modules);
	await symlink(path.join(PROJECT, 'node_modules', 'n8n-workflow'), path.join(modules, 'n8n-workflow'), 'junction');
	const program = `
		const entry = require('./index.js');
		const { ZohoCrmPhoto } = require('./${NODE_FILE}');
		const { ZohoCrmPhotoOAuth2Api } = require('./${CREDENTIAL_FILE}');
		const { description } = new ZohoCrmPhoto();
		const credential = new ZohoCrmPhotoOAuth2Api();
		const files = Object.keys(require.cache).filter((file) => file.includes('decode'));
		console.log(JSON.stringify({ entry, node: description, credential, files }));`;
	const { NODE_PATH: _, NODE_OPTIONS: __, ...env } = process.env;
	const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: packed.folder, env });
	const loaded: unknown = JSON.parse(stdout);

	const icon = { light: 'file:zohoCrmPhoto.svg', dark: 'file:zohoCrmPhoto.dark.svg' };
	expect(loaded).toMatchObject({
		entry: {},
		files: [],
		node: { name: 'zohoCrmPhoto', icon, credentials: [{ name: 'zohoCrmPhotoOAuth2Api', required: true }] },
		credential: { name: 'zohoCrmPhotoOAuth2Api', icon, extends: ['oAuth2Api'] },
	});
	for (const file of Object.values(icon)) {
		const name = file.replace('file:', '');
		await access(path.join(packed.folder, path.dirname(NODE_FILE), name));
		await access(path.join(packed.folder, path.dirname(CREDENTIAL_FILE), name));
	}
}, 30_000);

test('the decoders of rare kinds are no part of what is loaded at start', async () => {
	const node = await readFile(path.join(packed.folder, NODE_FILE), 'utf8');
	for (const file of RARE_FILES) {
		expect(node).toContain(`require("./${path.posix.relative(path.posix.dirname(NODE_FILE), file)}")`);
	}
	// Words of HEVC's decoder alone: nothing of it came along by another way.
	const words = 'a number in its headers has no end';
	const [heic = ''] = RARE_FILES;
	expect(await readFile(path.join(packed.folder, heic), 'utf8')).toContain(words);
	expect(node).not.toContain(words);
});

test('the codex file beside the node names it as n8n does, package and node', async () => {
	const codex: unknown = JSON.parse(
		await readFile(path.join(packed.folder, NODE_FILE.replace('.js', '.json')), 'utf8'),
	);
	expect(codex).toMatchObject({
		node: 'n8n-nodes-zoho-crm-photo.zohoCrmPhoto',
		codexVersion: '1.0',
		categories: expect.arrayContaining(['Sales']),
		alias: expect.arrayContaining(['Zoho', 'Photo']),
	});
});

test("n8n's own resolver finds a schema for every operation of every resource, by the node's place and version", async () => {
	const program = `
		const { ZohoCrmPhoto } = require(process.argv[1]);
		const { loadOutputSchema } = require(process.argv[2]);
		const { properties, version } = new ZohoCrmPhoto().description;
		const found = {};
		for (const { name, options, displayOptions } of properties) {
			if (name !== 'operation') continue;
			for (const resource of displayOptions?.show?.resource ?? ['photo']) {
				for (const { value: operation } of options) {
					const schema = loadOutputSchema({ nodeDir: require('path').dirname(process.argv[1]), version, resource, operation });
					found[resource + '/' + operation] = Object.keys(schema?.properties ?? {});
				}
			}
		}
		console.log(JSON.stringify(found));`;
	const resolver = path.join(PROJECT, 'node_modules/n8n-core/dist/nodes-loader/output-schema-resolver.js');
	const args = ['-e', program, path.join(PROJECT, NODE_FILE), resolver];
	const { stdout } = await promisify(execFile)(process.execPath, args);
	const found: unknown = JSON.parse(stdout);
	expect(found).toMatchObject({
		'photo/upload': expect.arrayContaining(['module', 'recordId', 'photo']),
		'photo/download': expect.arrayContaining(['hasPhoto']),
		'photo/delete': expect.arrayContaining(['status']),
		'imageField/upload': expect.arrayContaining(['imageField', 'uploaded', 'images', 'status']),
		'imageField/download': expect.arrayContaining(['hasImages', 'images']),
		'imageField/delete': expect.arrayContaining(['deleted', 'images', 'status']),
	});
	expect(Object.values(Object(found))).not.toContainEqual([]);
}, 60_000);
