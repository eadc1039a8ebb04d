import { openHeic } from './heic/open';
import type { OpenPicture } from './picture';
import { openTiff, type JpegOpener } from './tiff/open';
import { openWebp } from './webp/open';

/** Whether this build decodes HEIC: `gulp build --without-heic` makes one that does not. */
export const DECODES_HEIC: boolean = true;

/** Opens a picture whose headers are read in one go, as the decoder of its kind does. */
type Opener = (data: Uint8Array) => OpenPicture;

/**
 * The decoders of the kinds that Zoho does not take. In the package each is a file of its own, which is loaded when the first such
 * photo comes: gulpfile.js puts the loading in the place of this file.
 */
export const RARE_DECODERS: {
	heic(): Opener;
	/** TIFFs may hold JPEGs, whose decoder is loaded at any rate. */
	tiff(): (data: Uint8Array, openJpeg: JpegOpener) => OpenPicture;
	webp(): Opener;
} = {
	heic: () => openHeic,
	tiff: () => openTiff,
	webp: () => openWebp,
};
