'use strict';

const { execFile } = require('node:child_process');
const { appendFile, readFile, rm } = require('node:fs/promises');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

/** Empties dist, so that a file deleted from the source is gone from the package too. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Type check of the shipped code. Bundling alone would let type faults through: esbuild strips types unread. */
async function check() {
	await promisify(execFile)(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json']).catch(
		(fault) => {
			throw new Error(fault.stdout || fault.message);
		},
	);
}

/**
 * One self-contained file for each entry that package.json names to n8n. Pure packages go in; n8n-workflow stays out,
 * as n8n gives its own copy to every node (its error classes must be the same ones).
 */
async function bundle() {
	const entries = [...n8n.nodes, ...n8n.credentials];
	const { metafile } = await esbuild.build({
		entryPoints: [
			...entries.map((entry) => entry.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
			...Object.keys(RARE).map((kind) => `${NODE_FOLDER}/${decoderFile(kind)}.ts`),
		],
		plugins: [rareDecoders],
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow'],
		// The package is downloaded at each installation: half of its size was blanks and names.
		minify: true,
		// For whoever has a stack trace to read: beside the files, not in the package.
		sourcemap: 'external',
		legalComments: 'inline',
		logLevel: 'warning',
		metafile: true,
	});
	for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
		const packages = Object.keys(inputs).map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
		for (const name of new Set(packages.filter(Boolean))) await appendLicence(file, name);
	}
}

/** `gulp build --without-heic` leaves HEIC out: the node then refuses such a photo by name, as any other kind that it does not decode. */
const WITHOUT_HEIC = process.argv.includes('--without-heic');
const NODE_FOLDER = 'nodes/ZohoCrmPhoto';

/** The kinds that most workflows never see, and what their decoders' files give. */
const RARE = { tiff: 'openTiff', webp: 'openWebp', ...(WITHOUT_HEIC ? {} : { heic: 'openHeic' }) };
const decoderFile = (kind) => `photo/decode/${kind}/open`;

/**
 * Keeps the decoders of rare kinds files of their own, each loaded when the first such photo comes. (The source imports them:
 * n8n's lint forbids `require` there, and lets it be in what is published for files of the same package.)
 */
const rareDecoders = {
	name: 'rare decoders',
	setup(build) {
		build.onLoad({ filter: /[\\/]decode[\\/]rare\.ts$/ }, () => {
			const loads = Object.entries(RARE).map(
				([kind, name]) => `${kind}: () => require('./${decoderFile(kind)}.js').${name}`,
			);
			const contents = [
				`export const DECODES_HEIC = ${!WITHOUT_HEIC};`,
				`export const RARE_DECODERS = { ${loads.join(', ')} };`,
			];
			return { contents: contents.join('\n') };
		});
		build.onResolve({ filter: /^\.\/photo\/decode\/\w+\/open\.js$/ }, (asked) => ({
			path: asked.path,
			external: true,
		}));
	},
};

/** Adds a bundled package's licence to the built file, as licences ask of copies; a package without one stops the build. */
async function appendLicence(file, name) {
	const { version } = require(`./node_modules/${name}/package.json`);
	const licence = await readFile(`node_modules/${name}/LICENSE`, 'utf8');
	await appendFile(file, `\n/*! Contains ${name} ${version}:\n\n${licence.trim()}\n*/\n`);
}

/** The icons, the codex files (search words and categories) and the output schemas that n8n reads beside the built files. */
function assets() {
	// Each pattern begins with a folder's name: braces there would have gulp walk through node_modules.
	const patterns = ['nodes/**/*.svg', 'credentials/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];
	return src(patterns, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(clean, parallel(check, bundle, assets));
exports.default = exports.build;
