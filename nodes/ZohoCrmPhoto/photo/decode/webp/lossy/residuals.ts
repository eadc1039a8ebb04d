import type { BoolDecoder } from './boolDecoder';
import { BANDS, EXTRA_BITS, ZIGZAG } from './tables';

const PLACES = 17;
const CONTEXTS = 3;
const NODES = 11;

/** Probabilities by the place of a coefficient in place of its band, so that one look-up less is needed for each. */
export function probabilitiesByPlace(tokens: Uint8Array): Uint8Array {
	const row = CONTEXTS * NODES;
	const spread = new Uint8Array(4 * PLACES * row);
	for (let kind = 0; kind < 4; kind++) {
		for (let place = 0; place < PLACES; place++) {
			const from = (kind * 8 + byteAt(BANDS, place)) * row;
			spread.set(tokens.subarray(from, from + row), (kind * PLACES + place) * row);
		}
	}
	return spread;
}

/**
 * Reads the coefficients of a 4 x 4 block (RFC 6386, section 13).
 * @param probabilities by place
 * @param kind of block: 0 brightness without its first coefficient, 1 second order, 2 colour, 3 brightness
 * @param context how many of the blocks above and to the left have coefficients
 * @param first the first place
 * @param dc the step of the first coefficient, `ac` that of the others
 * @param out takes them, multiplied, from `at` on
 * @returns the place behind the last one read; `first` where there is none
 */
export function readBlock(
	bits: BoolDecoder,
	probabilities: Uint8Array,
	kind: number,
	context: number,
	first: number,
	dc: number,
	ac: number,
	out: Int16Array,
	at: number,
): number {
	let p = ((kind * PLACES + first) * CONTEXTS + context) * NODES;
	for (let place = first; place < 16; place++) {
		if (bits.bit(byteAt(probabilities, p)) === 0) return place;
		while (bits.bit(byteAt(probabilities, p + 1)) === 0) {
			place++;
			if (place === 16) return 16;
			p = (kind * PLACES + place) * CONTEXTS * NODES;
		}
		const next = (kind * PLACES + place + 1) * CONTEXTS * NODES;
		let value = 1;
		if (bits.bit(byteAt(probabilities, p + 2)) === 1) {
			value = largeValue(bits, probabilities, p);
			p = next + 2 * NODES;
		} else {
			p = next + NODES;
		}
		const signed = bits.bit(128) === 1 ? -value : value;
		out[at + byteAt(ZIGZAG, place)] = signed * (place > 0 ? ac : dc);
	}
	return 16;
}

/** A coefficient from 2 on (RFC 6386, 13.2). @param p where its probabilities stand */
function largeValue(bits: BoolDecoder, probabilities: Uint8Array, p: number): number {
	if (bits.bit(byteAt(probabilities, p + 3)) === 0) {
		if (bits.bit(byteAt(probabilities, p + 4)) === 0) return 2;
		return 3 + bits.bit(byteAt(probabilities, p + 5));
	}
	if (bits.bit(byteAt(probabilities, p + 6)) === 0) {
		if (bits.bit(byteAt(probabilities, p + 7)) === 0) return 5 + bits.bit(159);
		const high = bits.bit(165);
		return 7 + 2 * high + bits.bit(145);
	}
	const high = bits.bit(byteAt(probabilities, p + 8));
	const category = 2 * high + bits.bit(byteAt(probabilities, p + 9 + high));
	let extra = 0;
	for (const probability of EXTRA_BITS[category] ?? []) extra = 2 * extra + bits.bit(probability);
	return 3 + (8 << category) + extra;
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
