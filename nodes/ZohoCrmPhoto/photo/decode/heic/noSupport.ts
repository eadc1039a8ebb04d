import type { OpenPicture } from '../picture';

/** What stands in for `./support` in a build without HEIC: such a file is told by its name and refused before it is decoded. */
export const DECODES_HEIC: boolean = false;

/** There is none in such a build. */
export function heicDecoder(): (data: Uint8Array) => OpenPicture {
	throw new Error('This build does not decode HEIC');
}
