/** The four kinds that Zoho CRM takes (Zoho CRM API v8, "Upload a Photo": PNG, JPEG, GIF and BMP). */
export type PhotoKind = 'png' | 'jpeg' | 'gif' | 'bmp';

/**
 * What is sent along with each kind: the name people use, the registered MIME type (IANA; image/bmp is RFC 7903), the
 * extension given to a name that has none, and the other extensions that fit the same bytes.
 */
export const PHOTO_KINDS: Record<
	PhotoKind,
	{ label: string; mimeType: string; extension: string; alsoFitting: readonly string[] }
> = {
	png: { label: 'PNG', mimeType: 'image/png', extension: 'png', alsoFitting: [] },
	jpeg: { label: 'JPEG', mimeType: 'image/jpeg', extension: 'jpg', alsoFitting: ['jpeg'] },
	gif: { label: 'GIF', mimeType: 'image/gif', extension: 'gif', alsoFitting: [] },
	bmp: { label: 'BMP', mimeType: 'image/bmp', extension: 'bmp', alsoFitting: [] },
};

/**
 * What is known of a photo from its bytes. `fileSize` in bytes; `width` and `height` in pixels as stored: an EXIF
 * orientation that turns the picture on its side is not applied (it does not change the number of pixels).
 * `extension` is without the dot.
 */
export interface PhotoFacts {
	kind: PhotoKind;
	mimeType: string;
	extension: string;
	fileSize: number;
	width: number;
	height: number;
}

/** The facts of a photo of a known kind. @param fileSize in bytes @param size in pixels as stored */
export function factsOf(kind: PhotoKind, fileSize: number, size: Pick<PhotoFacts, 'width' | 'height'>): PhotoFacts {
	const { mimeType, extension } = PHOTO_KINDS[kind];
	return { kind, mimeType, extension, fileSize, width: size.width, height: size.height };
}

/** Whether a kind is one of the four. */
export function isPhotoKind(kind: string): kind is PhotoKind {
	return Object.hasOwn(PHOTO_KINDS, kind);
}
