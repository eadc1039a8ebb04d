import { openHeic } from './heic/open';
import type { OpenPicture, PictureOpener } from './picture';
import { openTiff } from './tiff/open';
import { openWebp } from './webp/open';

/** Whether this build decodes HEIC: `gulp build --without-heic` makes one that does not. */
export const DECODES_HEIC: boolean = true;

/**
 * The decoders of the kinds that Zoho does not take. In the package each is a file of its own, which is loaded when the first such
 * photo comes: gulpfile.js puts the loading in the place of this file.
 */
export const RARE_DECODERS: {
	heic(): PictureOpener;
	/** TIFFs may hold JPEGs, whose decoder is loaded at any rate: it is given, as the package holds it once. */
	tiff(): (data: Uint8Array, openJpeg: PictureOpener) => OpenPicture;
	webp(): PictureOpener;
} = {
	heic: () => openHeic,
	tiff: () => openTiff,
	webp: () => openWebp,
};
