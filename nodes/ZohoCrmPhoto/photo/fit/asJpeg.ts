import { tooLarge } from '../decode/refusal';
import { encode, type Encoded, type Planes } from '../encode/jpeg/encode';
import type { Application } from '../formats/jpegApplications';
import { grouped } from '../quantities';
import type { Work } from '../work';
import { toBrightness } from './colours';
import { keptSegments } from './metadata';
import { onWhite } from './multiplied';
import { scaledAgain, type Scaled } from './scaledPicture';
import { fitted, type Size } from './target';

/**
 * Qualities on libjpeg's scale; the first at which the file fits is taken. At 90 the eye sees no difference, and below
 * 80 it may, so that fewer pixels are the better choice.
 */
const QUALITIES = [90, 85, 80] as const;
const LOWEST_QUALITY = 80;

/** How often the picture is made smaller still when its file is too large at the lowest quality. */
const SMALLER_TRIES = 4;

/** A JPEG, and its size in pixels as stored. */
export interface JpegFile extends Size {
	bytes: Buffer;
}

/**
 * Encodes a picture at the best quality that fits into the bytes allowed, and smaller still where none does.
 * @param picture is used up: its samples change; what can be seen through is laid on white, as no JPEG can be seen through
 * @param segments what belongs to it
 * @param maxBytes at least 1
 * @throws Refused where not even the smallest try fits
 */
export function* asJpeg(picture: Scaled, segments: readonly Application[], maxBytes: number): Work<JpegFile> {
	const { planes, alpha } = picture;
	if (alpha !== undefined) for (const { samples } of planes) yield* onWhite(samples, alpha);
	if (picture.colours === 'stored') return yield* encodeWithin(picture, segments, maxBytes);
	const [red, green, blue] = planes;
	if (red !== undefined && green !== undefined && blue !== undefined) {
		yield* toBrightness(red.samples, green.samples, blue.samples);
	}
	const converted = planes.map((plane, place) => ({ ...plane, difference: place > 0 }));
	return yield* encodeWithin({ ...picture, planes: converted }, segments, maxBytes);
}

function* encodeWithin(picture: Planes, segments: readonly Application[], maxBytes: number): Work<JpegFile> {
	let last: Encoded = { fits: false, estimate: 0 };
	for (const quality of QUALITIES) {
		last = yield* encodeAt(picture, quality, segments, maxBytes);
		if (last.fits) return { bytes: last.bytes, width: picture.width, height: picture.height };
	}
	let smaller = picture;
	for (let tries = 0; tries < SMALLER_TRIES && !last.fits; tries++) {
		const pixels = smaller.width * smaller.height * Math.min(0.9, (0.9 * maxBytes) / last.estimate);
		const size: Size = fitted(smaller, Math.max(1, Math.floor(pixels)));
		smaller = yield* scaledAgain(smaller, size);
		last = yield* encodeAt(smaller, LOWEST_QUALITY, segments, maxBytes);
		if (last.fits) return { bytes: last.bytes, width: smaller.width, height: smaller.height };
	}
	const tried = `${smaller.width} x ${smaller.height}`;
	throw tooLarge(`The photo does not fit into ${grouped(maxBytes)} bytes even at ${tried} pixels`);
}

function encodeAt(picture: Planes, quality: number, segments: readonly Application[], maxBytes: number): Work<Encoded> {
	return encode(picture, quality, keptSegments(segments, picture, maxBytes / 4), maxBytes);
}
