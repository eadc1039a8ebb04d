import { openBmp } from '../decode/bmp/open';
import { openGif } from '../decode/gif/open';
import { openJpeg } from '../decode/jpeg/open';
import type { OpenPicture } from '../decode/picture';
import { openPng } from '../decode/png/open';
import { openTiff } from '../decode/tiff/open';
import { openWebp } from '../decode/webp/open';
import type { PictureKind } from '../pictureKinds';
import type { Work } from '../work';

/**
 * Opens a picture with the decoder of its kind.
 * @param data the whole file
 * @returns a picture whose samples are not decoded yet
 * @throws Refused for variants that are not decoded; Damaged for a header that breaks the standard
 */
export function* opened(kind: PictureKind, data: Uint8Array): Work<OpenPicture> {
	switch (kind) {
		case 'jpeg':
			return openJpeg(data);
		case 'png':
			return yield* openPng(data);
		case 'gif':
			return openGif(data);
		case 'bmp':
			return openBmp(data);
		case 'tiff':
			return openTiff(data);
		case 'webp':
			return openWebp(data);
	}
}
