import { exifBlock, ORIENTATION } from '../../formats/exifBlock';

const SHORT = 3;
const ENTRY_LENGTH = 12;

/** Entries of a directory at most: an Exif block has some dozens. */
const MOST_ENTRIES = 1000;

/** What an Exif block begins with, before its TIFF structure, in some files. */
const PREFIX = Buffer.from('Exif\0\0', 'latin1');

/**
 * The TIFF structure of an Exif item (ISO/IEC 23008-12, annex A.2.1: how many bytes come before it, then those).
 * @returns undefined where there is none
 */
export function exifOfItem(item: Uint8Array): Uint8Array | undefined {
	if (item.length < 12) return undefined;
	const offset = Buffer.from(item.buffer, item.byteOffset, 4).readUInt32BE(0);
	const rest = item.subarray(4 + offset);
	const tiff = PREFIX.equals(rest.subarray(0, PREFIX.length)) ? rest.subarray(PREFIX.length) : rest;
	const [a, b] = tiff;
	return tiff.length >= 8 && a === b && (a === 0x49 || a === 0x4d) ? tiff : undefined;
}

/**
 * An Exif block that says how the picture is turned. What it said before is not true of a HEIC, which is turned by its properties
 * (ISO/IEC 23008-12, annex A.2.3).
 * @param tiff the block, a TIFF structure; undefined for a picture without
 * @param orientation 1 to 8
 * @returns undefined where there is nothing to say
 */
export function orientedExif(tiff: Uint8Array | undefined, orientation: number): Uint8Array | undefined {
	const alone = orientation === 1 ? undefined : exifBlock([{ tag: ORIENTATION, value: orientation }]);
	if (tiff === undefined || tiff.length < 8) return alone;
	const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
	const little = view.getUint16(0) === 0x4949;
	const directory = view.getUint32(4, little);
	if (directory + 2 > tiff.length) return alone;
	const count = view.getUint16(directory, little);
	const end = directory + 2 + ENTRY_LENGTH * count;
	if (count > MOST_ENTRIES || end + 4 > tiff.length) return alone;
	for (let at = directory + 2; at < end; at += ENTRY_LENGTH) {
		if (view.getUint16(at, little) !== ORIENTATION) continue;
		const changed = Uint8Array.from(tiff);
		writeEntry(new DataView(changed.buffer), at, little, orientation);
		return changed;
	}
	return orientation === 1 ? tiff : withEntry(tiff, directory, count, little, orientation);
}

/** A block whose first directory stands at its end with one entry more, so that nothing else moves. */
function withEntry(tiff: Uint8Array, directory: number, count: number, little: boolean, value: number): Uint8Array {
	const padding = tiff.length & 1;
	const moved = tiff.length + padding;
	const out = new Uint8Array(moved + 2 + ENTRY_LENGTH * (count + 1) + 4);
	out.set(tiff);
	const view = new DataView(out.buffer);
	view.setUint32(4, moved, little);
	view.setUint16(moved, count + 1, little);
	let before = 0;
	// Entries stand in the order of their tags (TIFF 6.0, section 2).
	while (before < count && view.getUint16(directory + 2 + ENTRY_LENGTH * before, little) < ORIENTATION) before++;
	const first = directory + 2;
	const split = first + ENTRY_LENGTH * before;
	const end = first + ENTRY_LENGTH * count;
	out.set(tiff.subarray(first, split), moved + 2);
	writeEntry(view, moved + 2 + ENTRY_LENGTH * before, little, value);
	out.set(tiff.subarray(split, end + 4), moved + 2 + ENTRY_LENGTH * (before + 1));
	return out;
}

function writeEntry(view: DataView, at: number, little: boolean, value: number): void {
	view.setUint16(at, ORIENTATION, little);
	view.setUint16(at + 2, SHORT, little);
	view.setUint32(at + 4, 1, little);
	view.setUint16(at + 8, value, little);
	view.setUint16(at + 10, 0, little);
}
