import { openJpeg } from '../decode/jpeg/open';
import type { OpenPicture } from '../decode/picture';
import { openPng } from '../decode/png/open';
import { tooLarge } from '../decode/refusal';
import { openWebp } from '../decode/webp/open';
import type { PictureKind } from '../pictureKinds';
import { labelOf } from '../pictureKinds';
import type { Work } from '../work';

/**
 * Opens a picture with the decoder of its kind.
 * @param data the whole file
 * @returns a picture whose samples are not decoded yet
 * @throws Refused for variants that are not decoded; Damaged for a header that breaks the standard
 */
export function* opened(kind: PictureKind, data: Uint8Array): Work<OpenPicture> {
	yield 0;
	if (kind === 'jpeg') return openJpeg(data);
	if (kind === 'webp') return openWebp(data);
	if (kind === 'png') return yield* openPng(data);
	throw tooLarge(`The photo is a ${labelOf(kind)} over Zoho CRM's limits; only a JPEG is made smaller`, true);
}
