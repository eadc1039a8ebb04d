import { damaged } from '../../refusal';
import type { BitReader } from './bitReader';

/** Pictures in a set at most (ITU-T H.265, 7.4.8: sps_max_dec_pic_buffering_minus1 is 15 at most). */
const MOST_PICTURES = 16;

/**
 * Passes over a set of reference pictures: a still picture has none, but its headers may (ITU-T H.265, 7.3.7).
 * @param sets how many pictures the sets before have
 * @param index of this set
 * @param isInSlice whether it stands in a slice's header
 * @returns how many pictures it has
 * @throws Damaged for numbers out of bounds
 */
export function skipReferenceSet(
	reader: BitReader,
	sets: readonly number[],
	index: number,
	isInSlice: boolean,
): number {
	if (index !== 0 && reader.flag()) {
		const back = isInSlice ? 1 + reader.unsigned() : 1;
		reader.skip(1);
		reader.unsigned();
		const base = sets[index - back];
		if (base === undefined) throw damaged('its headers have a reference set out of bounds');
		let count = 0;
		for (let i = 0; i <= base; i++) if (reader.flag() || reader.flag()) count++;
		return Math.min(count, MOST_PICTURES);
	}
	const count =
		reader.unsignedWithin(MOST_PICTURES, 'reference set') + reader.unsignedWithin(MOST_PICTURES, 'reference set');
	for (let i = 0; i < count; i++) {
		reader.unsigned();
		reader.skip(1);
	}
	return count;
}
