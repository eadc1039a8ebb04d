import { PHOTO_KINDS, type PhotoKind } from './photoKinds';

/** The kinds whose pictures are decoded: the four that Zoho CRM takes, and those that are turned into one of them. */
export type PictureKind = PhotoKind;

/** What people call a kind. */
export function labelOf(kind: PictureKind): string {
	return PHOTO_KINDS[kind].label;
}

/** The MIME type of a kind (IANA). */
export function mimeTypeOf(kind: PictureKind): string {
	return PHOTO_KINDS[kind].mimeType;
}
