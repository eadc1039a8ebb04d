import type { Metadata } from '../decode/picture';
import {
	ADOBE,
	adobe,
	begins,
	EXIF,
	EXTENDED_XMP,
	ICC,
	JFIF,
	jfif,
	oneSegment,
	PHOTOSHOP,
	profileSegments,
	XMP,
	type Application,
} from '../formats/jpegApplications';
import { MARKER, segment } from '../formats/jpegSegments';
import { orientationAlone, withSize } from './exif';
import { shortExif } from './shortExif';
import type { Size } from './target';

const KEPT = new Map<number, string[]>([
	[MARKER.APP0, [JFIF]],
	[MARKER.APP1, [EXIF, XMP, EXTENDED_XMP]],
	[MARKER.APP2, [ICC]],
	[MARKER.APP13, [PHOTOSHOP]],
	[MARKER.APP14, [ADOBE]],
	[MARKER.COM, ['']],
]);

/** What is kept where location and camera data are to go: what the picture looks wrong without. */
const NEEDED = new Map<number, string[]>([
	[MARKER.APP0, [JFIF]],
	[MARKER.APP2, [ICC]],
	[MARKER.APP14, [ADOBE]],
]);

/**
 * What belongs to a picture, as the segments of a JPEG: those that it has, or else new ones. An XMP packet that is too
 * long for a segment is left out; an Exif block is shortened, if need be down to its orientation.
 */
export function asSegments({ segments, exif, icc, xmp, isInkLeftOut }: Metadata): readonly Application[] {
	if (segments !== undefined) return segments;
	const blocks = exif === undefined ? [] : [exif, shortExif(exif), orientationAlone(exif)];
	const [fitting = []] = blocks.map((block) => (block === undefined ? [] : oneSegment(EXIF, block))).filter(isAny);
	return [
		isInkLeftOut === true ? adobe() : jfif(),
		...fitting,
		...(icc === undefined ? [] : profileSegments(icc)),
		...(xmp === undefined ? [] : oneSegment(XMP, xmp)),
	];
}

function isAny(list: readonly unknown[]): boolean {
	return list.length > 0;
}

/**
 * The segments that stay where location and camera data are to go: JFIF density, colour profile, Adobe's colour transform, and
 * of the Exif nothing but an orientation that turns the picture.
 */
export function neededSegments(segments: readonly Application[]): Application[] {
	return segments.flatMap((one) => {
		if (NEEDED.get(one.marker)?.some((name) => begins(one, name))) return [one];
		if (one.marker !== MARKER.APP1 || !begins(one, EXIF)) return [];
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
		.map((one) => segment(one.marker, ...rewritten(one, size)));
}

function canBeOfAnySize(one: Application): boolean {
	const isExtendedXmp = one.marker === MARKER.APP1 && begins(one, EXTENDED_XMP);
	return isExtendedXmp || one.marker === MARKER.APP13 || one.marker === MARKER.COM;
}

function rewritten(one: Application, size: Size): Uint8Array[] {
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
