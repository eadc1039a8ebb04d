import { GIF_TRAILER, gifScreen } from '../pieces.cts';
import { said } from '../said.cts';

/**
 * A GIF whose pixels all have the first color, and whose coded data has so many of them before its end code.
 * @param codeSize bits of a color
 */
function gifOf(width: number, height: number, coded: number, codeSize = 2): Buffer {
	const clear = 1 << codeSize;
	// A clear code before each pixel keeps the codes short.
	const codes = [...Array.from({ length: coded }, () => [clear, 0]).flat(), clear + 1];
	const bits = codes
		.map((code) => code.toString(2).padStart(codeSize + 1, '0'))
		.reduceRight((all, code) => all + code, '');
	const data = (bits.padStart(8 * Math.ceil(bits.length / 8), '0').match(/.{8}/g) ?? []).reverse();
	const descriptor = Buffer.from([0x2c, 0, 0, 0, 0, width, 0, height, 0, 0, codeSize, data.length]);
	const bytes = Buffer.from(data.map((byte) => Number.parseInt(byte, 2)));
	return Buffer.concat([
		gifScreen(width, height, 0x80),
		Buffer.alloc(6, 0x30),
		descriptor,
		bytes,
		Buffer.of(0),
		GIF_TRAILER,
	]);
}

describe('a GIF', () => {
	it('is whole with its last row begun, where its coded data says that it ends there', async () => {
		for (const coded of [100, 99, 91]) expect(await said(gifOf(10, 10, coded))).toBe('whole');
		for (const coded of [90, 89, 0]) expect(await said(gifOf(10, 10, coded))).toMatch(/ its picture data ends early$/);
	});

	it('of one column has no row that is begun', async () => {
		expect(await said(gifOf(1, 10, 10))).toBe('whole');
		expect(await said(gifOf(1, 10, 9))).toMatch(/ its picture data ends early$/);
	});

	it('is read up to codes of 8 bits, as no browser shows larger ones', async () => {
		expect(await said(gifOf(4, 4, 16, 8))).toBe('whole');
		expect(await said(gifOf(4, 4, 16, 9))).toBe(
			'The GIF cannot be read: its colors have codes of 9 bits, and a GIF has 8 at most',
		);
	});
});
