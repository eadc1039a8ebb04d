import { done } from '../outcome';
import { changeField } from './changeField';
import { listed, onImageField, placeOf, skipped } from './imageJob';
import { resultJson } from './resultJson';
import { pickedImages } from './pickedImages';

/**
 * Deletes images of the item's field, all or some; the result is Zoho's answer, what went and what is left.
 *
 * A field without images is no failure: its item comes out as SKIPPED.
 */
export const deleteImagesOperation = onImageField(async (job) => {
	const found = await pickedImages(job);
	if (!found.ok) return found;
	const { held, picked } = found.value;
	if (picked.length === 0) {
		const told = { deleted: [], images: [] };
		return done({ json: resultJson(placeOf(job.target), skipped('the field has no images'), told) });
	}
	const changed = await changeField(job, { remove: picked.map(({ id }) => id), add: [] }, held);
	if (!changed.ok) return changed;
	const { answer, images } = changed.value;
	const told = { deleted: listed(picked), ...(images && { images: listed(images) }) };
	return done({ json: resultJson(placeOf(job.target), answer, told) });
});
