import { createHash } from 'node:crypto';

import { HevcDecoder } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/hevc/decoder';
import { readSliceHeader } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/hevc/sliceHeader';
import { fixture } from '../samples.cts';
import { bitstreamOf, endOf, samplesOf, type Bitstream } from './bitstream.cts';
import { TOOLS } from './tools.cts';

function streamOf(name: string): Bitstream {
	return bitstreamOf(fixture('heic', `${name}.heic`));
}

function hash(samples: Buffer): string {
	return createHash('sha256').update(samples).digest('hex');
}

describe('tools that x265 does not write', () => {
	test.each(Object.entries(TOOLS))(
		'%s: the samples are as expected, also those of the next picture',
		(name, { samples }) => {
			const stream = streamOf(name);
			const decoder = new HevcDecoder(stream.parameterSets);
			expect(hash(samplesOf(stream, decoder))).toBe(samples);
			expect(hash(samplesOf(stream, decoder))).toBe(samples);
		},
	);
});

describe('of a picture in slices that depend on each other', () => {
	const { parameterSets, slices } = streamOf('dependent-slices');
	const without = (...left: number[]) => endOf({ parameterSets, slices: slices.filter((_, i) => !left.includes(i)) });

	test('none may be missing', () => {
		expect(without()).toBe('a picture');
		for (const i of slices.keys()) expect([i, without(i)]).toEqual([i, 'a part of its picture is missing']);
	});

	test('none may come twice or in another order', () => {
		const [first, second, third, ...others] = slices;
		if (first === undefined || second === undefined || third === undefined) throw new Error('There are more slices');
		const inOrder = (...units: Uint8Array[]) => endOf({ parameterSets, slices: [...units, ...others] });
		expect(inOrder(first, second, second, third)).toBe('its picture is in pieces that overlap');
		expect(inOrder(first, third, second)).toBe('a part of its picture is missing');
	});
});

describe('a stream that is', () => {
	const NAMES = ['tiles', 'slices-in-tiles', 'dependent-wavefronts', 'dependent-tiles', 'pcm', 'header-extensions'];

	test.each(NAMES)('cut within a slice, is refused: %s', (name) => {
		const { parameterSets, slices } = streamOf(name);
		for (const [i, unit] of slices.entries()) {
			const cut = slices.with(i, unit.subarray(0, unit.length >> 1));
			expect(endOf({ parameterSets, slices: cut })).toMatch(/^its picture data (ends early|makes no sense)$/);
		}
	});

	test.each(['tiles', 'tile-rows-wavefronts'])(
		'wrong about where its tiles and rows begin, is read all the same: %s',
		(name) => {
			const { parameterSets, slices } = streamOf(name);
			const [unit = new Uint8Array(0)] = slices;
			const { sps, pps, slices: treeBlocks } = new HevcDecoder(parameterSets).picture;
			const { dataAt } = readSliceHeader(unit, sps, pps, treeBlocks.length, undefined);
			const wrong = Uint8Array.from(unit);
			// The entry points end before the last bit of the header that is set.
			const end = 8 * dataAt - 1 - Math.log2((wrong[dataAt - 1] ?? 0) & -(wrong[dataAt - 1] ?? 0));
			for (let bit = end - 8; bit < end; bit++) wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
			expect(hash(samplesOf({ parameterSets, slices: [wrong] }))).toBe(TOOLS[name]?.samples);
		},
	);

	test.each(NAMES)('wrong in one bit of a header, as where tiles or rows begin, is refused or read: %s', (name) => {
		const { parameterSets, slices } = streamOf(name);
		const [first = new Uint8Array(0), ...others] = slices;
		for (let bit = 16; bit < 16 + 8 * 12; bit++) {
			const wrong = Uint8Array.from(first);
			wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
			expect(endOf({ parameterSets, slices: [wrong, ...others] })).toMatch(/^(a picture|a part|its |The photo)/);
		}
	});
});
