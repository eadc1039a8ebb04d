import { exifBlock, ORIENTATION } from '../formats/exifBlock';
import type { Size } from './target';

/** Tags with the picture's size (Exif 2.32): ImageWidth, ImageLength in IFD0, PixelX/YDimension in the Exif IFD. */
const WIDTHS = new Set([0x0100, 0xa002]);
const HEIGHTS = new Set([0x0101, 0xa003]);

/** The tag in IFD0 that says where the Exif IFD is. */
const EXIF_IFD = 0x8769;

const SHORT = 3;
const LONG = 4;

/**
 * An Exif block with the picture's size in it set; all else, the orientation among it, byte for byte as it was. A block
 * whose structure is not understood comes back unchanged.
 * @param tiff the block after `Exif\0\0`, a TIFF structure (TIFF 6.0, section 2)
 * @param size the size of the picture as stored, before any turning by the orientation
 */
export function withSize(tiff: Uint8Array, size: Size): Uint8Array {
	const changed = Uint8Array.from(tiff);
	const view = new DataView(changed.buffer);
	if (view.byteLength < 8) return changed;
	const order = view.getUint16(0);
	if (order !== 0x4949 && order !== 0x4d4d) return changed;
	const little = order === 0x4949;
	const exifAt = setSize(view, little, view.getUint32(4, little), size);
	if (exifAt !== undefined) setSize(view, little, exifAt, size);
	return changed;
}

/** Sets the size where one directory holds it. @returns where the Exif IFD is, if this directory says so */
function setSize(view: DataView, little: boolean, at: number, size: Size): number | undefined {
	if (at + 2 > view.byteLength) return undefined;
	const entries = view.getUint16(at, little);
	let exifAt: number | undefined;
	for (let i = 0; i < entries; i++) {
		const entry = at + 2 + 12 * i;
		if (entry + 12 > view.byteLength) break;
		const tag = view.getUint16(entry, little);
		const type = view.getUint16(entry + 2, little);
		if (tag === EXIF_IFD) exifAt = view.getUint32(entry + 8, little);
		const value = WIDTHS.has(tag) ? size.width : HEIGHTS.has(tag) ? size.height : undefined;
		if (value === undefined || view.getUint32(entry + 4, little) !== 1) continue;
		if (type === SHORT) view.setUint16(entry + 8, value, little);
		if (type === LONG) view.setUint32(entry + 8, value, little);
	}
	return exifAt;
}

/**
 * How an Exif block wants the picture to be turned.
 * @param tiff the block after `Exif\0\0`
 * @returns 1 to 8; 1 where it does not say
 */
export function orientationOf(tiff: Uint8Array): number {
	const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
	if (view.byteLength < 8) return 1;
	const order = view.getUint16(0);
	if (order !== 0x4949 && order !== 0x4d4d) return 1;
	const little = order === 0x4949;
	const directory = view.getUint32(4, little);
	if (directory + 2 > view.byteLength) return 1;
	const entries = view.getUint16(directory, little);
	for (let entry = directory + 2; entry < directory + 2 + 12 * entries; entry += 12) {
		if (entry + 12 > view.byteLength) break;
		if (view.getUint16(entry, little) !== ORIENTATION) continue;
		const value = view.getUint16(entry + 8, little);
		return value >= 1 && value <= 8 ? value : 1;
	}
	return 1;
}

/** An Exif block that holds nothing but the orientation of another; none where that one is upright. */
export function orientationAlone(tiff: Uint8Array): Uint8Array | undefined {
	const orientation = orientationOf(tiff);
	return orientation === 1 ? undefined : exifBlock([{ tag: ORIENTATION, value: orientation }]);
}
