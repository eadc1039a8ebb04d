import { fitted, fittedWithin } from '../../../nodes/ZohoCrmPhoto/photo/fit/target';
import { fitPhoto } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { readHeader } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/frame';
import { decoded } from './decoded.cts';
import { fixture } from './fixture.cts';
import { pictureSsim } from './ssim.cts';

const free = async (): Promise<void> => {};

describe('the new size', () => {
	test.each([
		[4032, 3024, 10_000_000, 3651, 2738],
		[3024, 4032, 10_000_000, 2738, 3651],
		[8064, 6048, 10_000_000, 3651, 2738],
		[10_000, 6000, 10_000_000, 4082, 2449],
		[3000, 3000, 10_000_000, 3000, 3000],
		[65_500, 900, 10_000_000, 26_977, 370],
		[20_000, 1, 10_000, 10_000, 1],
		[2, 2, 3, 1, 1],
	])('of %i x %i with at most %i pixels is %i x %i', (width, height, maxPixels, newWidth, newHeight) => {
		expect(fitted({ width, height }, maxPixels)).toEqual({ width: newWidth, height: newHeight });
	});

	test('fits, keeps the shape to the pixel, and is as large as it can be, for any size', () => {
		for (let width = 1; width < 3000; width += 97) {
			for (let height = 1; height < 3000; height += 103) {
				const size = fitted({ width, height }, 10_000);
				expect(size.width * size.height).toBeLessThanOrEqual(10_000);
				const scale = Math.min(1, Math.sqrt(10_000 / (width * height)));
				if (Math.min(width, height) * scale < 1) continue;
				expect(Math.abs(size.width - width * scale)).toBeLessThan(1 + width / height);
				expect(Math.abs(size.width - (size.height * width) / height)).toBeLessThan(Math.max(1, width / height));
			}
		}
	});
});

test('a photo within both limits comes back as it is', async () => {
	const bytes = fixture('420');
	const result = await fitPhoto('jpeg', bytes, { maxPixels: 227 * 151, maxBytes: bytes.length }, free);
	expect(result).toMatchObject({ ok: true, kind: 'jpeg', width: 227, height: 151 });
	if (result.ok) expect(result.bytes).toBe(bytes);
});

test('too many bytes alone: the same pixels, fewer bytes', async () => {
	const bytes = fixture('fine');
	const result = await fitPhoto('jpeg', bytes, { maxPixels: 1e6, maxBytes: bytes.length - 1 }, free);
	if (!result.ok) throw new Error(result.refusal.message);
	expect(readHeader(result.bytes).frame).toMatchObject({ width: 227, height: 151 });
	expect(result.bytes.length).toBeLessThan(bytes.length / 2);
	expect(pictureSsim(decoded(result.bytes, 'ycc').samples, decoded(bytes, 'ycc').samples, 227, 3)).toBeGreaterThan(
		0.97,
	);
});

test('the quality goes down before the size does', async () => {
	const sizes: number[] = [];
	for (const maxBytes of [14_400, 11_500, 9500, 6000, 2500, 1200]) {
		const result = await fitPhoto('jpeg', fixture('fine'), { maxPixels: 1e6, maxBytes }, free);
		if (!result.ok) throw new Error(result.refusal.message);
		expect(result.bytes.length).toBeLessThanOrEqual(maxBytes);
		expect(readHeader(result.bytes).frame).toMatchObject({ width: result.width, height: result.height });
		expect(Math.abs(result.height - (result.width * 151) / 227)).toBeLessThan(2);
		expect(result.bytes.length).toBeGreaterThan(0.5 * maxBytes);
		sizes.push(result.width);
	}
	expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
	expect(sizes.slice(0, 2)).toEqual([227, 227]);
	expect(sizes[3]).toBeLessThan(227);
});

test('bytes that not even a speck would fit into', async () => {
	const result = await fitPhoto('jpeg', fixture('fine'), { maxPixels: 1e6, maxBytes: 300 }, free);
	expect(result).toMatchObject({ ok: false, refusal: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' } });
	if (!result.ok)
		expect(result.refusal.message).toMatch(/^The photo does not fit into 300 bytes even at \d+ x \d+ pixels$/);
});

describe('the largest side', () => {
	test.each([
		[4032, 3024, 1024, 1024, 768],
		[3024, 4032, 1024, 768, 1024],
		[4032, 3024, 0, 3651, 2738],
		[4032, 3024, 3900, 3651, 2738],
		[800, 600, 1024, 800, 600],
		[5000, 1, 10, 10, 1],
	])('of %i x %i at most %i is %i x %i', (width, height, largestSide, newWidth, newHeight) => {
		const size = fittedWithin({ width, height }, 10_000_000, largestSide);
		expect(size).toEqual({ width: newWidth, height: newHeight });
	});

	test('makes a photo smaller that is within the limits', async () => {
		const result = await fitPhoto('jpeg', fixture('420'), { maxPixels: 1e6, maxBytes: 1e6, largestSide: 100 }, free);
		expect(result).toMatchObject({ ok: true, width: 100, height: 67, original: { width: 227, height: 151 } });
		if (result.ok) expect(readHeader(result.bytes).frame).toMatchObject({ width: 100, height: 67 });
	});
});
