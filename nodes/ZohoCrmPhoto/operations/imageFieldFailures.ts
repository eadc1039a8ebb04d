import type { Failure } from '../outcome';
import type { FieldImage, RecordField } from '../zoho/records/fieldImages';

/** The failure of more images than the field holds, told before anything is sent. The code is Zoho's for the same thing. */
export function tooMany({ address, field }: RecordField, most: number, wanted: number, held: number): Failure {
	const { module, recordId } = address;
	return {
		code: 'LIMIT_EXCEEDED',
		short: 'with more images than the field holds',
		message: `The field ${field} of ${module} holds at most ${images(most)}; this item has ${wanted}${
			held > 0 ? `, and record ${recordId} holds ${held} already` : ''
		}`,
		description:
			held > 0 && wanted <= most
				? "Set the option 'If the Field Has Images' to Replace or Keep, or delete some with the operation Delete Images."
				: `Give at most ${images(most)} in 'Input Binary Fields', or raise the number of images of the field in Zoho CRM (Setup > Customization > Modules and Fields; up to 10).`,
	};
}

/** The failure of an update that Zoho answers with SUCCESS, while the field does not hold what was to be there. */
export function notStored({ address, field }: RecordField, lacking: number, leftOver: number, tries: number): Failure {
	const { module, recordId } = address;
	const what = [
		...(lacking > 0 ? [`lacks ${images(lacking)} that it was to take`] : []),
		...(leftOver > 0 ? [`still holds ${images(leftOver)} that ${leftOver === 1 ? 'was' : 'were'} to go`] : []),
	].join(' and ');
	return {
		code: 'IMAGES_NOT_STORED',
		short: 'not stored by Zoho CRM though it said so',
		message: `Zoho CRM said SUCCESS, but the field ${field} of record ${recordId} of ${module} ${what}`,
		description:
			"Look at the record in Zoho CRM, then run the item again. If it stays so, check that the field is on the record's layout, that the credential's user may change it, and that no workflow of Zoho CRM changes it back.",
		httpStatus: 200,
		attempts: tries,
	};
}

/** The failure of an update that got no answer, after which the field could not be read either. */
export function notKnown(failure: Failure, { address, field }: RecordField): Failure {
	const { module, recordId } = address;
	return {
		...failure,
		description: `Whether the field ${field} of record ${recordId} of ${module} was changed is not known: look at it in Zoho CRM before you run the item again. ${failure.description}`,
	};
}

/** The failure of a number that no image of the field has. */
export function noSuchImage(
	{ address, field }: RecordField,
	missing: readonly number[],
	held: readonly FieldImage[],
): Failure {
	const { module, recordId } = address;
	const numbers = held.map(({ sequenceNumber }) => sequenceNumber);
	return {
		code: 'IMAGE_NOT_FOUND',
		short: 'without an image of that number',
		message: `The field ${field} of record ${recordId} of ${module} has no image ${missing.slice(0, 10).join(', ')}`,
		description: `Set 'Image Numbers' to some of those it has: ${numbers.join(', ')}; or set 'Images' to All.`,
	};
}

function images(count: number): string {
	return count === 1 ? '1 image' : `${count} images`;
}
