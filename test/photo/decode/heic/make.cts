/**
 * Makes the HEIC files of `../fixtures/heic` that x265 can write (`tools.cts` tells of the others), and beside each what ffmpeg reads from
 * its bitstream: planes of 8 bits a sample, one after the other, compressed with gzip. Needs the Debian package ffmpeg. Run with
 * `node --require tsx/cjs test/photo/decode/heic/make.cts`.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { heicFile, itemOf, PROPERTY, unitsOf } from './heicFile.cts';
import { encoded, readByFfmpeg, type Encoding } from './ffmpeg.cts';
import { TOOLS } from './tools.cts';

const FOLDER = join(__dirname, '../fixtures/heic');

const FILES: Record<string, Partial<Encoding>> = {
	main: { parameters: 'ctu=32:crf=24' },
	'main-16': { parameters: 'ctu=16:crf=20:tu-intra-depth=2:rd=6' },
	'main-64': { parameters: 'ctu=64:crf=34', size: '200x136' },
	'main-10': { format: 'yuv420p10', parameters: 'ctu=32:crf=22' },
	'422-10': { format: 'yuv422p10', parameters: 'ctu=32:crf=22' },
	444: { format: 'yuv444p', parameters: 'ctu=32:crf=24' },
	grey: { format: 'gray', parameters: 'ctu=32:crf=24' },
	slices: { parameters: 'slices=3:ctu=16:crf=26', size: '96x96' },
	wavefronts: { parameters: 'wpp=1:ctu=16:crf=26' },
	'wavefronts-in-slices': { parameters: 'wpp=1:slices=3:ctu=16:crf=26', size: '96x96' },
	'transform-skip': { parameters: 'tskip=1:crf=14:ctu=16' },
	lossless: { parameters: 'lossless=1:ctu=16' },
	'lossless-blocks': { parameters: 'cu-lossless=1:crf=8:rd=4:ctu=16' },
	'scaling-lists': { parameters: 'scaling-list=default:crf=20' },
	'quantisation-groups': { parameters: 'aq-mode=3:aq-strength=3:qg-size=8:crf=24:ctu=32' },
	'colour-offsets': { parameters: 'cbqpoffs=6:crqpoffs=-7:crf=30' },
	'strong-filters': { parameters: 'deblock=5,-4:crf=38' },
	coarse: { parameters: 'crf=51' },
	fine: { parameters: 'crf=0:ctu=16' },
	'tile-a': { size: '64x64', parameters: 'ctu=16:crf=24' },
	'tile-b': { size: '64x64', parameters: 'ctu=16:crf=24', filter: 'negate' },
};

for (const name of readdirSync(FOLDER)) if (!(name.replace('.heic', '') in TOOLS)) rmSync(join(FOLDER, name));
for (const [name, encoding] of Object.entries(FILES)) {
	const stream = encoded(encoding);
	const { parameterSets, slices } = unitsOf(stream);
	const [width = 0, height = 0] = (encoding.size ?? '68x46').split('x').map(Number);
	// x265 says that its samples have video's range: these are to come as they are.
	const colours = PROPERTY.colours(1, 13, 6, true);
	const properties = [PROPERTY.size(width, height), PROPERTY.decoder(parameterSets), colours];
	writeFileSync(join(FOLDER, `${name}.heic`), heicFile([{ type: 'hvc1', data: itemOf(slices), properties }]));
	writeFileSync(join(FOLDER, `${name}.heic.planes.gz`), gzipSync(readByFfmpeg(stream, encoding), { level: 9 }));
}
