import { openPng } from '../../../nodes/ZohoCrmPhoto/photo/decode/png/open';
import { fitPhoto } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { pngChunk } from '../../../nodes/ZohoCrmPhoto/photo/formats/pngChunks';
import { inspectPhoto } from '../../../nodes/ZohoCrmPhoto/photo/inspect';
import type { PhotoKind } from '../../../nodes/ZohoCrmPhoto/photo/photoKinds';
import { finished, samplesOf, fixture as picture } from '../decode/samples.cts';
import { corpusPhoto } from '../../engine/photos.cts';
import { decoded } from './decoded.cts';
import { fixture } from './fixture.cts';
import { segmentsOf } from './segments.cts';

/** A photo without its metadata; nothing needs to be scaled. */
async function stripped(kind: PhotoKind, bytes: Buffer): Promise<Buffer> {
	const wish = { maxPixels: 10_000_000, maxBytes: 10_000_000, removeMetadata: true };
	const inspection = inspectPhoto(bytes);
	const known = inspection.ok ? inspection.facts : undefined;
	const result = await fitPhoto(kind, bytes, wish, async () => {}, known);
	if (!result.ok) throw new Error(result.refusal.message);
	expect(result.kind).toBe(kind);
	expect(inspectPhoto(result.bytes)).toMatchObject({ ok: true });
	return result.bytes;
}

/** What segments of metadata a JPEG has, by marker and first letters. */
function metadata(file: Buffer): string[] {
	return segmentsOf(file)
		.filter(({ marker }) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe)
		.map(({ marker, body }) => `${marker.toString(16)} ${body.toString('latin1', 0, 4)}`);
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a JPEG keeps its orientation %i and nothing else', async (orientation) => {
	const file = fixture(`orientation-${orientation}`);
	const result = await stripped('jpeg', file);
	expect(metadata(result)).toEqual(orientation === 1 ? ['e0 JFIF'] : ['e0 JFIF', 'e1 Exif']);
	expect(result.length).toBeLessThan(file.length);
	expect(decoded(result, 'ycc').samples).toEqual(decoded(file, 'ycc').samples);
});

test.each(['420', 'progressive', 'restart-blocks', 'scan-each', 'cmyk', 'profile'])(
	'the picture data of %s stays',
	async (name) => {
		const file = fixture(name);
		const comment = Buffer.from('\xff\xfe\0\x09Krakow!', 'latin1');
		const maker = Buffer.from('\xff\xef\0\x08secret', 'latin1');
		const commented = Buffer.concat([file.subarray(0, 2), comment, maker, file.subarray(2), Buffer.from('a film')]);
		expect(await stripped('jpeg', commented)).toEqual(await stripped('jpeg', file));
		expect((await stripped('jpeg', commented)).includes('Krakow')).toBe(false);
	},
);

test('a profile stays, so that colours look as they did', async () => {
	expect(metadata(await stripped('jpeg', fixture('profile')))).toContain('e2 ICC_');
});

test('a PNG loses its texts, its time and its Exif, and no sample', async () => {
	const file = picture('png', 'rgba-8.png');
	const front = file.subarray(0, 33);
	const exif = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1');
	const chunks = [
		pngChunk('tEXt', Buffer.from('Location\0Krakow')),
		pngChunk('prVt', Buffer.from('Krakow')),
		pngChunk('eXIf', exif),
	];
	const result = await stripped('png', Buffer.concat([front, ...chunks, file.subarray(33)]));
	expect(result.includes('Krakow')).toBe(false);
	expect(result.includes('eXIf')).toBe(true);
	expect(samplesOf(finished(openPng(result)))).toEqual(samplesOf(finished(openPng(file))));
});

test('a GIF loses its comments and keeps its pictures', async () => {
	const file = corpusPhoto('animated.gif');
	const at = 13 + 3 * 2 ** (((file[10] ?? 0) & 7) + 1);
	const comment = Buffer.from('\x21\xfe\x06Krakow\0', 'latin1');
	const commented = Buffer.concat([file.subarray(0, at), comment, file.subarray(at), Buffer.from('behind the end')]);
	expect(await stripped('gif', commented)).toEqual(await stripped('gif', file));
	expect((await stripped('gif', commented)).includes('NETSCAPE2.0')).toBe(file.includes('NETSCAPE2.0'));
});
