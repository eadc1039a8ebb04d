import { editImageBefore } from '../editImage';
import type { PhotoRefusal } from '../refusal';

/** Why a photo is not shrunk; `message` and `description` as in every refusal of a photo. */
export interface ShrinkRefusal extends PhotoRefusal {
	code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' | 'CORRUPT_IMAGE';
}

/** Ends the work on a photo from any depth; `shrinkJpeg` turns it into its answer, so no caller of that meets it. */
export class Refused extends Error {
	constructor(readonly refusal: ShrinkRefusal) {
		super(refusal.message);
	}
}

/**
 * A photo that is over the limits and that shrinking does not take.
 * @param message one sentence with the photo's own values
 * @param asJpeg whether the way out is to change the format as well
 */
export function tooLarge(message: string, asJpeg = false): Refused {
	const description = editImageBefore(undefined, asJpeg);
	return new Refused({ code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', message, description });
}

/**
 * A photo whose data does not follow ITU-T T.81.
 * @param reason completes "The JPEG cannot be made smaller: ..."
 */
export function damaged(reason: string): Refused {
	return new Refused({
		code: 'CORRUPT_IMAGE',
		message: `The JPEG cannot be made smaller: ${reason}`,
		description: 'Get the file again; if that does not help, open it in an image program and save it as a new JPEG.',
	});
}
