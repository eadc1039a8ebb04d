import type { OpenPicture } from '../picture';

/** Whether this build decodes HEIC. */
export const DECODES_HEIC = true;

/**
 * The decoder of HEIC, which is a file of its own in the package: it is loaded when the first HEIC comes, and a build may leave it
 * out (`./noSupport`).
 */
export async function heicDecoder(): Promise<(data: Uint8Array) => OpenPicture> {
	return (await import('./open.js')).openHeic;
}
