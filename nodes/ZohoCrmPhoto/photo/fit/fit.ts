import type { Metadata } from '../decode/picture';
import { isDamaged, isRefused, tooLarge, type FitRefusal } from '../decode/refusal';
import { isPhotoKind, type PhotoFacts, type PhotoKind } from '../photoKinds';
import { labelOf, type PictureKind } from '../pictureKinds';
import { inMegabytes, inMegapixels } from '../quantities';
import { asJpeg } from './asJpeg';
import { asPng } from './asPng';
import { asSegments, neededSegments } from './metadata';
import { decoderOf } from './open';
import { giveBack } from '../spareMemory';
import { decodeScaled, type Scaled } from './scaledPicture';
import { Steps } from './steps';
import { fittedWithin, type Size } from './target';
import { withoutMetadata, withoutTrailer } from './withoutMetadata';

/** What the photo must become. */
export interface FitWish {
	/** The most that width x height may be. */
	maxPixels: number;
	/** The most bytes of the file. */
	maxBytes: number;
	/** The most pixels of the longer side; 0 for any. */
	largestSide?: number;
	/** Whether everything goes that does not belong to how the picture looks. */
	removeMetadata?: boolean;
}

/** A photo that fits, as stored, before any turning by its Exif. */
export interface FittingPhoto extends Size {
	kind: PhotoKind;
	bytes: Buffer;
	/** The size of the picture that it was made of. */
	original: Size;
}

/** A photo that fits, or why there is none. */
export type Fitted = ({ ok: true } & FittingPhoto) | { ok: false; refusal: FitRefusal };

/** The most pixels that are taken on, so that time and memory are bounded. */
const MOST_PIXELS = 60_000_000;

/**
 * The largest file that is taken on, in bytes: more than phones and nearly all cameras write for that many pixels, so
 * that a caller can refuse by the size alone before loading a file. Looking at a file goes in one go, which takes 0.1 s for
 * this many bytes.
 */
export const LARGEST_FITTED_FILE = 50_000_000;

/**
 * Makes a photo fit: decoded, scaled down to what is allowed (as large as that lets it be, same shape, never enlarged), then
 * encoded at the best quality that fits into the bytes allowed, and smaller still when none does. The orientation and
 * the rest of the Exif, the colour profile and XMP stay; the pixels are not turned. A photo that fits comes back as it is.
 *
 * The decoders and encoders are our own because those of others work in one go (jpeg-js 0.4.4 with 48 megapixels: stalls of
 * 3.6 s and 4.4 s, 1,290 MB; these: 25 ms and 30 MB, progressive 170 MB, and 400 MB for 60 progressive megapixels in 4:4:4)
 * and turn every picture into RGBA, which CMYK does not survive.
 * @param kind what the file is by its bytes
 * @param bytes the whole file
 * @param wish its limits are at least 1
 * @param pause gives the event loop back between steps of about 10 ms; when it rejects, the work ends with its reason
 * @param known what is known of a photo that Zoho CRM takes: where nothing is to be scaled, it need not be decoded
 * @returns a refusal instead of a photo for more than 60 megapixels or 50 MB, for variants that are not decoded and for
 * damaged data; never throws on account of the photo
 */
export async function fitPhoto(
	kind: PictureKind,
	bytes: Buffer,
	wish: FitWish,
	pause: () => Promise<void>,
	known?: PhotoFacts,
): Promise<Fitted> {
	return await fit(kind, bytes, wish, new Steps(pause), known).then(
		(photo) => ({ ok: true, ...photo }),
		async (fault: unknown) => {
			if (isRefused(fault)) return { ok: false, refusal: fault.refusal };
			if (isDamaged(fault)) return { ok: false, refusal: unreadable(kind, fault.message) };
			return await Promise.reject(fault);
		},
	);
}

function unreadable(kind: PictureKind, reason: string): FitRefusal {
	const label = labelOf(kind);
	return {
		code: 'CORRUPT_IMAGE',
		message: `The ${label} cannot be read: ${reason}`,
		description: 'Get the file again; if that does not help, open it in an image program and save it as a new JPEG.',
	};
}

async function fit(
	kind: PictureKind,
	bytes: Buffer,
	wish: FitWish,
	steps: Steps,
	known: PhotoFacts | undefined,
): Promise<FittingPhoto> {
	const whole = known === undefined ? undefined : await unscaled(known, bytes, wish, steps);
	if (whole !== undefined) return whole;
	if (bytes.length > LARGEST_FITTED_FILE) {
		const has = inMegabytes(bytes.length);
		throw tooLarge(`The photo has ${has}; making it fit takes at most ${inMegabytes(LARGEST_FITTED_FILE)}`);
	}
	const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
	const open = decoderOf(kind);
	const picture = await steps.run(open(data));
	const { width, height, metadata } = picture;
	const pixels = width * height;
	if (pixels > MOST_PIXELS) {
		const has = `${inMegapixels(pixels)} (${width} x ${height})`;
		throw tooLarge(`The photo has ${has}; making it fit takes at most ${MOST_PIXELS / 1_000_000}`);
	}
	const size = fittedWithin({ width, height }, wish.maxPixels, wish.largestSide ?? 0);
	const original = { width, height };
	const taken = isPhotoKind(kind) ? await unscaled({ kind, width, height }, bytes, wish, steps) : undefined;
	if (taken !== undefined) return taken;
	const scaled = await steps.run(decodeScaled(picture, size));
	try {
		return { ...(await encoded(scaled, metadata, wish, steps)), original };
	} finally {
		for (const { samples } of scaled.planes) giveBack(samples);
		if (scaled.alpha !== undefined) giveBack(scaled.alpha);
	}
}

/** A picture as a file: PNG where something can be seen through it and that fits, else JPEG. */
async function encoded(
	scaled: Scaled,
	metadata: Metadata,
	wish: FitWish,
	steps: Steps,
): Promise<Omit<FittingPhoto, 'original'>> {
	const { width, height } = scaled;
	const removeMetadata = wish.removeMetadata === true;
	if (scaled.alpha !== undefined && scaled.planes.length < 4) {
		const png = await await steps.run(asPng(scaled, scaled.alpha, metadata, removeMetadata));
		if (png.length <= wish.maxBytes) return { kind: 'png', bytes: png, width, height };
	}
	const segments = asSegments(metadata);
	const kept = removeMetadata ? neededSegments(segments) : segments;
	return { kind: 'jpeg', ...(await steps.run(asJpeg(scaled, kept, wish.maxBytes))) };
}

/** A photo that fits as it is, without its metadata, or without what stands behind its end; undefined where it does not, or has to be scaled. */
async function unscaled(
	{ kind, width, height }: Pick<PhotoFacts, 'kind' | 'width' | 'height'>,
	bytes: Buffer,
	{ maxPixels, maxBytes, largestSide = 0, removeMetadata = false }: FitWish,
	steps: Steps,
): Promise<FittingPhoto | undefined> {
	const size = fittedWithin({ width, height }, maxPixels, largestSide);
	if (size.width !== width || size.height !== height) return undefined;
	const kept = removeMetadata ? await steps.run(withoutMetadata(kind, bytes)) : bytes;
	const alone = kept.length > maxBytes && !removeMetadata ? await steps.run(withoutTrailer(kind, bytes)) : kept;
	return alone.length > maxBytes ? undefined : { kind, bytes: alone, width, height, original: { width, height } };
}
