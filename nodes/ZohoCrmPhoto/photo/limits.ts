import { editImageBefore, FIT_OPTION } from './editImage';
import { inMegabytes } from './quantities';
import type { PhotoRefusal } from './refusal';

/**
 * The most bytes that may be sent: 10 MiB. Zoho CRM's page says "10 MB" (API v2 and v8, "Upload a Photo") and not
 * which: between 10,000,000 bytes and this, Zoho CRM decides.
 */
export const MOST_BYTES = 10 * 1024 * 1024;

/** The most pixels, width times height: "10 MP" in Zoho CRM's page (API v7 and v8, "Upload a Photo"). */
export const MOST_PIXELS = 10_000_000;

/**
 * Checks a size alone, so that a file need not be loaded to be refused.
 * @param bytes the file's size in bytes, from its metadata
 * @param mimeType the declared MIME type, which decides nothing: for an image the way out names one more option
 * @returns the refusal `FILE_SIZE_MORE_THAN_ALLOWED_SIZE`, or undefined when the size is allowed
 */
export function checkFileSize(bytes: number, mimeType?: string): PhotoRefusal | undefined {
	if (bytes <= MOST_BYTES) return undefined;
	const advice = `If it is a photo, make it smaller first. ${editImageBefore(undefined, true)}`;
	return {
		code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
		message: `The file is ${inMegabytes(bytes)}; Zoho CRM takes photos of at most 10 MB`,
		description: mimeType?.startsWith('image/') === true ? `${advice} ${FIT_OPTION}` : advice,
	};
}
