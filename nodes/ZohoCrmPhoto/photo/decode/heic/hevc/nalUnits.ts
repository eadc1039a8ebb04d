import type { Work } from '../../../work';
import { damaged } from '../../refusal';

/** Kinds of NAL units (ITU-T H.265, table 7-1). */
export const NAL = { FIRST_IRAP: 16, IDR_W_RADL: 19, IDR_N_LP: 20, CRA: 21, SPS: 33, PPS: 34 } as const;

/** The length of a NAL unit's header in bytes (ITU-T H.265, 7.3.1.2). */
export const NAL_HEADER = 2;

/** NAL units in one coded picture at most: slices, and messages between them. */
const MOST_UNITS = 10_000;

/** What kind a NAL unit is. @see NAL */
export function nalType(unit: Uint8Array): number {
	return ((unit[0] ?? 0) >> 1) & 63;
}

/**
 * The NAL units of a coded picture, each behind its length (ISO/IEC 14496-15, 4.3.3).
 * @param lengthSize bytes of a length, 1 to 4
 * @throws Damaged where one reaches beyond the end
 */
export function splitNalUnits(data: Uint8Array, lengthSize: number): Uint8Array[] {
	const units: Uint8Array[] = [];
	for (let at = 0; at + lengthSize <= data.length; ) {
		let length = 0;
		for (let i = 0; i < lengthSize; i++) length = length * 256 + (data[at + i] ?? 0);
		at += lengthSize;
		if (at + length > data.length) throw damaged('its picture data ends early');
		if (units.length === MOST_UNITS) throw damaged('its picture is in far too many pieces');
		if (length >= NAL_HEADER) units.push(data.subarray(at, at + length));
		at += length;
	}
	return units;
}

/** What stands before a byte that only keeps start codes from appearing (ITU-T H.265, 7.3.1.1). */
const EMULATION = Buffer.of(0, 0, 3);

/** Places passed over between two looks at whether to pause, and what so many cost in the unit of `Work`. */
const STEP = 256;
const WORK_PER_STEP = 4096;

/** Bytes copied in the time of one unit of `Work`. */
const BYTES_PER_WORK = 64;

/**
 * A NAL unit without the bytes that only keep start codes from appearing: its raw byte sequence payload, behind the header
 * (ITU-T H.265, 7.3.1.1).
 */
export function* withoutEmulation(unit: Uint8Array): Work<Uint8Array> {
	const bytes = Buffer.from(unit.buffer, unit.byteOffset, unit.length);
	const out = new Uint8Array(unit.length);
	let length = 0;
	let from = 0;
	for (let count = 1; ; count++) {
		const found = bytes.indexOf(EMULATION, from);
		const end = found < 0 ? bytes.length : found + 2;
		out.set(unit.subarray(from, end), length);
		length += end - from;
		yield Math.floor((end - from) / BYTES_PER_WORK);
		if (found < 0) return out.subarray(0, length);
		from = end + 1;
		if (count % STEP === 0) yield WORK_PER_STEP;
	}
}

/** As {@link withoutEmulation}, for parameter sets, which are short. */
export function headerWithoutEmulation(unit: Uint8Array): Uint8Array {
	const work = withoutEmulation(unit.subarray(0, LONGEST_HEADER));
	for (;;) {
		const step = work.next();
		if (step.done === true) return step.value;
	}
}

/** More than any parameter set takes, in bytes: `hvcC` gives a length 16 bits. */
const LONGEST_HEADER = 1 << 16;
