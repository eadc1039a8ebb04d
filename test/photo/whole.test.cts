import { randomBytes } from 'node:crypto';

import { fitPhoto } from '../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { inspectPhoto } from '../../nodes/ZohoCrmPhoto/photo/inspect';
import { photo, PHOTOS } from './corpus.cts';
import { fixture as picture } from './decode/samples.cts';
import { fixture } from './fit/fixture.cts';
import { seeded } from './mutate.cts';
import { said } from './said.cts';

const EOI = Buffer.of(0xff, 0xd9);

/** A JPEG without its end marker. */
function unended(file: Buffer): Buffer {
	expect(file.subarray(-2)).toEqual(EOI);
	return file.subarray(0, -2);
}

describe('every photo of the corpus', () => {
	it.each(PHOTOS)('$name is whole', async ({ bytes }) => {
		expect(await said(bytes)).toBe('whole');
	});
});

describe('a JPEG without an end marker', () => {
	const names = [
		'420',
		'444',
		'cmyk',
		'grey',
		'restart-rows',
		'scan-each',
		'optimised',
		'progressive',
		'progressive-444',
	];

	it.each(names)('is whole where every coded unit is there, and cut off one byte before: %s', async (name) => {
		const file = unended(fixture(name));
		expect(await said(file)).toBe('whole');
		for (const missing of [1, 2, 20, Math.floor(file.length / 3)]) {
			expect(await said(file.subarray(0, -missing))).toMatch(/^The JPEG is cut off after [\d,]+ bytes: the end marker/);
		}
	});

	it('is not told by the limits before it is known to be whole', async () => {
		const file = unended(fixture('large'));
		const cut = file.subarray(0, -100);
		expect(inspectPhoto(file)).toMatchObject({ ok: false, perhaps: { width: expect.any(Number) } });
		expect(await said(cut)).toMatch(/ is cut off /);
	});

	const seed = Math.floor(Math.random() * 2 ** 32);

	it(`but with a trailer is judged by its picture, and not by chance (seed ${seed})`, async () => {
		const random = seeded(seed);
		const whole = unended(fixture('420'));
		const progressive = unended(fixture('progressive'));
		let mistaken = 0;
		for (let count = 0; count < 150; count += 1) {
			const noise = Buffer.from(Array.from({ length: 3000 }, () => Math.floor(random() * 256)));
			const trailer = Buffer.concat([Buffer.from('\0\0\x01\nImage_UTC_Data1500ftypmp42', 'latin1'), noise]);
			for (const file of [whole, progressive]) {
				const half = file.subarray(0, Math.floor(file.length / 2) + (count % 20));
				expect(await said(Buffer.concat([file, trailer]))).toBe('whole');
				if ((await said(Buffer.concat([half, trailer]))) === 'whole') mistaken += 1;
			}
		}
		// Noise is now and then what coded units might be, about once in a thousand.
		expect(mistaken).toBeLessThan(5);
	});

	it('loses its metadata, and what stands behind it, as any other', async () => {
		const wish = { maxPixels: 10_000_000, maxBytes: 10_000_000, removeMetadata: true };
		for (const name of ['420', 'progressive']) {
			const file = fixture(name);
			const trailer = Buffer.concat([Buffer.from('\0\0\x01\n'), randomBytes(3000)]);
			const stripped = await fitPhoto('jpeg', Buffer.concat([unended(file), trailer]), wish, async () => {});
			const expected = await fitPhoto('jpeg', file, wish, async () => {});
			if (!stripped.ok || !expected.ok) throw new Error('refused');
			// What was read ahead of the trailer may stay; no decoder looks at it.
			expect(stripped.bytes.subarray(0, expected.bytes.length - 2)).toEqual(expected.bytes.subarray(0, -2));
			expect(stripped.bytes.subarray(-2)).toEqual(EOI);
			expect(stripped.bytes.length).toBeLessThan(expected.bytes.length + 6);
		}
	});
});

describe('a JPEG that is torn although it has an end marker', () => {
	const file = fixture('420');
	const middle = Math.floor(file.length / 2);

	it.each([
		['half zeros', Buffer.concat([file.subarray(0, middle), Buffer.alloc(file.length - middle - 2), EOI])],
		['half of it', Buffer.concat([file.subarray(0, middle), EOI])],
		['the tail of another', Buffer.concat([file.subarray(0, middle), fixture('coarse').subarray(-400)])],
		['a piece missing', Buffer.concat([file.subarray(0, middle), file.subarray(middle + 500)])],
	])('is refused: %s', async (_, torn) => {
		expect(await said(torn)).toMatch(/^The JPEG is damaged: (its picture data|part of its picture data) /);
	});

	it('is looked through also where it is large and something in it is odd', async () => {
		const padding = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65_533, 'x')]);
		const padded = (whole: Buffer) =>
			Buffer.concat([whole.subarray(0, 2), ...Array<Buffer>(9).fill(padding), whole.subarray(2)]);
		const zeros = Buffer.concat([file.subarray(0, middle), Buffer.alloc(file.length - middle - 2), EOI]);
		expect(await said(padded(file))).toBe('whole');
		expect(await said(padded(zeros))).toMatch(/ is damaged: /);
	});
});

describe('a GIF', () => {
	it.each(['still.gif', 'interlaced.gif', 'gif87.gif', 'animated.gif'])(
		'is whole with its first picture, whatever stands behind it: %s',
		async (name) => {
			const file = photo(name);
			expect(await said(file.subarray(0, -1))).toBe('whole');
			expect(await said(Buffer.concat([file.subarray(0, -1), Buffer.of(0)]))).toBe('whole');
			expect(await said(Buffer.concat([file.subarray(0, -1), randomBytes(50)]))).toBe('whole');
		},
	);

	it('is whole with every pixel, even if its last sub-block has no end', async () => {
		const file = photo('still.gif');
		expect(await said(file.subarray(0, -2))).toBe('whole');
		for (const missing of [6, 20, 60])
			expect(await said(file.subarray(0, -missing))).toMatch(/^The GIF is cut off after /);
	});

	it('that ends in zeros is torn', async () => {
		const file = photo('still.gif');
		const half = Math.floor((3 * file.length) / 4);
		const torn = Buffer.concat([file.subarray(0, half), Buffer.alloc(file.length - half - 1), Buffer.of(0x3b)]);
		expect(await said(torn)).toMatch(/^The GIF is (damaged|cut off)/);
	});
});

describe('a PNG', () => {
	const names = ['rgb.png', 'gray-1bit.png', 'palette-256.png', 'rgba-interlaced.png', 'rgb-16bit.png', 'animated.png'];

	it.each(names.filter((name) => PHOTOS.some((one) => one.name === name)))(
		'without its end is whole where every row is there: %s',
		async (name) => {
			const file = photo(name);
			const end = file.indexOf('IEND') - 4;
			expect(await said(file.subarray(0, -4))).toBe('whole');
			expect(await said(file.subarray(0, end))).toBe('whole');
		},
	);

	it('without its end is cut off where rows are missing', async () => {
		const file = photo('rgb.png');
		const end = file.indexOf('IEND') - 4;
		// The checksums of the chunk and of the compressed data hold no pixel.
		expect(await said(file.subarray(0, end - 4))).toBe('whole');
		for (const missing of [20, 100, 300]) {
			expect(await said(file.subarray(0, end - missing))).toMatch(/^The PNG is cut off after /);
		}
	});

	it('without its end loses its metadata and gets an end', async () => {
		const file = photo('rgb.png');
		const end = file.indexOf('IEND') - 4;
		const wish = { maxPixels: 10_000_000, maxBytes: 10_000_000, removeMetadata: true };
		const expected = await fitPhoto('png', file, wish, async () => {});
		for (const length of [file.length - 4, end, end - 2]) {
			expect(await fitPhoto('png', file.subarray(0, length), wish, async () => {})).toEqual(expected);
		}
	});

	it('that is torn although it has its end is refused, and one with a wrong checksum alone is not', async () => {
		const file = photo('rgb.png');
		const [data, end] = [file.indexOf('IDAT') + 4, file.indexOf('IEND') - 4];
		const middle = Math.floor((data + end) / 2);
		expect(await said(Buffer.from(file).fill(0, middle, end - 4))).toMatch(/^The PNG is damaged: its /);
		expect(await said(Buffer.from(file).fill(0, end - 4, end))).toBe('whole');
	});

	it('may have a chunk of an odd name that may be passed over', async () => {
		const file = picture('scenes', 'scene.png');
		const at = file.indexOf('gAMA');
		expect(at).toBeGreaterThan(0);
		file[at + 1] = 0x01;
		expect(await said(file)).toBe('whole');
	});
});

describe('a BMP', () => {
	it('is whole without what fills its last row up', async () => {
		const file = photo('v3-24bit.bmp');
		expect(await said(file.subarray(0, -1))).toBe('whole');
		expect(await said(file.subarray(0, -4))).toMatch(/^The BMP is cut off /);
	});

	it('is made to fit without what is no pixel', async () => {
		const wish = { maxPixels: 300, maxBytes: 1_000_000 };
		for (const name of ['v3-24bit.bmp', 'rle8.bmp']) {
			const file = photo(name);
			const missing = name === 'rle8.bmp' ? 2 : 1;
			expect(await fitPhoto('bmp', file.subarray(0, -missing), wish, async () => {})).toEqual(
				await fitPhoto('bmp', file, wish, async () => {}),
			);
		}
	});
});
