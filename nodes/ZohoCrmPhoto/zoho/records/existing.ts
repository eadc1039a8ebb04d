import { isRecord } from '../../json';
import { done, type Outcome } from '../../outcome';
import { jsonOf } from '../answers/answer';
import type { CallSettings, ZohoClient } from '../calls/client';
import { downloadPhoto } from './photo';
import type { RecordAddress } from '../task';

/** Zoho's answers to a download that speak of a photo which is there but held back ("Download a Photo", v7). */
const HELD_BACK = ['NOT_APPROVED', 'RECORD_LOCKED'];

/**
 * Whether a record has a photo already.
 *
 * Asks for the record's `Record_Image` first, which costs one credit and a few bytes: an id where there is a photo, null
 * where there is none. Only where the record does not tell (the field is hidden from the user, or the module has none) the
 * photo itself is asked for.
 */
export async function hasPhoto(
	zoho: ZohoClient,
	address: RecordAddress,
	settings: CallSettings,
): Promise<Outcome<boolean>> {
	const { module, recordId } = address;
	const answer = await zoho.send({
		...settings,
		task: 'read',
		address,
		method: 'GET',
		path: `/${encodeURIComponent(module)}/${encodeURIComponent(recordId)}`,
		query: { fields: 'Record_Image' },
		expects: 'json',
	});
	if (!answer.ok && zoho.stopFor(module, 'read') !== undefined) return answer;
	const told = answer.ok ? recordImage(jsonOf(answer.value)?.data) : undefined;
	if (told !== undefined) return done(told);

	const photo = await downloadPhoto(zoho, address, settings);
	if (photo.ok) return done(photo.value.body.length > 0);
	return HELD_BACK.includes(photo.failure.code) ? done(true) : photo;
}

/** What `data[0].Record_Image` says, undefined where it says nothing. */
function recordImage(data: unknown): boolean | undefined {
	const record: unknown = Array.isArray(data) ? data[0] : undefined;
	if (!isRecord(record) || record.Record_Image === undefined) return undefined;
	return typeof record.Record_Image === 'string' && record.Record_Image !== '';
}
