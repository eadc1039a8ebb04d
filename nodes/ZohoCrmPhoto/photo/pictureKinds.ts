import { DECODES_HEIC } from './decode/rare';
import { PHOTO_KINDS, type PhotoKind } from './photoKinds';

/** The kinds whose pictures are decoded: the four that Zoho CRM takes, and those that are turned into one of them. */
export type PictureKind = PhotoKind | 'heic' | 'tiff' | 'webp';

/** What people call each kind, and its MIME type (IANA; image/webp is RFC 9649, image/tiff RFC 3302, image/heic ISO/IEC 23008-12). */
const OTHERS: Record<Exclude<PictureKind, PhotoKind>, { label: string; mimeType: string }> = {
	heic: { label: 'HEIC', mimeType: 'image/heic' },
	tiff: { label: 'TIFF', mimeType: 'image/tiff' },
	webp: { label: 'WebP', mimeType: 'image/webp' },
};

const KINDS: Record<PictureKind, { label: string; mimeType: string }> = { ...PHOTO_KINDS, ...OTHERS };

/** What people call a kind. */
export function labelOf(kind: PictureKind): string {
	return KINDS[kind].label;
}

/** The MIME type of a kind. */
export function mimeTypeOf(kind: PictureKind): string {
	return KINDS[kind].mimeType;
}

const OTHER_NAMES = new Map<string, PictureKind>([
	['WebP', 'webp'],
	['TIFF', 'tiff'],
	...(DECODES_HEIC ? [['HEIC/HEIF', 'heic'] as const] : []),
]);

/**
 * The kind of a picture that Zoho CRM does not take, where it is decoded.
 * @param name what `recognise` calls it
 */
export function otherPictureKind(name: string): PictureKind | undefined {
	return OTHER_NAMES.get(name);
}
