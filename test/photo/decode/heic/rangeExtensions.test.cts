import { NAL, nalType } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/hevc/nalUnits';
import { fixture } from '../samples.cts';
import { bitstreamOf, endOf, type Bitstream } from './bitstream.cts';

const { parameterSets, slices } = bitstreamOf(fixture('heic', 'tiles.heic'));

/**
 * The stream with an extension in a parameter set, which ends with a flag that there is none, and the bits that close it (ITU-T H.265,
 * 7.3.2.2 and 7.3.2.3).
 * @param extension bits behind the flags that say that it is that of the range extensions
 */
function extended(type: number, extension: string): Bitstream {
	const sets = parameterSets.map((unit) => {
		if (nalType(unit) !== type) return unit;
		const bits = Array.from(unit, (byte) => byte.toString(2).padStart(8, '0')).join('');
		const withFlags = `${bits.slice(0, bits.lastIndexOf('1') - 1)}110000000${extension}1`;
		return Uint8Array.from(withFlags.match(/.{1,8}/g) ?? [], (eight) => Number.parseInt(eight.padEnd(8, '0'), 2));
	});
	return { parameterSets: sets, slices };
}

const REFUSAL = 'The photo is a HEIC coded with range extensions that no phone or camera uses';

const SEQUENCE_TOOLS = [
	...['rotation', 'one context', 'implicit differences', 'explicit differences', 'precision', 'no smoothing'],
	...['weights', 'Rice parameters', 'alignment'],
];

test.each(SEQUENCE_TOOLS.map((name, i) => [name, i] as const))(
	'a sequence with a tool of them is refused: %s',
	(_, i) => {
		const flags = SEQUENCE_TOOLS.map((_tool, k) => (k === i ? '1' : '0')).join('');
		expect(endOf(extended(NAL.SPS, flags))).toBe(REFUSAL);
	},
);

test.each([
	['prediction of a colour from another', '1011'],
	['lists of colour offsets', '01'],
	['scaled offsets of luma', '000101'],
	['scaled offsets of colours', '001010'],
])('a picture with a tool of them is refused: %s', (_, bits) => {
	expect(endOf(extended(NAL.PPS, bits))).toBe(REFUSAL);
});

test('a stream that has the extensions and none of their tools, is read', () => {
	expect(endOf(extended(NAL.SPS, '000000000'))).toBe('a picture');
	expect(endOf(extended(NAL.PPS, '0011'))).toBe('a picture');
});
