import { damaged } from '../../refusal';
import { BitReader } from './bitReader';
import type { Cabac } from './cabac';
import type { CodedPicture } from './codedPicture';
import type { PlainBlocks } from './sequenceParameters';

/**
 * Reads a block whose samples are written as they are (ITU-T H.265, 7.3.8.7 and 8.4.4.1: pcm_sample).
 * @param x in luma samples
 * @param log log2 of the block's side
 * @throws Damaged where the data ends early or samples have more bits than the picture's
 */
export function readPlainBlock(
	picture: CodedPicture,
	cabac: Cabac,
	plain: PlainBlocks,
	x: number,
	y: number,
	log: number,
): void {
	const { source, position } = cabac;
	const bitsOf = (colour: number) => (colour === 0 ? plain.lumaBits : plain.chromaBits);
	const total = picture.planes.reduce(
		(sum, { shiftX, shiftY }, colour) => sum + (bitsOf(colour) << (2 * log - shiftX - shiftY)),
		0,
	);
	if (8 * (source.length - position) < total) throw damaged('its picture data ends early');
	const reader = new BitReader(source, position);
	picture.planes.forEach(({ samples, stride, origin, shiftX, shiftY, depth }, colour) => {
		const bits = bitsOf(colour);
		if (bits > depth) throw damaged('its headers have a bit depth out of bounds');
		const at = (y >> shiftY) * stride + (x >> shiftX) - origin;
		for (let row = 0; row < 1 << (log - shiftY); row++) {
			for (let column = 0; column < 1 << (log - shiftX); column++) {
				samples[at + row * stride + column] = reader.bits(bits) << (depth - bits);
			}
		}
	});
	cabac.start(source, (reader.position + 7) >> 3);
}
