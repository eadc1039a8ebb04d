import { MARKER, type Segment } from './jpegSegments';

/** A segment's marker and body, wherever it stands. */
export type Application = Pick<Segment, 'marker' | 'body'>;

/** How application segments begin, by what they hold (CIPA DC-007, ICC.1 annex B.4, XMP part 3, Adobe TN 5116). */
export const JFIF = 'JFIF\0';
export const EXIF = 'Exif\0\0';
export const XMP = 'http://ns.adobe.com/xap/1.0/\0';
export const ICC = 'ICC_PROFILE\0';
export const ADOBE = 'Adobe';

/**
 * The same as readers know them, which is by less: of `Exif` the byte behind the first zero is a filler (Exif 2.32, 4.7.2 A, and so
 * in Chromium), and the zero behind a name is taken on trust. What is not known is lost when a photo is made to fit.
 */
export const KNOWN_BY = {
	jfif: 'JFIF',
	exif: 'Exif\0',
	xmp: 'http://ns.adobe.com/xap/1.0/',
	extendedXmp: 'http://ns.adobe.com/xmp/extension/',
	icc: 'ICC_PROFILE',
	photoshop: 'Photoshop ',
	adobe: 'Adobe',
} as const;

/** Whether a segment's body begins so. */
export function begins({ body }: Application, name: string): boolean {
	return Buffer.from(body.subarray(0, name.length)).toString('latin1') === name;
}

/** The most bytes of a segment's body: its length field counts itself and has 16 bits (ITU-T T.81, B.1.1.4). */
export const LONGEST_BODY = 0xffff - 2;

/** The JFIF segment of version 1.1, without a density or a thumbnail (ITU-T T.871, 10.1). */
export function jfif(): Application {
	return { marker: MARKER.APP0, body: Buffer.from(`${JFIF}\x01\x01\0\0\x01\0\x01\0\0`, 'latin1') };
}

/** A colour profile in as many segments as it takes, numbered from 1 (ICC.1:2022, B.4); none where 255 are too few. */
export function profileSegments(icc: Uint8Array): Application[] {
	const room = LONGEST_BODY - ICC.length - 2;
	const count = Math.ceil(icc.length / room);
	if (count > 255) return [];
	return Array.from({ length: count }, (_, i) => ({
		marker: MARKER.APP2,
		body: Buffer.concat([
			Buffer.from(`${ICC}`, 'latin1'),
			Buffer.of(i + 1, count),
			icc.subarray(i * room, (i + 1) * room),
		]),
	}));
}

/** Something that is one segment or, where it is too long for one, nothing. */
export function oneSegment(name: string, content: Uint8Array): Application[] {
	if (name.length + content.length > LONGEST_BODY) return [];
	return [{ marker: MARKER.APP1, body: Buffer.concat([Buffer.from(name, 'latin1'), content]) }];
}

/** Adobe's segment of version 100 without a colour transform: four components are CMYK, ink left out (Adobe TN 5116). */
export function adobe(): Application {
	return { marker: MARKER.APP14, body: Buffer.from(`${ADOBE}\0\x64\0\0\0\0\0`, 'latin1') };
}
