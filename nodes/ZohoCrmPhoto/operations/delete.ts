import { done } from '../outcome';
import { deletePhoto } from '../zoho/records/photo';
import type { Operation } from './operation';
import { resultJson } from './resultJson';

/** Deletes the photo of the item's record; the result is Zoho's answer and the record. */
export const deleteOperation: Operation = async ({ zoho, address, settings }) => {
	const answer = await deletePhoto(zoho, address, settings);
	return answer.ok ? done({ json: resultJson({ ...address }, answer.value) }) : answer;
};
