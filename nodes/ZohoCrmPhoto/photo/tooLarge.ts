import { editImageBefore, FIT_OPTION, type Size } from './editImage';
import { MOST_BYTES, MOST_PIXELS } from './limits';
import type { PhotoFacts, PhotoKind } from './photoKinds';
import { inMegabytes, inMegapixels } from './quantities';
import type { PhotoRefusal } from './refusal';

/** What is aimed at is 1 % below the limits, as GraphicsMagick rounds width and height on its own. */
const MARGIN = 0.99;

/** Kinds without lossy compression: coding them as JPEG saves more bytes than any bearable resizing. */
const BETTER_AS_JPEG: readonly PhotoKind[] = ['png', 'bmp'];

/**
 * The size to which a picture is to be resized to pass the limit on pixels, in its own proportions.
 * @param size the picture's size in pixels
 * @param share at most this share of the pixels is kept (0 to 1)
 * @returns whole pixels, each at least 1 and never more than the picture's own
 */
export function sizeWithinLimits({ width, height }: Size, share = 1): Size {
	const most = MOST_PIXELS * MARGIN;
	const scale = Math.sqrt(Math.min(share, most / (width * height)));
	const short = Math.max(1, Math.floor(Math.min(width, height) * scale));
	// The short side of a hair-thin picture cannot shrink below 1, so the long side gives way.
	const long = Math.floor(Math.min(Math.max(width, height) * scale, most / short));
	return width < height ? { width: short, height: long } : { width: long, height: short };
}

/**
 * Checks a sound photo against both limits of Zoho CRM.
 * @param facts the photo
 * @returns the refusal `FILE_SIZE_MORE_THAN_ALLOWED_SIZE`, which names each limit that is passed and the size to resize
 * to, or undefined when the photo is within them
 */
export function checkLimits(facts: PhotoFacts): PhotoRefusal | undefined {
	const count = facts.width * facts.height;
	const tooManyPixels = count > MOST_PIXELS;
	const tooManyBytes = facts.fileSize > MOST_BYTES;
	if (!tooManyPixels && !tooManyBytes) return undefined;
	const pixels = `${inMegapixels(count)} (${facts.width} x ${facts.height})`;
	const bytes = inMegabytes(facts.fileSize);
	let message = `The photo is ${bytes}; Zoho CRM takes at most 10 MB`;
	if (tooManyPixels) message = `The photo has ${pixels}; Zoho CRM takes at most 10`;
	if (tooManyPixels && tooManyBytes) {
		message = `The photo has ${pixels} and ${bytes}; Zoho CRM takes at most 10 megapixels and 10 MB`;
	}
	return { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', message, description: howToShrink(facts, tooManyBytes) };
}

function howToShrink(facts: PhotoFacts, tooManyBytes: boolean): string {
	const asJpeg = tooManyBytes && BETTER_AS_JPEG.includes(facts.kind);
	// The bytes of a JPEG or GIF go down at least about as fast as its pixels.
	const share = tooManyBytes && !asJpeg ? (MOST_BYTES * MARGIN) / facts.fileSize : 1;
	return `${editImageBefore(sizeWithinLimits(facts, share), asJpeg)} ${FIT_OPTION}`;
}
