import { BitWriter } from '../../../../nodes/ZohoCrmPhoto/photo/encode/jpeg/bitWriter';

test('bits come out first ones highest, across pieces of 256 KiB', () => {
	const writer = new BitWriter();
	const numbers = Array.from({ length: 200_000 }, (_, i) => (i * 37) % 0x7fff);
	for (const number of numbers) writer.write(number, 15);
	const bytes = Buffer.concat(writer.end());
	expect(bytes.length).toBeGreaterThanOrEqual(Math.ceil((numbers.length * 15) / 8));

	// A zero stands after each byte of ones, and the last byte is filled with ones.
	const plain = [...bytes].filter((byte, i) => !(byte === 0 && bytes[i - 1] === 0xff));
	const bits = plain.map((byte) => byte.toString(2).padStart(8, '0')).join('');
	expect(bits.slice(numbers.length * 15)).toMatch(/^1{0,7}$/);
	const read = numbers.map((_, i) => parseInt(bits.slice(15 * i, 15 * (i + 1)), 2));
	expect(read).toEqual(numbers);
});
