import type { OpenPicture } from '../picture';
import { openHeic } from './open';

/** Whether this build decodes HEIC. */
export const DECODES_HEIC = true;

/**
 * The decoder of HEIC. In the package it is a file of its own, which is loaded when the first HEIC comes, and a build may leave it
 * out: gulpfile.js puts something else in the place of this file.
 */
export function heicDecoder(): (data: Uint8Array) => OpenPicture {
	return openHeic;
}
