import { openBmp } from '../decode/bmp/open';
import { openGif } from '../decode/gif/open';
import { openJpeg } from '../decode/jpeg/open';
import type { OpenPicture, PictureOpener } from '../decode/picture';
import { openPng } from '../decode/png/open';
import { RARE_DECODERS } from '../decode/rare';
import type { PictureKind } from '../pictureKinds';
import type { Work } from '../work';

/**
 * Opens a picture: of a whole file it makes one whose samples are not decoded yet. It throws Refused for variants that are not
 * decoded, and Damaged for a header that breaks the standard.
 */
export type Decoder = (data: Uint8Array) => Work<OpenPicture>;

/** The decoder of a kind. */
export function decoderOf(kind: PictureKind): Decoder {
	switch (kind) {
		case 'jpeg':
			return atOnce(openJpeg);
		case 'png':
			return openPng;
		case 'gif':
			return atOnce(openGif);
		case 'bmp':
			return atOnce(openBmp);
		case 'tiff':
			return atOnce((data) => RARE_DECODERS.tiff()(data, openJpeg));
		case 'webp':
			return atOnce(RARE_DECODERS.webp());
		case 'heic':
			return atOnce(RARE_DECODERS.heic());
	}
}

/** A decoder whose headers are read in one go. */
function atOnce(open: PictureOpener): Decoder {
	return function* (data) {
		yield 1;
		return open(data);
	};
}
