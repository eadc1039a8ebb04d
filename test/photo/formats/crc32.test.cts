import { randomBytes } from 'node:crypto';

import { crc32 } from '../../../nodes/ZohoCrmPhoto/photo/formats/crc32';

/** Bit by bit, as the specification defines it (PNG specification, third edition, section 5.5). */
function defined(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}

describe('the checksum', () => {
	it('is that of the specification, for any number of bytes', () => {
		expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
		for (let length = 0; length < 70; length += 1) {
			const bytes = randomBytes(length);
			expect({ bytes, crc: crc32(bytes) }).toEqual({ bytes, crc: defined(bytes) });
		}
	});

	it('goes on from part to part', () => {
		const bytes = randomBytes(100);
		for (const cut of [0, 1, 7, 8, 9, 99, 100]) {
			expect(crc32(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(defined(bytes));
		}
	});
});
