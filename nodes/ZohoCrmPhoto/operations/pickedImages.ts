import { done, refused, type Outcome } from '../outcome';
import { readImageNumbers } from '../parameters/imageField';
import { readImages, type FieldImage } from '../zoho/records/fieldImages';
import { noSuchImage } from './imageFieldFailures';
import type { ImageJob } from './imageJob';

/** What a field holds, and which of it an item is for. */
export interface PickedImages {
	held: readonly FieldImage[];
	picked: readonly FieldImage[];
}

/**
 * Reads an item's field, and picks the images that the item is for: all, or those by number, in the field's order.
 *
 * @returns IMAGE_NOT_FOUND for a number that no image of a field with images has; a field without images gives none
 */
export async function pickedImages({
	context,
	item,
	zoho,
	settings,
	target,
}: ImageJob): Promise<Outcome<PickedImages>> {
	const numbers = readImageNumbers(context, item);
	if (!numbers.ok) return numbers;
	const held = await readImages(zoho, target, settings);
	if (!held.ok) return held;
	const images = held.value;
	const wanted = numbers.value;
	if (wanted === undefined || images.length === 0) return done({ held: images, picked: images });
	const picked = images.filter(({ sequenceNumber }) => wanted.includes(sequenceNumber));
	const missing = wanted.filter((number) => !images.some(({ sequenceNumber }) => sequenceNumber === number));
	return missing.length > 0 ? refused(noSuchImage(target, missing, images)) : done({ held: images, picked });
}
