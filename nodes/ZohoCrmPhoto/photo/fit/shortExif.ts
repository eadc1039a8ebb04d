/** Where directories and their values are (Exif 2.32, 4.6): of the Exif, of the place. */
const EXIF_IFD = 0x8769;
const GPS_IFD = 0x8825;

/** What can be of any size, and says nothing to a reader who does not know the maker (Exif 2.32, 4.6.5: MakerNote). */
const MAKER_NOTE = 0x927c;

/** Bytes of a value by its type (TIFF 6.0, section 2); other types are left out. */
const BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** A longer value is left out: texts and numbers are shorter. */
const LONGEST_VALUE = 2048;

/** Entries of a directory at most. */
const MOST_ENTRIES = 300;

interface Entry {
	tag: number;
	type: number;
	count: number;
	/** The value's bytes, or the entries of the directory that it points to. */
	value: Uint8Array | readonly Entry[];
}

/**
 * An Exif block without what makes it long: the maker's notes, the thumbnail and what else is longer than texts and numbers.
 * Where and when a photo was taken, and with what, stays.
 * @param tiff the block after `Exif\0\0`, a TIFF structure (TIFF 6.0, section 2)
 * @returns undefined for a structure that is not understood
 */
export function shortExif(tiff: Uint8Array): Uint8Array | undefined {
	const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
	if (view.byteLength < 8) return undefined;
	const order = view.getUint16(0);
	if (order !== 0x4949 && order !== 0x4d4d) return undefined;
	const little = order === 0x4949;
	const entries = readDirectory(view, little, view.getUint32(4, little), true);
	return entries === undefined ? undefined : written(entries, tiff.subarray(0, 4), little);
}

function readDirectory(view: DataView, little: boolean, at: number, isFirst: boolean): Entry[] | undefined {
	if (at + 2 > view.byteLength) return undefined;
	const count = view.getUint16(at, little);
	if (count > MOST_ENTRIES || at + 2 + 12 * count > view.byteLength) return undefined;
	return Array.from({ length: count }, (_, i) => readEntry(view, little, at + 2 + 12 * i, isFirst)).flat();
}

function readEntry(view: DataView, little: boolean, at: number, isFirst: boolean): Entry[] {
	const tag = view.getUint16(at, little);
	const type = view.getUint16(at + 2, little);
	const count = view.getUint32(at + 4, little);
	if (isFirst && (tag === EXIF_IFD || tag === GPS_IFD)) {
		const value = readDirectory(view, little, view.getUint32(at + 8, little), false);
		return value === undefined ? [] : [{ tag, type, count: 1, value }];
	}
	const length = (BYTES[type] ?? 0) * count;
	if (length === 0 || length > LONGEST_VALUE || tag === MAKER_NOTE) return [];
	const from = length <= 4 ? at + 8 : view.getUint32(at + 8, little);
	if (from + length > view.byteLength) return [];
	return [{ tag, type, count, value: new Uint8Array(view.buffer, view.byteOffset + from, length) }];
}

function written(entries: readonly Entry[], start: Uint8Array, little: boolean): Uint8Array {
	const header = Buffer.alloc(8);
	header.set(start);
	if (little) header.writeUInt32LE(8, 4);
	else header.writeUInt32BE(8, 4);
	return Buffer.concat([header, directory(entries, 8, little)]);
}

/** A directory and behind it what it points to. @param at where it begins in the block */
function directory(entries: readonly Entry[], at: number, little: boolean): Buffer {
	const table = Buffer.alloc(2 + 12 * entries.length + 4);
	const view = new DataView(table.buffer, table.byteOffset, table.length);
	view.setUint16(0, entries.length, little);
	const behind: Buffer[] = [];
	let end = at + table.length;
	entries.forEach(({ tag, type, count, value }, i) => {
		const entry = 2 + 12 * i;
		view.setUint16(entry, tag, little);
		view.setUint16(entry + 2, type, little);
		view.setUint32(entry + 4, count, little);
		const bytes = value instanceof Uint8Array ? Buffer.from(value) : directory(value, end, little);
		if (value instanceof Uint8Array && bytes.length <= 4) {
			table.set(bytes, entry + 8);
			return;
		}
		view.setUint32(entry + 8, end, little);
		// Values begin at even places (TIFF 6.0, section 2).
		const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length & 1)]);
		behind.push(padded);
		end += padded.length;
	});
	return Buffer.concat([table, ...behind]);
}
