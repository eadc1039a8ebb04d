import { inWords, rowsOf } from '../calls/words.cts';
import type { Lab } from '../lab/lab.cts';
import { pngOfPixels } from '../lab/pictures.cts';
import { shared } from '../lab/shared.cts';

/** What a record tells in `Record_Image`, or Zoho's refusal to read the record. */
export type RecordImage = { value: unknown } | { refused: string };

/** Reads the lead's `Record_Image`. @throws Error when no answer came */
export async function recordImage(lab: Lab): Promise<RecordImage> {
	const answer = await lab.get(`v8/Leads/${lab.lead.id}?fields=Record_Image`);
	const [record] = rowsOf(answer);
	return record ? { value: record.Record_Image } : { refused: inWords(answer) };
}

/** Two photos, and what the record tells after each. */
export const twoPhotos = shared(async (lab) => {
	const uploaded = await lab.upload(pngOfPixels(3, 5));
	const first = await recordImage(lab);
	const uploadedAgain = await lab.upload(pngOfPixels(5, 3));
	return { uploaded, first, uploadedAgain, second: await recordImage(lab) };
});

/** Then the photo is deleted, and once more, and looked for. */
export const goneAgain = shared(async (lab) => {
	await twoPhotos(lab);
	const removed = await lab.remove();
	const image = await recordImage(lab);
	const removedAgain = await lab.remove();
	return { removed, image, removedAgain, downloaded: await lab.download() };
});
