import { fitPhoto } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { encode, type Plane } from '../../../nodes/ZohoCrmPhoto/photo/encode/jpeg/encode';
import { readHeader } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/frame';
import { decoded, planesOf, type Colours } from './decoded.cts';
import { fixture, reference } from './fixture.cts';
import { pictureSsim } from './ssim.cts';

const LIMITS = { maxPixels: 3000, maxBytes: 1_000_000 };
const RAW = { grey: 'gray', rgb: 'rgb', ycc: 'rgb', cmyk: 'cmyk', ycck: 'cmyk' } as const;

async function shrunk(file: Buffer, limits = LIMITS): Promise<{ bytes: Buffer; width: number; height: number }> {
	const result = await fitPhoto('jpeg', file, limits, async () => {});
	if (!result.ok) throw new Error(result.refusal.message);
	return result;
}

function factors(file: Buffer): string {
	return readHeader(file)
		.frame.components.map(({ h, v }) => `${h}x${v}`)
		.join();
}

describe('a shrunk photo looks as ImageMagick makes it', () => {
	// With so few pixels every edge of a colour block counts; full-size photos are compared in long/phones.cts.
	const cases: Array<[name: string, colours: Colours, sampling: string, least: number]> = [
		['444', 'ycc', '1x1,1x1,1x1', 0.98],
		['422', 'ycc', '2x1,1x1,1x1', 0.97],
		['440', 'ycc', '1x2,1x1,1x1', 0.98],
		['420', 'ycc', '2x2,1x1,1x1', 0.98],
		['411', 'ycc', '4x1,1x1,1x1', 0.96],
		['410', 'ycc', '4x2,1x1,1x1', 0.93],
		['311', 'ycc', '3x1,1x1,1x1', 0.95],
		['uneven', 'ycc', '2x2,2x1,1x2', 0.98],
		['rgb', 'rgb', '1x1,1x1,1x1', 0.98],
		['grey', 'grey', '1x1', 0.98],
		['cmyk', 'cmyk', '1x1,1x1,1x1,1x1', 0.98],
		['ycck', 'ycck', '1x1,1x1,1x1,1x1', 0.97],
		['optimised', 'ycc', '2x2,1x1,1x1', 0.98],
		['fine', 'ycc', '1x1,1x1,1x1', 0.98],
		['coarse', 'ycc', '2x2,1x1,1x1', 0.98],
		['profile', 'ycc', '2x2,1x1,1x1', 0.98],
		['restart-rows', 'ycc', '2x2,1x1,1x1', 0.98],
		['restart-blocks', 'ycc', '2x1,1x1,1x1', 0.97],
		['scan-each', 'ycc', '2x2,1x1,1x1', 0.98],
		['spectral', 'ycc', '2x2,1x1,1x1', 0.98],
		['progressive', 'ycc', '2x2,1x1,1x1', 0.98],
		['progressive-444', 'ycc', '1x1,1x1,1x1', 0.98],
		['progressive-restart', 'ycc', '2x2,1x1,1x1', 0.98],
		['progressive-grey', 'grey', '1x1', 0.98],
		['progressive-ycck', 'ycck', '1x1,1x1,1x1,1x1', 0.97],
	];

	test.each(cases)('%s', async (name, colours, sampling, least) => {
		const result = await shrunk(fixture(name));
		expect(result).toMatchObject({ width: 67, height: 44 });
		const { width, height, samples } = decoded(result.bytes, colours);
		expect([width, height]).toEqual([67, 44]);
		const channels = samples.length / (67 * 44);
		expect(pictureSsim(samples, reference(name, RAW[colours]), 67, channels)).toBeGreaterThan(least);
		expect(factors(result.bytes)).toBe(sampling);
	});

	test('the files that hold the same picture in another order give the same photo', async () => {
		const { bytes } = await shrunk(fixture('420'));
		for (const name of ['optimised', 'restart-rows', 'scan-each', 'spectral', 'progressive', 'progressive-restart']) {
			expect((await shrunk(fixture(name))).bytes.equals(bytes)).toBe(true);
		}
	});
});

test('a pattern too fine for the smaller photo becomes grey, not another pattern', async () => {
	// 512 pixels to 128: rings narrower than 8 pixels, beyond 64 pixels from the centre, cannot be shown.
	const { bytes, width, height } = await shrunk(fixture('zone-plate'), { maxPixels: 128 * 128, maxBytes: 1_000_000 });
	expect([width, height]).toEqual([128, 128]);
	const [plane] = planesOf(bytes).planes;
	let [inside, outside] = [0, 0];
	for (let y = 0; y < 128; y++) {
		for (let x = 0; x < 128; x++) {
			const contrast = Math.abs((plane?.samples[y * 128 + x] ?? 0) - 128);
			const distance = Math.hypot(x - 63.5, y - 63.5);
			if (distance < 12) inside = Math.max(inside, contrast);
			if (distance > 44 && Math.max(Math.abs(x - 63.5), Math.abs(y - 63.5)) < 60) outside = Math.max(outside, contrast);
		}
	}
	expect(inside).toBeGreaterThan(110);
	// Of 128: halving while decoding, block by block, leaves a trace that the eye does not see.
	expect(outside).toBeLessThan(16);
});

test('the picture is neither moved nor cut at its edges', async () => {
	const small = decoded((await shrunk(fixture('grey'))).bytes, 'grey').samples;
	const expected = reference('grey', 'gray');
	const edges = [0, 66, 43 * 67, 43 * 67 + 66].map((i) => Math.abs((small[i] ?? 0) - (expected[i] ?? 0)));
	expect(Math.max(...edges)).toBeLessThan(12);
});

test('sampling in a ratio that few readers take becomes full resolution', async () => {
	const ramp = (id: number, h: number): Plane => {
		const width = 80 * h;
		const samples = Uint8ClampedArray.from({ length: width * 160 }, (_, i) => (255 * ((i % width) + 0.5)) / width);
		return { id, h, v: 1, difference: id > 1, width, height: 160, samples };
	};
	const encoding = encode({ width: 240, height: 160, planes: [ramp(1, 3), ramp(2, 2), ramp(3, 1)] }, 95, [], 1e6);
	let step = encoding.next();
	while (step.done !== true) step = encoding.next();
	if (!step.value.fits) throw new Error('too large');

	const { bytes, width, height } = await shrunk(step.value.bytes);
	expect(factors(bytes)).toBe('1x1,1x1,1x1');
	for (const { samples } of planesOf(bytes).planes) {
		const expected = (i: number): number => (255 * ((i % width) + 0.5)) / width;
		const inner = [...samples.keys()].filter((i) => i % width > 3 && i % width < width - 4);
		expect(Math.max(...inner.map((i) => Math.abs((samples[i] ?? 0) - expected(i))))).toBeLessThan(8);
		expect(samples).toHaveLength(width * height);
	}
});
