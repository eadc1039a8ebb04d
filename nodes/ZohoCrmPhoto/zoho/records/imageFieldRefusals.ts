import type { Failure } from '../../outcome';
import { quoted } from '../sentences';
import type { RecordAddress } from '../task';

/** Fields that are named to choose from. */
const MOST_NAMED = 10;

/** The failure of an image field that the module does not have. */
export function noSuchImageField(
	module: string,
	apiName: string,
	fields: ReadonlyArray<{ apiName: string; label: string }>,
): Failure {
	const named = fields.slice(0, MOST_NAMED).map(({ label, apiName: name }) => `${name} (${quoted(label, 60)})`);
	return {
		code: 'IMAGE_FIELD_NOT_FOUND',
		short: 'without such an image field',
		message: `The module ${module} has no image field with the API name ${apiName}`,
		description:
			named.length === 0
				? `It has no image field that the credential's user sees: add an Image Upload field to the layout of ${module} in Zoho CRM (Setup > Customization > Modules and Fields).`
				: `Set 'Image Field' to one it has: ${named.join(', ')}.`,
	};
}

/** The failure of a record that does not show the field. */
export function fieldNotShown({ module, recordId }: RecordAddress, apiName: string): Failure {
	return {
		code: 'IMAGE_FIELD_NOT_FOUND',
		short: 'without such an image field',
		message: `Record ${recordId} of ${module} shows no image field ${apiName}`,
		description: `Pick 'Image Field' from its list. If the field is there, ask a Zoho CRM administrator whether the credential's user may see it, and whether it is on the record's layout.`,
	};
}

/** The failure of a field that is no image field, though the record has it. */
export function noImageField({ module }: RecordAddress, apiName: string): Failure {
	return {
		code: 'IMAGE_FIELD_NOT_FOUND',
		short: 'without such an image field',
		message: `The field ${apiName} of ${module} holds no images`,
		description: "Pick 'Image Field' from its list: it shows the fields of the type Image Upload.",
	};
}

/** The failure of a record that Zoho does not know, as it answers reads of one with nothing at all. */
export function noSuchRecord({ module, recordId }: RecordAddress): Failure {
	return {
		code: 'INVALID_DATA',
		short: 'record not found',
		message: `Zoho CRM did not find record ${recordId} of ${module}`,
		description:
			'Check the record id, the module, and that the credential is connected to the org (production or sandbox) that has the record; deleted records and converted leads are not found.',
	};
}

/** The failure of an image that was there when the field was read, and is not any more. */
export function imageGone({ module, recordId }: RecordAddress, fileName: string): Failure {
	return {
		code: 'IMAGE_NOT_FOUND',
		message: `Zoho CRM gave no file for the image '${quoted(fileName, 100)}' of record ${recordId} of ${module}`,
		description:
			'Look at the field in Zoho CRM: the image may have been deleted a moment ago. Then run the item again.',
	};
}

/** Zoho's LIMIT_EXCEEDED for an image field, in words that say which. */
export function fieldIsFull(failure: Failure, { module, recordId }: RecordAddress, apiName: string): Failure {
	return {
		...failure,
		short: 'with more images than the field holds',
		message: `The field ${apiName} of record ${recordId} of ${module} does not hold so many images`,
		description:
			"Somebody may have added images in the meantime. Delete some with the operation Delete Images, or set the option 'If the Field Has Images' to Replace.",
	};
}
