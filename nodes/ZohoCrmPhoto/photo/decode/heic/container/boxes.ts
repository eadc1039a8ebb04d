import { damaged } from '../../refusal';
import { ByteReader } from './byteReader';

/** A box: its four letters and what it holds. */
export interface Box {
	type: string;
	body: Uint8Array;
}

/** Boxes in one place at most: the properties of a picture of many tiles are a few hundred. */
const MOST_BOXES = 50_000;

const HEADER = 8;
const LONG_HEADER = 16;

/**
 * The boxes in a stretch of a file, in their order (ISO/IEC 14496-12, 4.2).
 * @param isFile whether it is the whole file: what its end cuts off is left out
 * @throws Damaged where one reaches beyond the end, or there are far too many
 */
export function* boxesIn(data: Uint8Array, isFile = false): Generator<Box, void, undefined> {
	let count = 0;
	for (let at = 0; at + HEADER <= data.length; ) {
		if (++count > MOST_BOXES) throw damaged('it has far too many boxes');
		const reader = new ByteReader(data.subarray(at, at + LONG_HEADER));
		const short = reader.number(4);
		const type = reader.code();
		const length = short === 1 ? reader.number(8) : short === 0 ? data.length - at : short;
		const end = at + length;
		if (length < reader.position) throw damaged('its boxes make no sense');
		if (end > data.length) {
			if (isFile && type !== 'meta') return;
			throw damaged('it is cut off');
		}
		yield { type, body: data.subarray(at + reader.position, end) };
		at = end;
	}
}
