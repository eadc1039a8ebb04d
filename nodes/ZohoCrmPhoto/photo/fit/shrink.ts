import { PHOTO_KINDS, type PhotoKind } from '../photoKinds';
import { grouped, inMegabytes, inMegapixels } from '../quantities';
import { encode, type Encoded, type Planes } from '../encode/jpeg/encode';
import { readHeader, type Header } from '../decode/jpeg/frame';
import { colourDifferences, keptSegments } from './metadata';
import { decodeScaled, scaledAgain } from './scaledPicture';
import { Refused, damaged, tooLarge, type ShrinkRefusal } from '../decode/refusal';
import { fitted, type Size } from './target';
import type { Work } from '../work';

/** What the photo must fit into: width x height, and the size of its file in bytes. */
export interface ShrinkLimits {
	maxPixels: number;
	maxBytes: number;
}

/** The smaller photo (`width` x `height` pixels as stored, before any turning by its Exif), or why there is none. */
export type Shrunk = { ok: true; bytes: Buffer; width: number; height: number } | { ok: false; refusal: ShrinkRefusal };

/** The most pixels that shrinking takes on, so that time and memory are bounded. */
const MOST_PIXELS = 60_000_000;

/**
 * The largest file that shrinking takes on, in bytes: more than phones and nearly all cameras write for that many pixels, so
 * that a caller can refuse by the size alone before loading a file. Looking at a file goes in one go, which takes 0.1 s for
 * this many bytes.
 */
export const LARGEST_SHRUNK_FILE = 50_000_000;

/**
 * Samples to decode between two pauses: about 10 ms. The first steps are shorter, each by a half more than the one
 * before, as V8 has not compiled the loops yet.
 */
const STEP = 1 << 18;
const FIRST_STEP = 1 << 14;

/**
 * Qualities on libjpeg's scale; the first at which the file fits is taken. At 90 the eye sees no difference, and below
 * 80 it may, so that fewer pixels are the better choice.
 */
const QUALITIES = [90, 85, 80] as const;
const LOWEST_QUALITY = 80;

/** How often the picture is made smaller still when its file is too large at the lowest quality. */
const SMALLER_TRIES = 4;

/**
 * Makes a JPEG fit: scaled down to the pixels allowed (as large as they let it be, same shape, never enlarged), then
 * encoded at the best quality that fits into the bytes allowed, and smaller still when none does. The orientation and
 * the rest of the Exif, the colour profile, XMP and the sampling stay; the pixels are not turned. A photo within both
 * limits comes back as it is.
 *
 * The decoder and encoder are our own because jpeg-js 0.4.4 works in one go (48 megapixels: stalls of 3.6 s and 4.4 s,
 * 1,290 MB; these: 25 ms and 30 MB, progressive 170 MB, and 400 MB for 60 progressive megapixels in 4:4:4) and turns every picture into RGBA, which CMYK does not survive.
 * @param bytes the whole file
 * @param limits both at least 1
 * @param pause gives the event loop back between steps of about 10 ms; when it rejects, the work ends with its reason
 * @returns a refusal instead of a photo for more than 60 megapixels, for kinds of JPEG other than baseline and
 * progressive with 8 bits a sample, and for damaged data; never throws on account of the photo
 */
export async function shrinkJpeg(bytes: Buffer, limits: ShrinkLimits, pause: () => Promise<void>): Promise<Shrunk> {
	const work = shrink(bytes, limits);
	let done = 0;
	let most = FIRST_STEP;
	for (;;) {
		const step = next(work);
		if (step.done === true) return step.value;
		done += step.value;
		if (done >= most) {
			done = 0;
			most = Math.min(1.5 * most, STEP);
			await pause();
		}
	}
}

/**
 * Makes a photo fit if it is a JPEG; the other kinds are refused: theirs would need a decoder and an encoder more.
 * @param kind what `inspectPhoto` found
 * @param bytes as `shrinkJpeg` takes them, like the rest
 */
export async function shrinkPhoto(
	kind: PhotoKind,
	bytes: Buffer,
	limits: ShrinkLimits,
	pause: () => Promise<void>,
): Promise<Shrunk> {
	if (kind === 'jpeg') return await shrinkJpeg(bytes, limits, pause);
	const { label } = PHOTO_KINDS[kind];
	const { refusal } = tooLarge(`The photo is a ${label} over Zoho CRM's limits; only a JPEG is made smaller`, true);
	return { ok: false, refusal };
}

function next(work: Work<Shrunk>): IteratorResult<number, Shrunk> {
	try {
		return work.next();
	} catch (fault) {
		const refusal = fault instanceof Refused ? fault.refusal : damaged('its data does not hold together').refusal;
		return { done: true, value: { ok: false, refusal } };
	}
}

function* shrink(bytes: Buffer, limits: ShrinkLimits): Work<Shrunk> {
	if (bytes.length > LARGEST_SHRUNK_FILE) {
		const has = inMegabytes(bytes.length);
		throw tooLarge(`The photo has ${has}; shrinking takes at most ${inMegabytes(LARGEST_SHRUNK_FILE)}`);
	}
	const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
	const header = readHeader(data);
	const { width, height } = header.frame;
	const pixels = width * height;
	if (pixels > MOST_PIXELS) {
		const has = `${inMegapixels(pixels)} (${width} x ${height})`;
		throw tooLarge(`The photo has ${has}; shrinking takes at most ${MOST_PIXELS / 1_000_000}`);
	}
	if (pixels <= limits.maxPixels && bytes.length <= limits.maxBytes) return { ok: true, bytes, width, height };
	const size = fitted({ width, height }, limits.maxPixels);
	const differences = colourDifferences(
		header.frame.components.map(({ id }) => id),
		header.extras,
	);
	const picture = yield* decodeScaled(data, header.frame, size, differences);
	return yield* encodeWithin(picture, header, limits.maxBytes);
}

function* encodeWithin(picture: Planes, header: Header, maxBytes: number): Work<Shrunk> {
	let last: Encoded = { fits: false, estimate: 0 };
	for (const quality of QUALITIES) {
		last = yield* encodeAt(picture, quality, header, maxBytes);
		if (last.fits) return { ok: true, bytes: last.bytes, width: picture.width, height: picture.height };
	}
	let smaller = picture;
	for (let tries = 0; tries < SMALLER_TRIES && !last.fits; tries++) {
		const pixels = smaller.width * smaller.height * Math.min(0.9, (0.9 * maxBytes) / last.estimate);
		const size: Size = fitted(smaller, Math.max(1, Math.floor(pixels)));
		smaller = yield* scaledAgain(picture, size);
		last = yield* encodeAt(smaller, LOWEST_QUALITY, header, maxBytes);
		if (last.fits) return { ok: true, bytes: last.bytes, width: smaller.width, height: smaller.height };
	}
	const tried = `${smaller.width} x ${smaller.height}`;
	throw tooLarge(`The photo does not fit into ${grouped(maxBytes)} bytes even at ${tried} pixels`);
}

function encodeAt(picture: Planes, quality: number, { extras }: Header, maxBytes: number): Work<Encoded> {
	return encode(picture, quality, keptSegments(extras, picture, maxBytes / 4), maxBytes);
}
