import { unsupported } from '../refusal';
import type { Box } from './container/boxes';
import { ByteReader } from './container/byteReader';
import type { VideoSignal } from './hevc/videoSignal';

/** What samples mean, by the codes of ITU-T H.273; and the profile that says more. */
export interface ColourMeaning {
	isFullRange: boolean;
	primaries: number;
	transfer: number;
	matrix: number;
	icc: Uint8Array | undefined;
}

/** Codes of ITU-T H.273. */
export const PRIMARIES = { BT709: 1, UNSPECIFIED: 2, BT2020: 9, DISPLAY_P3: 12 } as const;
export const MATRIX = {
	IDENTITY: 0,
	BT709: 1,
	UNSPECIFIED: 2,
	FCC: 4,
	BT470BG: 5,
	BT601: 6,
	SMPTE240: 7,
	BT2020: 9,
} as const;
const SRGB = 13;
const HDR = new Map([
	[16, 'PQ'],
	[18, 'HLG'],
]);

/**
 * What the samples of a picture mean: what its properties say, then what the coded picture says, then sRGB and ITU-R BT.601
 * (ISO/IEC 23000-22, MIAF, 7.3.6.4) in video's range, as a coded picture that says nothing has it (ITU-T H.265, E.3.1). MIAF would
 * have full range there; but files of the kind come from video encoders, and libheif and ffmpeg read them so.
 * @param properties of the picture, and of its first tile
 * @throws Refused for high dynamic range, which would look dull or burnt
 */
export function colourMeaning(properties: readonly Box[], signal: VideoSignal): ColourMeaning {
	let icc: Uint8Array | undefined;
	let stated: VideoSignal | undefined;
	for (const { type, body } of properties) {
		if (type !== 'colr') continue;
		const reader = new ByteReader(body);
		const kind = reader.code();
		if (kind === 'prof' || kind === 'rICC') icc ??= reader.take(reader.left);
		else if (kind === 'nclx') {
			const [primaries, transfer, matrix] = [reader.number(2), reader.number(2), reader.number(2)];
			stated ??= { primaries, transfer, matrix, isFullRange: reader.number(1) >> 7 === 1 };
		}
	}
	const { isFullRange = false, primaries, transfer, matrix } = stated ?? signal;
	const curve = HDR.get(transfer ?? SRGB);
	if (curve !== undefined) throw unsupported(`The photo is a HEIC in high dynamic range (${curve})`);
	return {
		isFullRange,
		primaries: primaries ?? PRIMARIES.UNSPECIFIED,
		transfer: transfer ?? SRGB,
		matrix: matrix ?? MATRIX.UNSPECIFIED,
		icc,
	};
}

/** The part that red and blue have in brightness (ITU-T H.273, table 4). */
export interface Weights {
	red: number;
	blue: number;
}

/** Of ITU-R BT.601, which JPEGs have. */
export const BT601: Weights = { red: 0.299, blue: 0.114 };

const WEIGHTS = new Map<number, Weights>([
	[MATRIX.BT709, { red: 0.2126, blue: 0.0722 }],
	[MATRIX.UNSPECIFIED, BT601],
	[MATRIX.FCC, { red: 0.3, blue: 0.11 }],
	[MATRIX.BT470BG, BT601],
	[MATRIX.BT601, BT601],
	[MATRIX.SMPTE240, { red: 0.212, blue: 0.087 }],
	[MATRIX.BT2020, { red: 0.2627, blue: 0.0593 }],
]);

/** The weights of a matrix. @throws Refused for matrices that are not made of weights */
export function weightsOf(matrix: number): Weights {
	const weights = WEIGHTS.get(matrix);
	if (weights === undefined) throw unsupported(`The photo is a HEIC with colours of a rare kind (matrix ${matrix})`);
	return weights;
}
