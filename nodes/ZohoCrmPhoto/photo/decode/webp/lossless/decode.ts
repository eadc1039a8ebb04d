import type { Work } from '../../../work';
import { damaged } from '../../refusal';
import { BitReader } from './bitReader';
import { readImage } from './image';
import { readTransform, type Transform } from './transforms';

/** A lossless picture whose pixels are read, and whose rows are made one after another. */
export class LosslessRows {
	constructor(
		private readonly pixels: Uint32Array,
		/** Pixels in a coded row: fewer than in the picture where several are packed into one. */
		private readonly width: number,
		/** The last one first. */
		private readonly transforms: readonly Transform[],
	) {}

	/** The pixels of a row (alpha, red, green, blue from the highest byte), from the top; there until the next call. */
	row(y: number): Uint32Array {
		let row = this.pixels.subarray(y * this.width, (y + 1) * this.width);
		for (const transform of this.transforms) row = transform.row(row, y);
		return row;
	}
}

const SIGNATURE = 0x2f;

/**
 * The size that a lossless picture's header gives (RFC 9649, 3.4).
 * @param data of the VP8L chunk
 * @throws Damaged where it does not begin as such
 */
export function readLosslessHeader(data: Uint8Array): { width: number; height: number; hasAlpha: boolean } {
	if (data.length < 5 || data[0] !== SIGNATURE) throw damaged('its picture data does not begin as such');
	const reader = new BitReader(data, 1);
	const width = reader.number(14) + 1;
	const height = reader.number(14) + 1;
	const hasAlpha = reader.flag();
	if (reader.number(3) !== 0) throw damaged('its picture data is of a version that there is not');
	return { width, height, hasAlpha };
}

/**
 * Decodes a lossless picture (RFC 9649, section 3).
 * @param data holds the transforms and pixels, from `at` on (in bytes)
 * @throws Damaged for data that breaks RFC 9649 or ends early
 */
export function* decodeLossless(data: Uint8Array, at: number, width: number, height: number): Work<LosslessRows> {
	const reader = new BitReader(data, at);
	const transforms: Transform[] = [];
	const kinds = new Set<number>();
	let coded = width;
	while (reader.flag()) {
		const kind = reader.number(2);
		if (kinds.has(kind)) throw damaged('one of its transforms comes twice');
		kinds.add(kind);
		const read = yield* readTransform(reader, kind, coded, height);
		transforms.unshift(read.transform);
		coded = read.width;
	}
	const pixels = yield* readImage(reader, coded, height, true);
	return new LosslessRows(pixels, coded, transforms);
}
