/** Where the k-th coefficient of the file stands in an 8 x 8 block read row by row (ITU-T T.81, figure 5). */
export const ZIGZAG = Uint8Array.of(
	...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5],
	...[12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28],
	...[35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51],
	...[58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
);

/** Scale factors of the Arai-Agui-Nakajima transforms: cos(k pi / 16) x sqrt(2), 1 for k = 0. */
export const AAN = Float64Array.from({ length: 8 }, (_, k) =>
	k === 0 ? 1 : Math.cos((k * Math.PI) / 16) * Math.SQRT2,
);

/** Quantisation of brightness, row by row (ITU-T T.81, table K.1): what libjpeg's quality 50 stands for. */
export const LUMINANCE_STEPS = Uint8Array.of(
	...[16, 11, 10, 16, 24, 40, 51, 61],
	...[12, 12, 14, 19, 26, 58, 60, 55],
	...[14, 13, 16, 24, 40, 57, 69, 56],
	...[14, 17, 22, 29, 51, 87, 80, 62],
	...[18, 22, 37, 56, 68, 109, 103, 77],
	...[24, 35, 55, 64, 81, 104, 113, 92],
	...[49, 64, 78, 87, 103, 121, 120, 101],
	...[72, 92, 95, 98, 112, 100, 103, 99],
);

/** Quantisation of colour differences, row by row (ITU-T T.81, table K.2). */
export const CHROMINANCE_STEPS = Uint8Array.of(
	...[17, 18, 24, 47, 99, 99, 99, 99],
	...[18, 21, 26, 66, 99, 99, 99, 99],
	...[24, 26, 56, 99, 99, 99, 99, 99],
	...[47, 66, 99, 99, 99, 99, 99, 99],
	...[99, 99, 99, 99, 99, 99, 99, 99],
	...[99, 99, 99, 99, 99, 99, 99, 99],
	...[99, 99, 99, 99, 99, 99, 99, 99],
	...[99, 99, 99, 99, 99, 99, 99, 99],
);

/** A Huffman table as a file holds it: how many codes of 1 to 16 bits, and what they stand for, shortest first. */
export interface HuffmanSpec {
	counts: Uint8Array;
	symbols: Uint8Array;
}

function spec(counts: string, symbols: string): HuffmanSpec {
	return { counts: Uint8Array.from(Buffer.from(counts, 'hex')), symbols: Uint8Array.from(Buffer.from(symbols, 'hex')) };
}

/** DC of brightness (ITU-T T.81, table K.3). */
export const LUMINANCE_DC = spec('00010501010101010100000000000000', '000102030405060708090a0b');

/** DC of colour differences (ITU-T T.81, table K.4). */
export const CHROMINANCE_DC = spec('00030101010101010101010000000000', '000102030405060708090a0b');

/** AC of brightness (ITU-T T.81, table K.5). */
export const LUMINANCE_AC = spec(
	'0002010303020403050504040000017d',
	'01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a34353637' +
		'38393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3' +
		'a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
);

/** AC of colour differences (ITU-T T.81, table K.6). */
export const CHROMINANCE_AC = spec(
	'00020102040403040705040400010277',
	'000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a3536' +
		'3738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999a' +
		'a2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
);
