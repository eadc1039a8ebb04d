/**
 * HEIC against other programs' eyes: bitstreams of x265 with its options crossed, sample by sample against ffmpeg; what is expected of the
 * streams in `../tools.cts`, against ffmpeg, too; files of heif-enc, and turned and cut ones, against heif-convert; and the time, memory and steps that a phone's photo takes.
 *
 * Needs the Debian packages ffmpeg, imagemagick and libheif-examples. Run with
 * `node --require tsx/cjs test/photo/decode/heic/long/oracle.cts`.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHeic } from '../../../../../nodes/ZohoCrmPhoto/photo/decode/heic/open';
import { fitPhoto } from '../../../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { convert, Report, run } from '../../../fit/long/tools.cts';
import { fixture } from '../../samples.cts';
import { bitstreamOf, withStartCodes } from '../bitstream.cts';
import { encoded, readByFfmpeg, samplesByFfmpeg, type Encoding } from '../ffmpeg.cts';
import { heicFile, itemOf, PROPERTY, unitsOf, type Item } from '../heicFile.cts';
import { planesOf } from '../planes.cts';
import { TOOLS } from '../tools.cts';

const FORMATS = ['yuv420p', 'yuv422p', 'yuv444p', 'gray', 'yuv420p10', 'yuv422p10', 'yuv444p10', 'yuv420p12'];
const SIZES = ['320x240', '200x136', '66x50'];

/** Options of x265, each of which switches a tool of the standard or has it used in another way. */
const OPTIONS = [
	...[
		'ctu=16',
		'ctu=32:min-cu-size=16',
		'min-cu-size=32',
		'max-tu-size=16',
		'max-tu-size=4:ctu=16',
		'rd=6:tu-intra-depth=4',
	],
	...['slices=3:ctu=32', 'slices=5:ctu=16', 'wpp=1:ctu=16', 'wpp=1:slices=4:ctu=16', 'wpp=0', 'slices=2:sao=1:crf=36'],
	...['tskip=1:crf=14', 'lossless=1', 'lossless=1:ctu=16:max-tu-size=8', 'cu-lossless=1:crf=6:rd=4'],
	...['scaling-list=default', 'aq-mode=3:aq-strength=3:qg-size=8', 'aq-mode=1:aq-strength=3:qg-size=16'],
	...['sao=0', 'deblock=0', 'deblock=5,-4:crf=38', 'deblock=-4,5:crf=40', 'limit-sao=1:crf=40'],
	...['cbqpoffs=6:crqpoffs=-7', 'signhide=0', 'strong-intra-smoothing=0:crf=40', 'crf=0', 'crf=51'],
];

function itemOfStream(stream: Buffer, ...properties: Buffer[]): Item {
	const { parameterSets, slices } = unitsOf(stream);
	return { type: 'hvc1', data: itemOf(slices), properties: [PROPERTY.decoder(parameterSets), ...properties] };
}

const FULL = PROPERTY.colours(1, 13, 6, true);

function againstFfmpeg(report: Report, encoding: Partial<Encoding>): void {
	const stream = encoded(encoding);
	const seen = planesOf(openHeic(heicFile([itemOfStream(stream, FULL)])));
	const expected = readByFfmpeg(stream, encoding);
	report.check(`${Object.values(encoding).join(' ')}: samples as ffmpeg reads them`, seen.equals(expected));
}

/** How near two pictures are, in decibels, the first laid on white and turned by its Exif. */
function likeness(seen: string, expected: string): number {
	const lay = ['-background', 'white', '-alpha', 'remove'];
	const [a, b] = [`${seen}.a.png`, `${expected}.b.png`];
	convert(seen, ...lay, '-auto-orient', a);
	convert(expected, ...lay, b);
	const said = run('/bin/sh', '-c', `/usr/bin/compare -metric PSNR ${a} ${b} null: 2>&1 || true`).toString();
	return said.startsWith('inf') ? Infinity : Number.parseFloat(said);
}

async function againstLibheif(
	report: Report,
	folder: string,
	name: string,
	file: Buffer,
	least: number,
): Promise<void> {
	const path = join(folder, `${name}.heic`);
	writeFileSync(path, file);
	run('heif-convert', path, `${path}.png`);
	const result = await fitPhoto('heic', file, { maxPixels: 1e7, maxBytes: 1e7 }, async () => {});
	if (!result.ok) {
		report.check(`${name}: ${result.refusal.message}`, false);
		return;
	}
	writeFileSync(`${path}.${result.kind}`, result.bytes);
	const decibels = likeness(`${path}.${result.kind}`, `${path}.png`);
	report.check(`${name}: ${decibels} dB from what libheif reads`, decibels >= least);
}

async function main(): Promise<void> {
	const report = new Report();
	const folder = mkdtempSync(join(tmpdir(), 'heic-'));
	try {
		for (const format of FORMATS)
			for (const size of SIZES) againstFfmpeg(report, { format, size, parameters: 'crf=24' });
		for (const parameters of OPTIONS) {
			for (const format of ['yuv420p', 'yuv422p10', 'yuv444p'])
				againstFfmpeg(report, { format, size: '328x200', parameters });
		}
		for (const [name, { samples, notFfmpeg }] of Object.entries(TOOLS)) {
			const read = samplesByFfmpeg(withStartCodes(bitstreamOf(fixture('heic', `${name}.heic`))));
			const isSame = createHash('sha256').update(read).digest('hex') === samples;
			report.check(
				`${name}: ffmpeg reads ${notFfmpeg ?? 'what the tests expect'}`,
				isSame === (notFfmpeg === undefined),
			);
		}
		const stream = encoded({ size: '200x136', parameters: 'crf=10', filter: 'boxblur=3' });
		const { turn, mirror, cut, colours } = PROPERTY;
		const properties: Record<string, Buffer[]> = {
			...{ 'turned-1': [turn(1)], 'turned-2': [turn(2)], 'turned-3': [turn(3)], 'mirrored-0': [mirror(0)] },
			...{
				'mirrored-1': [mirror(1)],
				'turned-mirrored': [turn(1), mirror(0)],
				'mirrored-turned': [mirror(1), turn(3)],
			},
			'cut-turned': [cut(80, 1, 40, 1, -20, 1, -16, 1), turn(1)],
			'turned-cut': [turn(1), cut(80, 1, 40, 1, -10, 1, -20, 1)],
		};
		for (const [name, own] of Object.entries(properties)) {
			await againstLibheif(
				report,
				folder,
				name,
				heicFile([itemOfStream(stream, PROPERTY.size(200, 136), FULL, ...own)]),
				35,
			);
		}
		for (const [name, matrix, isFull] of [
			['video', 6, false],
			['709', 1, true],
			['709-video', 1, false],
		] as const) {
			const item = itemOfStream(stream, PROPERTY.size(200, 136), colours(1, 13, matrix, isFull));
			await againstLibheif(report, folder, name, heicFile([item]), 30);
		}
		const scene = join(folder, 'scene.png');
		convert('-size', '203x151', '-seed', '7', 'plasma:tomato-steelblue', '-blur', '0x2', '-depth', '8', scene);
		const glass = join(folder, 'glass.png');
		const gradient = ['(', '-size', '203x151', 'radial-gradient:white-black', ')', '-alpha', 'off'];
		convert(scene, ...gradient, '-compose', 'copyopacity', '-composite', glass);
		for (const [name, from, ...options] of [
			['odd', scene],
			['glass', glass],
			['sampled-444', scene, '-p', 'chroma=444'],
			['sampled-422', scene, '-p', 'chroma=422'],
			['green-blue-red', scene, '-L', '-p', 'chroma=444', '--matrix_coefficients=0'],
		] as const) {
			const path = join(folder, `${name}-encoded.heic`);
			run('heif-enc', '-q', '80', ...options, from, '-o', path);
			await againstLibheif(report, folder, name, readFileSync(path), 33);
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
	report.end();
}

void main();
