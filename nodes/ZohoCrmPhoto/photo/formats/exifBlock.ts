/** An entry of an Exif block: a text in ASCII, or a number of 16 bits. */
export interface ExifEntry {
	tag: number;
	value: string | number;
}

const ASCII = 2;
const SHORT = 3;
const HEADER_LENGTH = 8;
const ENTRY_LENGTH = 12;

/**
 * An Exif block, without `Exif\0\0`, that holds some entries in its first directory (TIFF 6.0, section 2; Exif 2.32, 4.5.2).
 * @param entries in the order of their tags
 */
export function exifBlock(entries: readonly ExifEntry[]): Uint8Array {
	const directory = Buffer.alloc(HEADER_LENGTH + 2 + ENTRY_LENGTH * entries.length + 4);
	directory.set([0x4d, 0x4d, 0, 42, 0, 0, 0, HEADER_LENGTH]);
	directory.writeUInt16BE(entries.length, HEADER_LENGTH);
	const texts: Buffer[] = [];
	let end = directory.length;
	entries.forEach(({ tag, value }, i) => {
		const at = HEADER_LENGTH + 2 + ENTRY_LENGTH * i;
		directory.writeUInt16BE(tag, at);
		if (typeof value === 'number') {
			directory.writeUInt16BE(SHORT, at + 2);
			directory.writeUInt32BE(1, at + 4);
			directory.writeUInt16BE(value, at + 8);
			return;
		}
		const text = Buffer.from(`${value}\0`, 'latin1');
		directory.writeUInt16BE(ASCII, at + 2);
		directory.writeUInt32BE(text.length, at + 4);
		if (text.length <= 4) {
			directory.set(text, at + 8);
			return;
		}
		directory.writeUInt32BE(end, at + 8);
		// Values begin at even places (TIFF 6.0, section 2).
		const padded = Buffer.concat([text, Buffer.alloc(text.length & 1)]);
		texts.push(padded);
		end += padded.length;
	});
	return Buffer.concat([directory, ...texts]);
}

/** The tag that says how the picture is to be turned: 1 is upright (Exif 2.32, 4.6.4 A). */
export const ORIENTATION = 0x0112;
