import type { Recognised } from './recognised';

const BRAND_LENGTH = 4;
/** A file-type box names a handful of brands; more than these are not looked at. */
const LONGEST_BOX = 256;

/** Brands of images and sequences in HEIF, by their coding (ISO/IEC 23008-12, annexes B to L; those of phones among them). */
const HEIF_BRANDS =
	'heic heix heim heis hevc hevx hevm hevs heif avci avcs vvic vvis evbi evbs jpeg jpgs j2ki j2is MiHB MiHA MiHE MiPr'.split(
		' ',
	);
const AVIF_BRANDS = ['avif', 'avis'];
/** Brands that say "some image" and leave the coding to the brands after them (ISO/IEC 23008-12). */
const GENERAL_IMAGE_BRANDS = ['mif1', 'mif2', 'msf1', 'miaf'];
/** The brand of files whose one picture is told by a few bits in place of boxes; its version is the brand of the coding (annex O). */
const SHORT_FORM_BRAND = 'mif3';

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
	if (major === SHORT_FORM_BRAND) {
		return otherImage(AVIF_BRANDS.includes(bytes.toString('latin1', 12, 16)) ? 'AVIF' : 'HEIF (short form)');
	}
	const brands = [major];
	for (let at = 16; at + BRAND_LENGTH <= end; at += BRAND_LENGTH) {
		brands.push(bytes.toString('latin1', at, at + BRAND_LENGTH));
	}
	// A file is what any of its brands says; readers do not insist on the first one, and writers put there what they like.
	const says = (some: readonly string[]) => brands.some((brand) => some.includes(brand));
	if (!HEIF_BRANDS.includes(major) && says(AVIF_BRANDS)) return otherImage('AVIF');
	if (says(HEIF_BRANDS) || says(GENERAL_IMAGE_BRANDS)) return otherImage('HEIC/HEIF');
	if (major === 'crx ') return otherImage('CR3 (Canon camera raw)');
	const name = major === 'qt  ' ? 'a QuickTime video (MOV)' : /^M4[AB]/.test(major) ? 'an M4A sound' : 'an MP4 video';
	return { as: 'otherFile', name, hint: 'wrongFile' };
}
