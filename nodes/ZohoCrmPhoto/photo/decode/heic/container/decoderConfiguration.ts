import { ByteReader } from './byteReader';

/** What a decoder of HEVC needs beside an item's bytes. */
export interface DecoderConfiguration {
	/** Bytes of the length before each NAL unit. */
	lengthSize: number;
	/** Parameter sets, each a NAL unit. */
	units: readonly Uint8Array[];
}

/** Where the length size stands, behind profile, level and bit depths. */
const LENGTH_SIZE_AT = 21;

/**
 * Reads the decoder configuration of an item (ISO/IEC 14496-15, 8.3.3.1: `hvcC`).
 * @throws Damaged where it ends early
 */
export function readDecoderConfiguration(body: Uint8Array): DecoderConfiguration {
	const reader = new ByteReader(body);
	reader.take(LENGTH_SIZE_AT);
	const lengthSize = (reader.number(1) & 3) + 1;
	const units: Uint8Array[] = [];
	for (let arrays = reader.number(1); arrays > 0; arrays--) {
		reader.number(1);
		for (let left = reader.number(2); left > 0; left--) units.push(reader.take(reader.number(2)));
	}
	return { lengthSize, units };
}
