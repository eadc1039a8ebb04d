import { HeifFile } from '../../../nodes/ZohoCrmPhoto/photo/decode/heic/container/heif';
import { readDecoderConfiguration } from '../../../nodes/ZohoCrmPhoto/photo/decode/heic/container/decoderConfiguration';
import { fitPhoto, type FittingPhoto, type FitWish } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { inspectPhoto } from '../../../nodes/ZohoCrmPhoto/photo/inspect';
import { heicFile, number, PROPERTY } from '../decode/heic/heicFile.cts';
import { fixture } from '../decode/samples.cts';
import { exifNumbers, segmentsOf } from './segments.cts';

/** A picture of 64 x 64 pixels, turned to the left, with an Exif. */
function photo(tiff: Uint8Array): Buffer {
	const source = new HeifFile(fixture('heic', 'tile-a.heic'));
	const configuration = source.propertiesOf(1).find(({ type }) => type === 'hvcC');
	const { units } = readDecoderConfiguration(configuration?.body ?? Buffer.alloc(0));
	const properties = [PROPERTY.decoder(units), PROPERTY.colours(12, 13, 6, true), PROPERTY.turn(1)];
	return heicFile([
		{ type: 'hvc1', data: source.bytesOf(1), properties },
		{ type: 'Exif', data: Buffer.concat([number(0, 4), tiff]), references: { cdsc: [1] } },
	]);
}

/** An Exif block: a maker, an orientation that is not to count, a date, and notes of the maker's own of some length. */
function exif(notes: number): Buffer {
	const entry = (tag: number, type: number, count: number, value: Buffer) =>
		Buffer.concat([number(tag, 2), number(type, 2), number(count, 4), value]);
	const date = Buffer.from('2026:11:27 10:20:30\0');
	const first = [entry(0x010f, 2, 4, Buffer.from('Ada\0')), entry(0x0112, 3, 1, number(6 * 65_536, 4))];
	const exifAt = 8 + 2 + 12 * 3 + 4;
	const valuesAt = exifAt + 2 + 12 * 2 + 4;
	const second = [
		entry(0x9003, 2, date.length, number(valuesAt, 4)),
		entry(0x927c, 7, notes, number(valuesAt + date.length, 4)),
	];
	return Buffer.concat([
		...[
			Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
			number(3, 2),
			...first,
			entry(0x8769, 4, 1, number(exifAt, 4)),
			number(0, 4),
		],
		...[number(2, 2), ...second, number(0, 4), date, Buffer.alloc(notes, 'N')],
	]);
}

async function fitted(file: Buffer, wish: Partial<FitWish> = {}): Promise<FittingPhoto> {
	const inspection = inspectPhoto(file);
	if (inspection.ok || inspection.kind === undefined) throw new Error('This is no HEIC');
	expect(inspection.kind).toBe('heic');
	const result = await fitPhoto(inspection.kind, file, { maxPixels: 1e7, maxBytes: 1e7, ...wish }, async () => {});
	if (!result.ok) throw new Error(result.refusal.message);
	expect(inspectPhoto(result.bytes)).toMatchObject({ ok: true, facts: { kind: result.kind, width: result.width } });
	return result;
}

function bodyOf(file: Buffer, name: string): Buffer {
	return segmentsOf(file).find(({ body }) => body.toString('latin1').startsWith(name))?.body ?? Buffer.alloc(0);
}

test('a HEIC becomes a JPEG with its Exif, whose orientation is the one of its properties, and a profile', async () => {
	const { kind, bytes, width, height, original } = await fitted(photo(exif(100)));
	expect({ kind, width, height, original }).toEqual({
		...{ kind: 'jpeg', width: 64, height: 64 },
		original: { width: 64, height: 64 },
	});
	const block = bodyOf(bytes, 'Exif');
	expect(exifNumbers(block).get(0x0112)).toBe(8);
	expect(block.includes('2026:11:27')).toBe(true);
	expect(block.includes('NNNN')).toBe(true);
	expect(bodyOf(bytes, 'ICC_PROFILE').includes(Buffer.from('Display P3', 'utf16le').swap16())).toBe(true);
});

test('of an Exif that is too long for a JPEG, the notes of the maker are left out', async () => {
	const block = bodyOf((await fitted(photo(exif(190_000)))).bytes, 'Exif');
	expect(exifNumbers(block).get(0x0112)).toBe(8);
	expect(block.includes('Ada')).toBe(true);
	expect(block.includes('2026:11:27 10:20:30')).toBe(true);
	expect(block.includes('NNNN')).toBe(false);
	expect(block.length).toBeLessThan(300);
});

test('without location and camera data, orientation and profile stay', async () => {
	const { bytes } = await fitted(photo(exif(100)), { removeMetadata: true });
	expect(Object.fromEntries(exifNumbers(bodyOf(bytes, 'Exif')))).toEqual({ 0x0112: 8 });
	expect(bodyOf(bytes, 'ICC_PROFILE').length).toBeGreaterThan(300);
});

test('a HEIC is scaled down where that is wished, and one that is damaged is told', async () => {
	expect(await fitted(photo(exif(10)), { largestSide: 40 })).toMatchObject({ width: 40, height: 40 });
	const file = photo(exif(10));
	const cut = await fitPhoto('heic', file.subarray(0, -300), { maxPixels: 1e7, maxBytes: 1e7 }, async () => {});
	expect(cut).toMatchObject({
		ok: false,
		refusal: { code: 'CORRUPT_IMAGE', message: 'The HEIC cannot be read: it is cut off' },
	});
});
