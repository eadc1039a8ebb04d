import { EntropyReader } from '../../nodes/ZohoCrmPhoto/photo/decode/jpeg/entropyReader';
import { HuffmanTable } from '../../nodes/ZohoCrmPhoto/photo/decode/jpeg/huffman';
import { standardTable, tableOf } from '../../nodes/ZohoCrmPhoto/photo/decode/jpeg/standardTables';
import { CHROMINANCE_AC, LUMINANCE_AC, LUMINANCE_DC } from '../../nodes/ZohoCrmPhoto/photo/formats/jpegTables';
import { seeded } from './mutate.cts';

/** A table with one code for each length up to 16 bits, most of them too long for a look-up: zero runs and values of every size. */
const LONG = new HuffmanTable({
	counts: Uint8Array.of(...[0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
	symbols: Uint8Array.of(...[0x00, 0x12, 0x01, 0xf0, 0x24, 0x05, 0x36, 0x07, 0x48, 0x09, 0x0a, 0xf1, 0xe2, 0x03, 0x0b]),
});

/** Blocks until the data makes no sense or 2,000 were read: where each ends, by what comes behind it, and whether all made sense. */
function read(data: Uint8Array, block: (reader: EntropyReader) => void): { behind: number[]; isWhole: boolean } {
	const reader = new EntropyReader(data, 0);
	const behind: number[] = [];
	try {
		for (let n = 0; n < 2000; n++) {
			block(reader);
			reader.checkEnd();
			behind.push(reader.number(3));
		}
	} catch {
		return { behind, isWhole: false };
	}
	return { behind, isWhole: true };
}

describe.each([
	['brightness', tableOf(LUMINANCE_AC)],
	['colour', tableOf(CHROMINANCE_AC)],
	['long codes', LONG],
])('a block that is passed over, of %s', (_, table) => {
	const seed = Math.floor(Math.random() * 2 ** 32);

	it(`ends where it does when its coefficients are read, and makes as little sense (seed ${seed})`, () => {
		const next = seeded(seed);
		const random = (below: number): number => Math.floor(next() * below);
		let blocks = 0;
		for (let round = 0; round < 400; round++) {
			const data = Uint8Array.from({ length: 600 }, () => (random(20) === 0 ? 0xff : random(256)));
			const passed = read(data, (reader) => reader.pass(table));
			const decoded = read(data, (reader) => reader.alternating(table, new Int16Array(64)));
			expect(passed).toEqual(decoded);
			blocks += passed.behind.length;
		}
		expect(blocks).toBeGreaterThan(100);
	});
});

describe('the tables of the standard', () => {
	it('are made once, whoever asks for them', () => {
		const copy = { counts: Uint8Array.from(LUMINANCE_AC.counts), symbols: Uint8Array.from(LUMINANCE_AC.symbols) };
		expect(tableOf(copy)).toBe(standardTable(true, 0));
		expect(tableOf(LUMINANCE_DC)).toBe(standardTable(false, 0));
		expect(standardTable(true, 2)).toBeUndefined();
	});

	it('are not taken for others that differ in one symbol', () => {
		const symbols = Uint8Array.from(LUMINANCE_AC.symbols);
		symbols[3] = 0x22;
		expect(tableOf({ counts: LUMINANCE_AC.counts, symbols })).not.toBe(standardTable(true, 0));
	});
});
