import { HeifFile } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/container/heif';
import { readDecoderConfiguration } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/container/decoderConfiguration';
import { openHeic } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/open';
import { exifBlock } from '../../../../nodes/ZohoCrmPhoto/photo/formats/exifBlock';
import { orientationOf } from '../../../../nodes/ZohoCrmPhoto/photo/fit/exif';
import { finished, fixture, samplesOf } from '../samples.cts';
import { box, grid, heicFile, number, PROPERTY, type Item, type Layout } from './heicFile.cts';
import { cutOut, planesOf } from './planes.cts';

/** A fixture as an item, without the properties that say what it looks like. */
function coded(name: string, ...properties: Buffer[]): Item {
	const file = new HeifFile(fixture('heic', `${name}.heic`));
	const configuration = file.propertiesOf(1).find(({ type }) => type === 'hvcC');
	const { units } = readDecoderConfiguration(configuration?.body ?? Buffer.alloc(0));
	return { type: 'hvc1', data: file.bytesOf(1), properties: [PROPERTY.decoder(units), ...properties] };
}

const FULL = PROPERTY.colours(1, 13, 6, true);

function picture(name: string, ...properties: Buffer[]): Buffer {
	return heicFile([coded(name, FULL, ...properties)]);
}

function refusal(file: Buffer): string {
	try {
		planesOf(openHeic(file));
	} catch (fault) {
		return fault instanceof Error ? fault.message : String(fault);
	}
	return 'none';
}

const PLAIN = planesOf(openHeic(picture('tile-a')));

describe('where the bytes of items are', () => {
	const item = coded('tile-a', FULL);
	test.each<[string, Layout]>([
		['in one piece, first version', { version: 0 }],
		['in pieces', { pieces: 5 }],
		['in the last version', { version: 2 }],
		['in the metadata', { inMetadata: [1] }],
		['in the metadata, in pieces, with wide numbers', { inMetadata: [1], pieces: 3, isWide: true, version: 2 }],
	])('%s', (_, layout) => {
		expect(planesOf(openHeic(heicFile([item], layout))).equals(PLAIN)).toBe(true);
	});

	test('beyond the end of the file, is told', () => {
		const file = heicFile([item]);
		expect(refusal(file.subarray(0, file.length - 1))).toBe('it is cut off');
		expect(refusal(file.subarray(0, 200))).toBe('it is cut off');
	});
});

describe('tiles', () => {
	const tile = (name: string): Item => coded(name, FULL);
	const four = (width: number, height: number, ...properties: Buffer[]): Item[] => [
		{ type: 'grid', data: grid(2, 2, width, height), properties, references: { dimg: [2, 3, 4, 5] } },
		tile('tile-a'),
		tile('tile-b'),
		tile('tile-b'),
		tile('tile-a'),
	];

	test('stand side by side, and what the last have beyond the picture is cut away', () => {
		const opened = openHeic(heicFile(four(100, 91, FULL), { inMetadata: [1] }));
		expect(opened).toMatchObject({ width: 100, height: 91 });
		const seen = planesOf(opened);
		const [a, b] = [PLAIN, planesOf(openHeic(picture('tile-b')))];
		const luma = seen.subarray(0, 9100);
		expect(cutOut(luma, 100, 0, 0, 64, 64).equals(a.subarray(0, 4096))).toBe(true);
		expect(cutOut(luma, 100, 64, 0, 36, 64).equals(cutOut(b, 64, 0, 0, 36, 64))).toBe(true);
		expect(cutOut(luma, 100, 0, 64, 64, 27).equals(cutOut(b, 64, 0, 0, 64, 27))).toBe(true);
		expect(cutOut(luma, 100, 64, 64, 36, 27).equals(cutOut(a, 64, 0, 0, 36, 27))).toBe(true);
		const blue = seen.subarray(9100, 9100 + 50 * 46);
		expect(cutOut(blue, 50, 32, 32, 18, 14).equals(cutOut(a.subarray(4096), 32, 0, 0, 18, 14))).toBe(true);
	});

	test('of which one is missing, do not make a picture', () => {
		expect(refusal(heicFile(four(100, 91).slice(0, 4)))).toBe('a part of its picture is missing');
		const [first, ...rest] = four(100, 91);
		if (first === undefined) throw new Error('There is one');
		expect(refusal(heicFile([{ ...first, references: { dimg: [2, 3, 4] } }, ...rest]))).toBe(
			'a part of its picture is missing',
		);
	});

	test('that are too small for the picture, or not needed, do not make one', () => {
		expect(refusal(heicFile(four(200, 91)))).toBe('its tiles do not make a picture of its size');
		expect(refusal(heicFile(four(60, 91)))).toBe('its tiles do not make a picture of its size');
	});
});

describe('a picture is turned by its properties, in their order', () => {
	const { turn, mirror, cut } = PROPERTY;
	test.each([
		[1, []],
		[8, [turn(1)]],
		[3, [turn(2)]],
		[6, [turn(3)]],
		[4, [mirror(0)]],
		[2, [mirror(1)]],
		[5, [turn(1), mirror(0)]],
		[7, [mirror(0), turn(1)]],
		[1, [turn(1), turn(3)]],
	])('orientation %i', (orientation, properties) => {
		const { metadata, width, height } = openHeic(picture('tile-a', ...properties));
		expect({ width, height }).toEqual({ width: 64, height: 64 });
		expect(orientationOf(metadata.exif ?? Buffer.alloc(0))).toBe(orientation);
	});

	test('a part is cut out of it, before or after it is turned', () => {
		const middle = cut(40, 1, 20, 1, 0, 1, 0, 1);
		for (const [properties, x, y, width, height] of [
			[[middle], 12, 22, 40, 20],
			[[cut(40, 1, 20, 1, -12, 1, -22, 1)], 0, 0, 40, 20],
			// Turned to the left, the stored picture's right side is above.
			[[turn(1), cut(40, 1, 20, 1, -12, 1, -22, 1)], 44, 0, 20, 40],
			[[cut(40, 1, 20, 1, 12, 1, 22, 1), turn(1)], 24, 44, 40, 20],
		] as const) {
			const opened = openHeic(picture('tile-a', ...properties));
			expect({ width: opened.width, height: opened.height }).toEqual({ width, height });
			expect(
				planesOf(opened)
					.subarray(0, width * height)
					.equals(cutOut(PLAIN, 64, x, y, width, height)),
			).toBe(true);
		}
	});

	test('a part that begins within a colour difference is cut out, too', () => {
		const opened = openHeic(picture('tile-a', cut(41, 1, 21, 1, -23, 2, -43, 2)));
		const even = openHeic(picture('tile-a'));
		expect(opened).toMatchObject({ width: 41, height: 21, colours: 'stored' });
		expect(planesOf(opened).length).toBe(41 * 21 + 2 * 21 * 11);
		expect(even.colours).toBe('stored');
		expect(openHeic(picture('tile-a', cut(40, 1, 20, 1, -11, 1, -21, 1)))).toMatchObject({ colours: 'rgb' });
	});

	test('a part outside of it is told', () => {
		expect(refusal(picture('tile-a', cut(40, 1, 20, 1, 20, 1, 0, 1)))).toBe('it is cut to a part outside of it');
		expect(refusal(picture('tile-a', cut(40, 0, 20, 1, 0, 1, 0, 1)))).toBe('it is cut to a part outside of it');
	});
});

describe('what belongs to it', () => {
	const orientation = { tag: 0x0112, value: 6 };
	const described = (tiff: Uint8Array, ...properties: Buffer[]) =>
		openHeic(
			heicFile([
				coded('tile-a', FULL, ...properties),
				{ type: 'Exif', data: Buffer.concat([number(0, 4), tiff]), references: { cdsc: [1] } },
				{
					type: 'mime',
					data: Buffer.from('<x/>'),
					references: { cdsc: [1] },
					mimeType: 'application/rdf+xml',
				},
			]),
		).metadata;

	test('the Exif goes along, but for its orientation: the properties turn the picture already', () => {
		const tiff = exifBlock([{ tag: 271, value: 'Maker' }, orientation]);
		const upright = described(tiff);
		expect(Buffer.from(upright.exif ?? []).includes('Maker')).toBe(true);
		expect(orientationOf(upright.exif ?? Buffer.alloc(0))).toBe(1);
		expect(orientationOf(described(tiff, PROPERTY.turn(1)).exif ?? Buffer.alloc(0))).toBe(8);
		expect(Buffer.from(upright.xmp ?? []).toString()).toBe('<x/>');
	});

	test('an Exif without an orientation gets one where the picture is turned', () => {
		const tiff = exifBlock([
			{ tag: 271, value: 'Maker' },
			{ tag: 305, value: 'Software' },
		]);
		const { exif = Buffer.alloc(0) } = described(tiff, PROPERTY.turn(3));
		expect(orientationOf(exif)).toBe(6);
		expect(Buffer.from(exif).includes('Software')).toBe(true);
		expect(described(tiff).exif).toEqual(tiff);
	});

	test('the colour profile goes along; Display P3 that is told by a code gets a written one, sRGB none', () => {
		const icc = Buffer.from('a profile');
		expect(Buffer.from(openHeic(picture('tile-a', PROPERTY.profile(icc))).metadata.icc ?? []).equals(icc)).toBe(true);
		const p3 = openHeic(heicFile([coded('tile-a', PROPERTY.colours(12, 13, 6, true))])).metadata.icc;
		expect(Buffer.from(p3 ?? []).includes(Buffer.from('Display P3', 'utf16le').swap16())).toBe(true);
		expect(openHeic(picture('tile-a')).metadata.icc).toBeUndefined();
	});
});

describe('what can be seen through', () => {
	const grey = coded('grey');
	const alpha: Item = {
		...grey,
		properties: [...(grey.properties ?? []), PROPERTY.auxiliary('urn:mpeg:hevc:2015:auxid:1')],
		references: { auxl: [1] },
	};

	test('comes with its alpha, stretched to its size', () => {
		const opened = openHeic(heicFile([coded('tile-a', FULL), alpha]));
		expect(opened).toMatchObject({ colours: 'rgb', hasAlpha: true });
		const rgba = samplesOf(opened);
		const opacities = planesOf(openHeic(heicFile([coded('grey', FULL)])));
		for (const [x, y] of [
			[0, 0],
			[10, 5],
			[63, 63],
		] as const) {
			const expected = opacities[Math.floor((y * 46) / 64) * 68 + Math.floor((x * 68) / 64)];
			expect(rgba[4 * (y * 64 + x) + 3]).toBe(expected);
		}
	});

	test('but other pictures beside it are left out', () => {
		const depth: Item = {
			...grey,
			properties: [...(grey.properties ?? []), PROPERTY.auxiliary('urn:mpeg:hevc:2015:auxid:2')],
			references: { auxl: [1] },
		};
		const file = heicFile([coded('tile-a', FULL), depth, { ...coded('tile-b'), references: { thmb: [1] } }]);
		expect(openHeic(file)).toMatchObject({ hasAlpha: false });
		expect(planesOf(openHeic(file)).equals(PLAIN)).toBe(true);
	});
});

describe("colours that are not a JPEG's", () => {
	/** Grey of video's range: 16 is black, 235 is white. */
	test('are turned into them: range', () => {
		const full = planesOf(openHeic(heicFile([coded('grey', PROPERTY.colours(1, 13, 6, true))])));
		const video = planesOf(openHeic(heicFile([coded('grey', PROPERTY.colours(1, 13, 6, false))])));
		const wished = Uint8ClampedArray.from(full, (sample) => ((sample - 16) * 255) / 219);
		expect([...video].findIndex((sample, i) => Math.abs(sample - (wished[i] ?? 0)) > 0)).toBe(-1);
	});

	/** Files of converters and cameras exist that say nothing: libheif and ffmpeg read them so. */
	test('have video’s range where neither the file nor its stream says anything', () => {
		const of = (...properties: Buffer[]) => planesOf(openHeic(heicFile([coded('tiles-grey', ...properties)])));
		const unsaid = of();
		expect(unsaid.equals(of(PROPERTY.colours(1, 13, 6, false)))).toBe(true);
		expect(unsaid.equals(of(PROPERTY.colours(1, 13, 6, true)))).toBe(false);
	});

	test('are turned into them: weights, so that red, green and blue stay what they are', () => {
		const colours = (matrix: number) => openHeic(heicFile([coded('444', PROPERTY.colours(1, 13, matrix, true))]));
		const [luma, blue, red] = [0, 1, 2].map((i) => planesOf(colours(1)).subarray(i * 68 * 46, (i + 1) * 68 * 46));
		const [y, cb, cr] = [0, 1, 2].map((i) => planesOf(colours(6)).subarray(i * 68 * 46, (i + 1) * 68 * 46));
		for (let i = 0; i < 68 * 46; i += 7) {
			const stored = rgbOf(y?.[i], cb?.[i], cr?.[i], 0.2126, 0.0722);
			if (stored.some((value) => value < 8 || value > 247)) continue;
			const turned = rgbOf(luma?.[i], blue?.[i], red?.[i], 0.299, 0.114);
			stored.forEach((value, k) => expect(Math.abs(value - (turned[k] ?? 0))).toBeLessThan(2.5));
		}
	});

	function rgbOf(y = 0, cb = 0, cr = 0, ofRed: number, ofBlue: number): number[] {
		const red = y + 2 * (1 - ofRed) * (cr - 128);
		const blue = y + 2 * (1 - ofBlue) * (cb - 128);
		return [red, (y - ofRed * red - ofBlue * blue) / (1 - ofRed - ofBlue), blue];
	}

	test('green, blue and red as they are come as red, green and blue', () => {
		const opened = openHeic(heicFile([coded('444', PROPERTY.colours(1, 13, 0, true))]));
		expect(opened.colours).toBe('rgb');
		const stored = planesOf(openHeic(heicFile([coded('444', FULL)])));
		const [red, green] = [planesOf(opened).subarray(0, 68 * 46), planesOf(opened).subarray(68 * 46, 2 * 68 * 46)];
		expect(red.equals(stored.subarray(2 * 68 * 46))).toBe(true);
		expect(green.equals(stored.subarray(0, 68 * 46))).toBe(true);
	});
});

describe('what is not decoded is named', () => {
	test.each([
		['PQ', heicFile([coded('tile-a', PROPERTY.colours(9, 16, 9, true))])],
		['HLG', heicFile([coded('tile-a', PROPERTY.colours(9, 18, 9, true))])],
		['rare kind (matrix 8)', heicFile([coded('tile-a', PROPERTY.colours(1, 13, 8, true))])],
		['laid together', heicFile([{ type: 'iovl', data: Buffer.alloc(20) }])],
		['AV1', heicFile([{ type: 'av01', data: Buffer.alloc(20) }])],
		['not HEVC', heicFile([{ type: 'what', data: Buffer.alloc(20) }])],
		['video or animation', Buffer.concat([box('ftyp', Buffer.from('hevc\0\0\0\0hevc')), box('moov')])],
	])('%s', (words, file) => {
		expect(refusal(file)).toContain(words);
	});
});

test('a picture opens without its samples being decoded', () => {
	const item = coded('tile-a', FULL);
	const opened = openHeic(heicFile([{ ...item, data: Buffer.alloc(item.data.length) }]));
	expect(opened.width).toBe(64);
	expect(() => finished(opened.rows({ planes: [] }))).toThrow();
});
