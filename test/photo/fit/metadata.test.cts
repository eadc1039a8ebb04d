import { fitPhoto } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { corpusPhoto } from '../../engine/photos.cts';
import { fixture } from './fixture.cts';
import { exifNumbers, segmentsOf, withSegments, type Segment } from './segments.cts';

const LIMITS = { maxPixels: 3000, maxBytes: 1_000_000 };

async function shrunk(file: Buffer, maxBytes = LIMITS.maxBytes): Promise<Buffer> {
	const result = await fitPhoto('jpeg', file, { ...LIMITS, maxBytes }, async () => {});
	if (!result.ok) throw new Error(result.refusal.message);
	return result.bytes;
}

function named(file: Buffer, marker: number, name: string): Buffer[] {
	return segmentsOf(file)
		.filter((segment) => segment.marker === marker && segment.body.toString('latin1').startsWith(name))
		.map(({ body }) => body);
}

function app(marker: number, text: string): Segment {
	return { marker, body: Buffer.from(text, 'latin1') };
}

describe('Exif', () => {
	test.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps orientation %i and tells the new size', async (orientation) => {
		const file = fixture(`orientation-${orientation}`);
		const [before = Buffer.alloc(0)] = named(file, 0xe1, 'Exif');
		const [after = Buffer.alloc(0), ...more] = named(await shrunk(file), 0xe1, 'Exif');
		expect(more).toEqual([]);
		const values = exifNumbers(after);
		expect(values.get(0x0112)).toBe(orientation);
		expect([values.get(0x0100), values.get(0x0101)]).toEqual([67, 44]);
		expect([values.get(0xa002), values.get(0xa003)]).toEqual([67, 44]);
		const changed = [...before].filter((byte, i) => byte !== after[i]).length;
		expect(after.length).toBe(before.length);
		expect(changed).toBe(4);
	});

	test('of little-endian files with 32-bit sizes', async () => {
		const tiff = Buffer.alloc(38);
		tiff.write('II*\0\x08\0\0\0\x02\0', 'latin1');
		tiff.set([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0], 10);
		tiff.set([0x00, 0x01, 4, 0, 1, 0, 0, 0, 227, 0, 0, 0], 22);
		const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
		const [after = Buffer.alloc(0)] = named(
			await shrunk(withSegments(fixture('420'), { marker: 0xe1, body })),
			0xe1,
			'Exif',
		);
		expect(Object.fromEntries(exifNumbers(after))).toEqual({ 0x0112: 6, 0x0100: 67 });
	});

	test.each([0, 7, 9, 20])('of %i bytes that make no sense stays as it is', async (length) => {
		const body = Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08'), Buffer.alloc(20, 0xff)]).subarray(
			0,
			6 + length,
		);
		const [after] = named(await shrunk(withSegments(fixture('420'), { marker: 0xe1, body })), 0xe1, 'Exif');
		expect(after?.equals(body)).toBe(true);
	});

	test('of an unknown byte order stays as it is', async () => {
		const [exif = Buffer.alloc(0)] = named(fixture('orientation-6'), 0xe1, 'Exif');
		const body = Buffer.concat([Buffer.from('Exif\0\0XX'), exif.subarray(8)]);
		const [after] = named(await shrunk(withSegments(fixture('420'), { marker: 0xe1, body })), 0xe1, 'Exif');
		expect(after?.equals(body)).toBe(true);
	});
});

test('a colour profile in several segments stays whole', async () => {
	const before = named(fixture('ycck'), 0xe2, 'ICC_PROFILE\0');
	expect(before.length).toBeGreaterThan(1);
	expect(named(await shrunk(fixture('ycck')), 0xe2, 'ICC_PROFILE\0')).toEqual(before);
});

test.each([
	['cmyk', 0],
	['ycck', 2],
	['rgb', 0],
])('%s keeps Adobe’s colour transform', async (name, transform) => {
	const [adobe] = named(await shrunk(fixture(name)), 0xee, 'Adobe');
	expect(adobe?.[11]).toBe(transform);
});

test('JFIF density, captions, XMP and comments stay, in their order', async () => {
	const kept = new Set([0xe0, 0xe1, 0xed, 0xfe]);
	const from = (file: Buffer): string[] =>
		segmentsOf(file)
			.filter(({ marker }) => kept.has(marker))
			.map(({ marker, body }) => `${marker} ${body.toString('latin1').replace(/^Exif[^]*/, 'Exif')}`);
	const file = fixture('orientation-1');
	file.set([1, 1, 44, 1, 44], 13);
	expect(from(await shrunk(file))).toEqual(from(file));
	expect(from(file)).toHaveLength(5);
});

test('what points into the old file or vouches for it goes', async () => {
	const jpeg = withSegments(
		fixture('420'),
		app(0xe2, 'MPF\0MM\0*'),
		app(0xe2, 'urn:iso:std:iso:ts:21496:-1\0'),
		app(0xeb, 'JP\0\x01c2pa'),
		app(0xe0, 'JFXX\0\x10'),
	);
	const file = Buffer.concat([jpeg, Buffer.from('second picture or video')]);
	const markers = segmentsOf(await shrunk(file)).map(({ marker }) => marker);
	expect(markers).toEqual([0xe0, 0xdb, 0xdb, 0xc0, 0xc4, 0xc4, 0xc4, 0xc4]);
	expect((await shrunk(file)).includes('video')).toBe(false);
});

test('XMP of a motion photo no longer promises the video', async () => {
	const xmp = 'http://ns.adobe.com/xap/1.0/\0<x GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1" Rating="1"/>';
	const [after] = named(await shrunk(withSegments(fixture('420'), app(0xe1, xmp))), 0xe1, 'http');
	expect(after?.toString('latin1')).toBe(xmp.replace('MotionPhoto="1"', 'MotionPhoto="0"'));
});

test('extended XMP stays when it is small, and goes when it would crowd out the picture', async () => {
	const extended = app(0xe1, 'http://ns.adobe.com/xmp/extension/\0'.padEnd(60_000, 'x'));
	const file = withSegments(fixture('420'), extended, extended, extended);
	expect(named(await shrunk(file), 0xe1, 'http')).toHaveLength(3);
	expect(named(await shrunk(file, 100_000), 0xe1, 'http')).toHaveLength(0);
});

test.each([
	['comments', 0xfe, 'made by a program that talks a lot '],
	["Photoshop's captions", 0xed, 'Photoshop 3.0\0'],
])('%s stay when they are small, and go when they would crowd out the picture', async (_, marker, start) => {
	const large = app(marker, start.padEnd(60_000, 'x'));
	const file = withSegments(fixture('420'), large, large, large);
	expect(segmentsOf(await shrunk(file)).filter((one) => one.marker === marker)).toHaveLength(3);
	expect(segmentsOf(await shrunk(file, 100_000)).filter((one) => one.marker === marker)).toHaveLength(0);
});

describe('what readers know by less than its whole name', () => {
	test('is Exif with any byte behind the first zero: the picture stays upright', async () => {
		const [exif = Buffer.alloc(0)] = named(fixture('orientation-6'), 0xe1, 'Exif');
		for (const filler of [0xff, 0x20, 0x00]) {
			const body = Buffer.from(exif);
			body[5] = filler;
			const file = withSegments(fixture('420'), { marker: 0xe1, body });
			const [after] = named(await shrunk(file), 0xe1, 'Exif\0\0');
			expect(Object.fromEntries(exifNumbers(after ?? Buffer.alloc(20)))[0x0112]).toBe(6);
		}
	});

	test('are XMP, profile, captions and density without the zero that ends their names', async () => {
		const segments = [
			app(0xe1, 'http://ns.adobe.com/xap/1.0/<x:xmpmeta/>'),
			app(0xe2, 'ICC_PROFILE \x01\x01'.padEnd(200, 'p')),
			app(0xed, 'Photoshop 2.5\0captions'),
		];
		const after = segmentsOf(await shrunk(withSegments(fixture('420'), ...segments)));
		for (const one of segments) expect(after).toContainEqual(one);
	});

	test("is none of Adobe's segments that are too short to say anything", async () => {
		const short = app(0xee, 'Adobe\0\x64\0\0\0\0');
		const [after] = named(await shrunk(withSegments(fixture('420'), short)), 0xee, 'Adobe');
		expect(after).toEqual(short.body);
	});
});

const ULTRA_HDR =
	'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description hdrgm:Version="1.0" Rating="5"><hdrgm:Version>1.0</hdrgm:Version>' +
	'<Container:Directory><rdf:Seq><rdf:li><Container:Item Item:Semantic="GainMap" Item:Length="9"/></rdf:li></rdf:Seq>' +
	'</Container:Directory></rdf:Description></x:xmpmeta>';
const ALONE = 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description Rating="5"></rdf:Description></x:xmpmeta>';

test('XMP no longer claims a gain map that is gone', async () => {
	const [after] = named(await shrunk(withSegments(fixture('420'), app(0xe1, ULTRA_HDR))), 0xe1, 'http');
	expect(after?.toString('latin1')).toBe(ALONE);
});

test('XMP no longer says that there is more of it when that goes', async () => {
	const extended = app(0xe1, 'http://ns.adobe.com/xmp/extension/\0'.padEnd(60_000, 'x'));
	const front = app(
		0xe1,
		'http://ns.adobe.com/xap/1.0/\0<x xmpNote:HasExtendedXMP="0123456789ABCDEF0123456789ABCDEF"/>',
	);
	const file = withSegments(fixture('420'), front, extended, extended, extended);
	expect((await shrunk(file)).includes('HasExtendedXMP')).toBe(true);
	expect((await shrunk(file, 100_000)).includes('HasExtendedXMP')).toBe(false);
});

test.each([
	['JPEG with its end', '420', 0],
	['JPEG without its end', '420', 2],
	['progressive JPEG', 'progressive', 0],
])('a %s that is too heavy for what stands behind it loses only that', async (_, name, missing) => {
	const file = withSegments(
		fixture(name),
		app(0xe1, ULTRA_HDR),
		app(0xe2, 'MPF\0MM\0*'),
		app(0xe2, 'urn:iso:std:iso:ts:21496:-1\0'),
	);
	const bytes = Buffer.concat([file.subarray(0, file.length - missing), Buffer.alloc(3_000_000, 'a film ')]);
	const wish = { maxPixels: 10_000_000, maxBytes: 1_000_000 };
	const result = await fitPhoto('jpeg', bytes, wish, async () => {});
	if (!result.ok) throw new Error(result.refusal.message);
	const expected = withSegments(fixture(name), app(0xe1, ALONE));
	expect(result.bytes.subarray(0, expected.length - 2)).toEqual(expected.subarray(0, -2));
	expect(result.bytes.length - expected.length).toBeLessThan(5);
	expect(result.bytes.subarray(-2)).toEqual(Buffer.of(0xff, 0xd9));
});

test.each(['png', 'gif'] as const)('a %s that is too heavy for what stands behind it loses only that', async (kind) => {
	const file = corpusPhoto(kind === 'png' ? 'rgb.png' : 'animated.gif');
	const wish = { maxPixels: 10_000_000, maxBytes: 1_000_000 };
	const result = await fitPhoto(kind, Buffer.concat([file, Buffer.alloc(3_000_000, 'x')]), wish, async () => {});
	expect(result.ok && result.bytes.equals(file)).toBe(true);
});
