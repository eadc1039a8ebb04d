import type { Recognised } from './recognised';

const ENTRY_LENGTH = 12;
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
	if (bytes.toString('latin1', 8, 10) === 'CR') return tiffNamed('CR2 (Canon camera raw)', false);
	const isLittleEndian = signature.startsWith('II');
	const read16 = (at: number) => (isLittleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
	const read32 = (at: number) => (isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
	const directory = bytes.length >= 8 ? read32(4) : bytes.length;
	const count = directory + 2 <= bytes.length ? read16(directory) : 0;
	let isPreview = false;
	let hasSubDirectories = false;
	for (let entry = 0; entry < count; entry += 1) {
		const at = directory + 2 + entry * ENTRY_LENGTH;
		if (at + ENTRY_LENGTH > bytes.length) break;
		const tag = read16(at);
		if (tag === DNG_VERSION) return tiffNamed('DNG (camera raw)', false);
		if (tag === SUB_IFDS) hasSubDirectories = true;
		if (tag === NEW_SUBFILE_TYPE && (read32(at + 8) & 1) === 1) isPreview = true;
	}
	if (isPreview && hasSubDirectories) return tiffNamed('camera raw (NEF, ARW or alike)', false);
	return tiffNamed('TIFF', true);
}
