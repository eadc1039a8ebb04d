import type { Recognised } from './recognised';

/** How directories stand in a TIFF (TIFF 6.0, section 2) and in a BigTIFF: where the offset of the first is, and lengths in bytes. */
const CLASSIC = { headerLength: 8, offset: 4, countLength: 2, entryLength: 12, valueAt: 8 };
const BIG = { headerLength: 16, offset: 8, countLength: 8, entryLength: 20, valueAt: 12 };

/** What stands behind the header of a CR2: two letters and its version (a picture's first samples may be the letters). */
const CR2_MARK = 'CR\x02';

/** Tags in a TIFF's first directory (TIFF 6.0; Adobe DNG 1.6, "DNGVersion"; TIFF/EP, "SubIFDs"). */
const NEW_SUBFILE_TYPE = 254;
const SUB_IFDS = 330;
const DNG_VERSION = 50706;

const SIGNATURES = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'];

function tiffNamed(name: string, editImageReads: boolean): Recognised {
	return { as: 'otherImage', name, editImageReads };
}

/**
 * Tells TIFF from the camera raw files that are built like one: from those the Edit Image node would take the preview,
 * as it stands in the first directory, so they must not be sent there.
 * @param bytes the whole file
 * @returns what it is, or undefined when it is no TIFF
 */
export function byTiffDirectory(bytes: Buffer): Recognised | undefined {
	const signature = bytes.toString('latin1', 0, 4);
	if (!SIGNATURES.includes(signature)) return undefined;
	const isBig = signature.includes('+');
	if (!isBig && bytes.toString('latin1', 8, 11) === CR2_MARK) return tiffNamed('CR2 (Canon camera raw)', false);
	const isLittleEndian = signature.startsWith('II');
	const form = isBig ? BIG : CLASSIC;
	const read16 = (at: number) => (isLittleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
	const read32 = (at: number) => (isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
	const read64 = (at: number) => Number(isLittleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
	const isWhole = bytes.length >= form.headerLength;
	const directory = isWhole ? (isBig ? read64(form.offset) : read32(form.offset)) : bytes.length;
	const entries = directory + form.countLength;
	const count = entries <= bytes.length ? (isBig ? read64(directory) : read16(directory)) : 0;
	let isPreview = false;
	let hasSubDirectories = false;
	for (let entry = 0; entry < count; entry += 1) {
		const at = entries + entry * form.entryLength;
		if (at + form.entryLength > bytes.length) break;
		const tag = read16(at);
		if (tag === DNG_VERSION) return tiffNamed('DNG (camera raw)', false);
		if (tag === SUB_IFDS) hasSubDirectories = true;
		if (tag === NEW_SUBFILE_TYPE && (read32(at + form.valueAt) & 1) === 1) isPreview = true;
	}
	if (isPreview && hasSubDirectories) return tiffNamed('camera raw (NEF, ARW or alike)', false);
	return tiffNamed('TIFF', true);
}
