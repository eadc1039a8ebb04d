import type { Metadata } from '../decode/picture';
import {
	adobe,
	begins,
	EXIF,
	jfif,
	KNOWN_BY,
	oneSegment,
	profileSegments,
	XMP,
	type Application,
} from '../formats/jpegApplications';
import { MARKER, segment } from '../formats/jpegSegments';
import { orientationAlone, withSize } from './exif';
import { ofPictureAlone } from './xmp';
import type { Size } from './target';

const { jfif: JFIF_NAME, exif: EXIF_NAME, xmp: XMP_NAME, extendedXmp, icc, photoshop, adobe: ADOBE_NAME } = KNOWN_BY;

const KEPT = new Map<number, string[]>([
	[MARKER.APP0, [JFIF_NAME]],
	[MARKER.APP1, [EXIF_NAME, XMP_NAME, extendedXmp]],
	[MARKER.APP2, [icc]],
	[MARKER.APP13, [photoshop]],
	[MARKER.APP14, [ADOBE_NAME]],
	[MARKER.COM, ['']],
]);

/** What is kept where location and camera data are to go: what the picture looks wrong without. */
const NEEDED = new Map<number, string[]>([
	[MARKER.APP0, [JFIF_NAME]],
	[MARKER.APP2, [icc]],
	[MARKER.APP14, [ADOBE_NAME]],
]);

/**
 * What belongs to a picture, as the segments of a JPEG: those that it has, or else new ones. An Exif block or XMP packet that
 * is too long for a segment is left out, down to the orientation of the Exif.
 */
export function asSegments({ segments, exif, icc, xmp, isInkLeftOut }: Metadata): readonly Application[] {
	if (segments !== undefined) return segments;
	const whole = exif === undefined ? [] : oneSegment(EXIF, exif);
	const orientation = exif === undefined ? undefined : orientationAlone(exif);
	const short = orientation === undefined ? [] : oneSegment(EXIF, orientation);
	return [
		isInkLeftOut === true ? adobe() : jfif(),
		...(whole.length > 0 ? whole : short),
		...(icc === undefined ? [] : profileSegments(icc)),
		...(xmp === undefined ? [] : oneSegment(XMP, xmp)),
	];
}

/**
 * The segments that stay where location and camera data are to go: JFIF density, colour profile, Adobe's colour transform, and
 * of the Exif nothing but an orientation that turns the picture.
 */
export function neededSegments(segments: readonly Application[]): Application[] {
	return segments.flatMap((one) => {
		if (NEEDED.get(one.marker)?.some((name) => begins(one, name))) return [one];
		if (one.marker !== MARKER.APP1 || !begins(one, EXIF_NAME)) return [];
		const orientation = orientationAlone(one.body.subarray(EXIF.length));
		return orientation === undefined ? [] : oneSegment(EXIF, orientation);
	});
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
export function keptSegments(segments: readonly Application[], size: Size, room: number): Uint8Array[] {
	const kept = segments.filter((one) => KEPT.get(one.marker)?.some((name) => begins(one, name)));
	const total = kept.reduce((sum, { body }) => sum + body.length + 4, 0);
	return kept
		.filter((one) => total <= room || !canBeOfAnySize(one))
		.map((one) => segment(one.marker, ...rewritten(one, size, total > room)));
}

function canBeOfAnySize(one: Application): boolean {
	const isExtendedXmp = one.marker === MARKER.APP1 && begins(one, extendedXmp);
	return isExtendedXmp || one.marker === MARKER.APP13 || one.marker === MARKER.COM;
}

function rewritten(one: Application, size: Size, isCrowded: boolean): Uint8Array[] {
	if (one.marker === MARKER.APP1 && begins(one, EXIF_NAME)) {
		return [Buffer.from(EXIF, 'latin1'), withSize(one.body.subarray(EXIF.length), size)];
	}
	if (one.marker === MARKER.APP1 && begins(one, XMP_NAME)) return [ofPictureAlone(one.body, isCrowded)];
	return [one.body];
}

/** Segments that list what stands behind the picture: further pictures (CIPA DC-007), a gain map (ISO 21496-1). */
const OF_WHAT_STANDS_BEHIND = ['MPF\0', 'urn:iso:std:iso:ts:21496:-1'];

/**
 * The segment of a photo behind whose end nothing stands any more: as it was, or without what it says of that.
 * @returns none where it says nothing else
 */
export function segmentAlone(one: Application): Application[] {
	if (one.marker === MARKER.APP2 && OF_WHAT_STANDS_BEHIND.some((name) => begins(one, name))) return [];
	if (one.marker !== MARKER.APP1 || !begins(one, XMP_NAME)) return [one];
	return [{ marker: one.marker, body: ofPictureAlone(one.body, false) }];
}
