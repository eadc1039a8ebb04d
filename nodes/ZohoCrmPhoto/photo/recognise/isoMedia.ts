import type { Recognised } from './recognised';

const BRAND_LENGTH = 4;
/** A file-type box names a handful of brands; more than these are not looked at. */
const LONGEST_BOX = 256;

const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];
const AVIF_BRANDS = ['avif', 'avis'];
/** Brands that say "some image" and leave the coding to the brands after them (ISO/IEC 23008-12). */
const GENERAL_IMAGE_BRANDS = ['mif1', 'mif2', 'msf1', 'miaf'];

function otherImage(name: string): Recognised {
	return { as: 'otherImage', name, editImageReads: false };
}

/**
 * Tells apart the files that begin with a file-type box: HEIC, AVIF, JPEG 2000, MP4, MOV and their kin
 * (ISO/IEC 14496-12, 4.3: the major brand, a version, then the compatible brands).
 * @param bytes the whole file
 * @returns what it is, or undefined when there is no file-type box
 */
export function byMediaBrand(bytes: Buffer): Recognised | undefined {
	if (bytes.toString('latin1', 4, 8) !== 'ftyp') return undefined;
	const end = Math.min(bytes.length, bytes.readUInt32BE(0), LONGEST_BOX);
	const major = bytes.toString('latin1', 8, 12);
	const brands = [major];
	for (let at = 16; at + BRAND_LENGTH <= end; at += BRAND_LENGTH) {
		brands.push(bytes.toString('latin1', at, at + BRAND_LENGTH));
	}
	const isImage = GENERAL_IMAGE_BRANDS.includes(major);
	if (AVIF_BRANDS.includes(major) || (isImage && brands.some((brand) => AVIF_BRANDS.includes(brand)))) {
		return otherImage('AVIF');
	}
	if (HEIF_BRANDS.includes(major) || isImage) return otherImage('HEIC/HEIF');
	if (major === 'crx ') return otherImage('CR3 (Canon camera raw)');
	const name = major === 'qt  ' ? 'a QuickTime video (MOV)' : /^M4[AB]/.test(major) ? 'an M4A sound' : 'an MP4 video';
	return { as: 'otherFile', name, hint: 'wrongFile' };
}
