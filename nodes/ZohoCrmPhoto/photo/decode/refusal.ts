import { editImageBefore } from '../editImage';
import type { PhotoRefusal } from '../refusal';

/** Why a photo is not made to fit; `message` and `description` as in every refusal of a photo. */
export interface FitRefusal extends PhotoRefusal {
	code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' | 'CORRUPT_IMAGE' | 'UNSUPPORTED_FILE_TYPE';
}

/** Ends the work on a photo from any depth; `fitPhoto` turns it into its answer, so no caller of that meets it. */
export class Refused extends Error {
	override readonly name = 'Refused';

	constructor(readonly refusal: FitRefusal) {
		super(refusal.message);
	}
}

/** Ends the work on a photo whose data does not follow its standard; `message` is the reason, as `damaged` takes it. */
export class Damaged extends Error {
	override readonly name = 'Damaged';
}

/** Whether work ended so. By its name, as a decoder that is a file of its own in the package has this class of its own. */
export function isRefused(fault: unknown): fault is Refused {
	return fault instanceof Error && fault.name === 'Refused';
}

/** As {@link isRefused}. */
export function isDamaged(fault: unknown): fault is Damaged {
	return fault instanceof Error && fault.name === 'Damaged';
}

/**
 * A photo that would have to be made to fit and is not.
 * @param message one sentence with the photo's own values
 * @param asJpeg whether the way out is to change the format as well
 */
export function tooLarge(message: string, asJpeg = false): Refused {
	const description = editImageBefore(undefined, asJpeg);
	return new Refused({ code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', message, description });
}

/**
 * A photo of a kind that is decoded, in a variant that is not.
 * @param message one sentence that names the variant
 */
export function unsupported(message: string): Refused {
	const description = 'Open it in an image program and save it as a JPEG or PNG, then run the item again.';
	return new Refused({ code: 'UNSUPPORTED_FILE_TYPE', message, description });
}

/**
 * A photo whose data does not follow the standard of its kind.
 * @param reason completes "The JPEG cannot be read: ..."
 */
export function damaged(reason: string): Damaged {
	return new Damaged(reason);
}
