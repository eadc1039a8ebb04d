import type { BitReader } from './bitReader';

/** What the samples mean, by the codes of ITU-T H.273; undefined where it is not said. */
export interface VideoSignal {
	isFullRange?: boolean;
	primaries?: number;
	transfer?: number;
	matrix?: number;
}

/** The code of a shape of samples that is written out (ITU-T H.265, table E.1). */
const OTHER_SHAPE = 255;

/**
 * Reads the video usability information of a sequence parameter set, as far as it says what samples mean
 * (ITU-T H.265, E.2.1).
 * @returns also whether the reader stands behind it: buffering, which photos do not have, is not read
 */
export function readVideoSignal(reader: BitReader): { signal: VideoSignal; goesOn: boolean } {
	if (!reader.flag()) return { signal: {}, goesOn: true };
	if (reader.flag() && reader.bits(8) === OTHER_SHAPE) reader.skip(32);
	if (reader.flag()) reader.skip(1);
	const signal: VideoSignal = reader.flag() ? readSignalType(reader) : {};
	if (reader.flag()) {
		reader.unsigned();
		reader.unsigned();
	}
	reader.skip(3);
	if (reader.flag()) for (let i = 0; i < 4; i++) reader.unsigned();
	if (reader.flag()) {
		reader.skip(64);
		if (reader.flag()) reader.unsigned();
		if (reader.flag()) return { signal, goesOn: false };
	}
	if (reader.flag()) {
		reader.skip(3);
		for (let i = 0; i < 5; i++) reader.unsigned();
	}
	return { signal, goesOn: true };
}

function readSignalType(reader: BitReader): VideoSignal {
	reader.skip(3);
	const isFullRange = reader.flag();
	if (!reader.flag()) return { isFullRange };
	return { isFullRange, primaries: reader.bits(8), transfer: reader.bits(8), matrix: reader.bits(8) };
}
