import { withSize } from './exif';
import { MARKER, segment, type Segment } from '../formats/jpegSegments';
import type { Size } from './target';

/** How application segments begin that stay, by marker (CIPA DC-007, ICC.1 annex B.4, XMP part 3, Adobe TN 5116). */
const JFIF = 'JFIF\0';
const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const EXTENDED_XMP = 'http://ns.adobe.com/xmp/extension/\0';
const ICC = 'ICC_PROFILE\0';
const PHOTOSHOP = 'Photoshop 3.0\0';
const ADOBE = 'Adobe';

const KEPT = new Map<number, string[]>([
	[MARKER.APP0, [JFIF]],
	[MARKER.APP1, [EXIF, XMP, EXTENDED_XMP]],
	[MARKER.APP2, [ICC]],
	[MARKER.APP13, [PHOTOSHOP]],
	[MARKER.APP14, [ADOBE]],
	[MARKER.COM, ['']],
]);

function begins({ body }: Segment, name: string): boolean {
	return Buffer.from(body.subarray(0, name.length)).toString('latin1') === name;
}

/**
 * The segments of a photo that its smaller copy keeps, ready to be written: JFIF density, Exif (with the new size),
 * XMP, colour profile, Photoshop's captions, Adobe's colour transform, comments. What points into the old file (the
 * list of further pictures, a video after the end) or vouches for it (content credentials) goes. Where all of it
 * together is larger than `room`, what can be of any size goes too: extended XMP (phones keep depth maps there),
 * Photoshop's captions and comments.
 * @param segments the application and comment segments of the photo
 * @param size the new size in pixels
 * @param room bytes
 */
export function keptSegments(segments: Segment[], size: Size, room: number): Uint8Array[] {
	const kept = segments.filter((one) => KEPT.get(one.marker)?.some((name) => begins(one, name)));
	const total = kept.reduce((sum, { body }) => sum + body.length + 4, 0);
	return kept
		.filter((one) => total <= room || !canBeOfAnySize(one))
		.map((one) => segment(one.marker, ...rewritten(one, size)));
}

function canBeOfAnySize(one: Segment): boolean {
	const isExtendedXmp = one.marker === MARKER.APP1 && begins(one, EXTENDED_XMP);
	return isExtendedXmp || one.marker === MARKER.APP13 || one.marker === MARKER.COM;
}

function rewritten(one: Segment, size: Size): Uint8Array[] {
	if (one.marker === MARKER.APP1 && begins(one, EXIF)) {
		return [one.body.subarray(0, EXIF.length), withSize(one.body.subarray(EXIF.length), size)];
	}
	if (one.marker === MARKER.APP1 && begins(one, XMP)) return [withoutVideo(one.body)];
	return [one.body];
}

/** Says in the XMP that no video follows the picture (Android's Motion Photo format 1.0 and its forerunner). */
function withoutVideo(body: Uint8Array): Uint8Array {
	const text = Buffer.from(body).toString('latin1');
	const still = text.replace(/(?<=(?:MotionPhoto|MicroVideo)(?:="|='|>))1(?=["'<])/g, '0');
	return Buffer.from(still, 'latin1');
}

/**
 * The places of the components that are colour differences, to which the eye is less keen: told as libjpeg's jdapimin.c
 * tells it.
 * @param ids the identifiers of the components
 * @param segments the application segments of the photo
 */
export function colourDifferences(ids: number[], segments: Segment[]): Set<number> {
	const adobe = segments.find((one) => one.marker === MARKER.APP14 && begins(one, ADOBE));
	const jfif = segments.some((one) => one.marker === MARKER.APP0 && begins(one, JFIF));
	const transform = adobe?.body[11];
	const namedRgb = String.fromCharCode(...ids) === 'RGB' && adobe === undefined;
	const converted = ids.length === 3 ? jfif || (transform !== 0 && !namedRgb) : ids.length === 4 && transform === 2;
	return new Set(converted ? [1, 2] : []);
}
