import type { PhotoKind } from '../photoKinds';
import type { FileHint, Recognised } from './recognised';

/** A file is what `is` says when the bytes at `offset` are `magic` (Latin-1) and `also` agrees. */
interface Signature {
	offset: number;
	magic: string;
	also?: (bytes: Buffer) => boolean;
	is: Recognised;
}

function photo(kind: PhotoKind, magic: string, also?: Signature['also']): Signature {
	return { offset: 0, magic, also, is: { as: 'photo', kind } };
}

/**
 * n8n's Edit Image node runs GraphicsMagick on the bytes alone. `editImageReads` is true for WebP and TIFF, which the
 * node itself lists as formats, and for the kinds that GraphicsMagick reads without a further library.
 */
function image(name: string, magic: string, editImageReads = false, also?: Signature['also'], offset = 0): Signature {
	return { offset, magic, also, is: { as: 'otherImage', name, editImageReads } };
}

function file(name: string, magic: string, also?: Signature['also'], offset = 0): Signature {
	return { offset, magic, also, is: { as: 'otherFile', name, hint: 'wrongFile' } };
}

function hasAt(offset: number, magic: string): (bytes: Buffer) => boolean {
	return (bytes) => bytes.toString('latin1', offset, offset + magic.length) === magic;
}

/** Office files are ZIP archives; the folder of their parts is named near the front. */
function zipHolds(folder: string): (bytes: Buffer) => boolean {
	return (bytes) => bytes.subarray(0, 4096).includes(folder, 0, 'latin1');
}

/** Letters alone also begin text ("BMW ...", "MZ ..."): such files have a zero byte in their header, text has none. */
function hasZeroInHeader(bytes: Buffer): boolean {
	return bytes.subarray(0, 18).includes(0);
}

/** An icon file has a number of pictures that is not 0, and a first entry whose reserved byte is 0. */
function hasIconEntry(bytes: Buffer): boolean {
	return bytes.length >= 22 && bytes.readUInt16LE(4) > 0 && bytes[9] === 0;
}

/** A number for the kind, then width and height, with comments between (Netpbm formats); P7 names its fields. */
function hasNetpbmHeader(bytes: Buffer): boolean {
	return /^P(?:[1-6]\s+(?:#[^\n]*\n\s*)*\d+\s+\d+\s|7\nWIDTH )/.test(bytes.toString('latin1', 0, 256));
}

/** PCX has no signature proper: the encoding byte is 1, the bit depth one of four, and a reserved byte 0. */
function hasPcxHeader(bytes: Buffer): boolean {
	return bytes.length >= 128 && bytes[2] === 1 && [1, 2, 4, 8].includes(bytes.readUInt8(3)) && bytes[64] === 0;
}

/** Behind the magic number: run lengths or not, and one or two bytes to a channel (SGI image file format 1.00). */
function hasSgiHeader(bytes: Buffer): boolean {
	const [, , storage = 2, channelBytes = 0] = bytes;
	return bytes.length >= 512 && storage <= 1 && (channelBytes === 1 || channelBytes === 2);
}

/** The tag of an MP3 begins with its version, 2 to 4. */
function hasId3Version(bytes: Buffer): boolean {
	return [2, 3, 4].includes(bytes[3] ?? 0);
}

/** The frame header of MPEG audio, layer III: no reserved version, bit rate or sampling rate. */
function hasMp3Header(bytes: Buffer): boolean {
	const [, second = 0, third = 0] = bytes;
	return (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
}

function named(name: string, magic: string, hint: FileHint): Signature {
	return { offset: 0, magic, is: { as: 'otherFile', name, hint } };
}

/** In order: a narrower signature stands before a wider one. */
export const SIGNATURES: readonly Signature[] = [
	photo('png', '\x89PNG'),
	photo('jpeg', '\xff\xd8'),
	photo('gif', 'GIF87a'),
	photo('gif', 'GIF89a'),
	photo('bmp', 'BM', hasZeroInHeader),

	image('WebP', 'RIFF', true, hasAt(8, 'WEBP')),
	image('CRW (Canon camera raw)', 'II\x1a\0\0\0HEAPCCDR'),
	image('ORF (Olympus camera raw)', 'IIRO', false, hasZeroInHeader),
	image('ORF (Olympus camera raw)', 'IIRS', false, hasZeroInHeader),
	image('ORF (Olympus camera raw)', 'MMOR', false, hasZeroInHeader),
	image('RW2 (Panasonic camera raw)', 'IIU\0'),
	image('RAF (Fujifilm camera raw)', 'FUJIFILMCCD-RAW'),
	image('X3F (Sigma camera raw)', 'FOVb'),
	image('JPEG XR', 'II\xbc'),
	image('JPEG XL', '\xff\x0a'),
	image('JPEG XL', '\0\0\0\x0cJXL '),
	image('JPEG 2000', '\0\0\0\x0cjP  '),
	image('JPEG 2000', '\xff\x4f\xff\x51'),
	image('PSD (Photoshop)', '8BPS'),
	image('ICO (Windows icon)', '\0\0\x01\0', false, hasIconEntry),
	image('CUR (Windows cursor)', '\0\0\x02\0', false, hasIconEntry),
	image('ICNS (Apple icon)', 'icns'),
	image('PDF', '%PDF-'),
	image('EPS', '%!PS-Adobe'),
	image('EPS', '\xc5\xd0\xd3\xc6'),
	image('MNG', '\x8aMNG', true),
	image('JNG', '\x8bJNG', true),
	image('XCF (GIMP)', 'gimp xcf'),
	image('DDS', 'DDS |\0\0\0'),
	image('DjVu', 'AT&TFORM'),
	image('OpenEXR', '\x76\x2f\x31\x01'),
	image('Radiance HDR', '#?RADIANCE'),
	image('QOI', 'qoif'),
	image('BPG', 'BPG\xfb'),
	image('DICOM', 'DICM', false, undefined, 128),
	image('WMF (Windows metafile)', '\xd7\xcd\xc6\x9a'),
	image('EMF (Windows metafile)', '\x01\0\0\0', false, hasAt(40, ' EMF')),
	image('Netpbm', 'P', true, hasNetpbmHeader),
	image('PCX', '\x0a', true, hasPcxHeader),
	image('SGI', '\x01\xda', true, hasSgiHeader),

	file('a Word document', 'PK\x03\x04', zipHolds('word/')),
	file('an Excel workbook', 'PK\x03\x04', zipHolds('xl/')),
	file('a PowerPoint presentation', 'PK\x03\x04', zipHolds('ppt/')),
	file('an OpenDocument file', 'PK\x03\x04', hasAt(30, 'mimetypeapplication/vnd.oasis.opendocument')),
	file('a ZIP archive', 'PK\x03\x04'),
	file('an empty ZIP archive', 'PK\x05\x06'),
	file('a gzip archive', '\x1f\x8b'),
	file('a bzip2 archive', 'BZh', hasAt(4, '1AY&SY')),
	file('a 7-Zip archive', '7z\xbc\xaf\x27\x1c'),
	file('an XZ archive', '\xfd7zXZ\0'),
	file('a RAR archive', 'Rar!\x1a\x07'),
	file('a TAR archive', 'ustar', undefined, 257),
	file('an older Microsoft Office file', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
	file('an RTF document', '{\\rtf'),
	file('an AVI video', 'RIFF', hasAt(8, 'AVI ')),
	file('a WAV sound', 'RIFF', hasAt(8, 'WAVE')),
	file('a Matroska or WebM video', '\x1a\x45\xdf\xa3'),
	file('an MPEG video', '\0\0\x01\xba'),
	file('an MPEG video', '\0\0\x01\xb3'),
	file('a Flash video', 'FLV\x01'),
	file('a Windows Media file', '\x30\x26\xb2\x75\x8e\x66\xcf\x11'),
	file('an Ogg sound or video', 'OggS'),
	file('a FLAC sound', 'fLaC'),
	file('an MP3 sound', 'ID3', hasId3Version),
	file('an MP3 sound', '\xff', hasMp3Header),
	named('a data URL that was decoded from base64 with its front', '\x75\xab\x5a\x8a\x66\xa0\x7b', 'base64'),
	named('an AppleDouble file (what macOS writes beside a file)', '\0\x05\x16\x07', 'appleDouble'),
	named('an AppleSingle file', '\0\x05\x16\0', 'wrongFile'),
	file('a Windows program', 'MZ', hasZeroInHeader),
	file('a Linux program', '\x7fELF'),
];

/**
 * The first signature that fits.
 * @param bytes the whole file
 * @returns what it is, or undefined when no signature fits
 */
export function bySignature(bytes: Buffer): Recognised | undefined {
	return SIGNATURES.find(({ offset, magic, also }) => hasAt(offset, magic)(bytes) && (also?.(bytes) ?? true))?.is;
}
