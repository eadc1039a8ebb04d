import { openPng } from '../../../nodes/ZohoCrmPhoto/photo/decode/png/open';
import { fitPhoto, type FittingPhoto, type FitWish } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { inspectPhoto } from '../../../nodes/ZohoCrmPhoto/photo/inspect';
import { finished, fixture, fixtures, samplesOf, sceneReference } from '../decode/samples.cts';
import { decoded } from './decoded.cts';
import { exifNumbers, segmentsOf } from './segments.cts';
import { pictureSsim } from './ssim.cts';

/** Makes a scene fit. @param name of a fixture */
async function fitted(name: string, wish: Partial<FitWish> = {}): Promise<FittingPhoto> {
	const file = fixture('scenes', name);
	const inspection = inspectPhoto(file);
	const kind = inspection.ok ? inspection.facts.kind : inspection.kind;
	if (kind === undefined) throw new Error('The file is of no kind that is decoded');
	const result = await fitPhoto(kind, file, { maxPixels: 3000, maxBytes: 1e6, ...wish }, async () => {});
	if (!result.ok) throw new Error(result.refusal.message);
	expect(inspectPhoto(result.bytes)).toMatchObject({ ok: true, facts: { kind: result.kind, width: result.width } });
	return result;
}

/** RGB of a photo, on white. */
function seen({ kind, bytes }: FittingPhoto): Uint8Array {
	if (kind === 'jpeg') return decoded(bytes, 'ycc').samples;
	const rgba = samplesOf(finished(openPng(bytes)));
	return Uint8Array.from({ length: (rgba.length / 4) * 3 }, (_, i) => {
		const at = 4 * Math.floor(i / 3);
		const opacity = (rgba[at + 3] ?? 0) / 255;
		return 255 + ((rgba[at + (i % 3)] ?? 0) - 255) * opacity;
	});
}

describe.each(fixtures('scenes'))('%s', (name) => {
	const isGlass = name.startsWith('glass');

	test('looks as ImageMagick makes it', async () => {
		const photo = await fitted(name);
		expect(photo).toMatchObject({ kind: isGlass ? 'png' : 'jpeg', width: 67, height: 44 });
		expect(photo.original).toEqual({ width: 227, height: 151 });
		// Dots of few colours are what a JPEG is worst at.
		const least = name.endsWith('.bmp') ? 0.96 : 0.97;
		expect(pictureSsim(seen(photo), sceneReference(name), 67, 3)).toBeGreaterThan(least);
	});

	test('that may not have the bytes of a PNG is laid on white', async () => {
		const photo = await fitted(name, { maxBytes: 6000 });
		expect(photo.kind).toBe('jpeg');
		expect(pictureSsim(seen(photo), sceneReference(name), 67, 3)).toBeGreaterThan(0.96);
	});
});

const TAGGED = ['scene.png', 'lossy.webp', 'lossless.webp', 'scene.tiff'];

function bodies(file: Buffer, marker: number, name: string): Buffer[] {
	return segmentsOf(file)
		.filter((one) => one.marker === marker && one.body.toString('latin1').startsWith(name))
		.map(({ body }) => body);
}

describe.each(TAGGED)('what belongs to %s', (name) => {
	test('goes along: orientation, maker, colour profile', async () => {
		const { bytes } = await fitted(name);
		const [exif = Buffer.alloc(0)] = bodies(bytes, 0xe1, 'Exif');
		expect(exifNumbers(exif).get(0x0112)).toBe(6);
		expect(exif.includes('Maker')).toBe(true);
		const [profile] = bodies(bytes, 0xe2, 'ICC_PROFILE');
		expect(profile?.includes('Adobe RGB') || profile?.includes('Artifex')).toBe(true);
	});

	test('is left out but for orientation and colour profile where that is wished', async () => {
		const { bytes } = await fitted(name, { removeMetadata: true });
		const [exif = Buffer.alloc(0)] = bodies(bytes, 0xe1, 'Exif');
		expect(Object.fromEntries(exifNumbers(exif))).toEqual({ 0x0112: 6 });
		expect(bytes.includes('Maker')).toBe(false);
		expect(bodies(bytes, 0xe2, 'ICC_PROFILE')).toHaveLength(1);
	});
});

test('what belongs to a picture that stays a PNG goes along, too', async () => {
	const { bytes } = await fitted('glass.webp');
	const { metadata } = finished(openPng(bytes));
	expect(metadata.icc?.length).toBeGreaterThan(500);
	expect(Buffer.from(metadata.exif ?? []).includes('Maker')).toBe(true);
	const bare = finished(openPng((await fitted('glass.webp', { removeMetadata: true })).bytes)).metadata;
	expect(bare.icc).toEqual(metadata.icc);
	expect(Buffer.from(bare.exif ?? []).includes('Maker')).toBe(false);
});
