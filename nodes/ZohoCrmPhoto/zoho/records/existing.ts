import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';
import { done, type Outcome } from '../../outcome';
import { jsonOf, type HttpAnswer } from '../answers/answer';
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
	const told = answer.ok ? recordImage(rowsOf(answer.value)[0]) : undefined;
	return told === undefined ? await givesPhoto(zoho, address, settings) : done(told);
}

/** Whether a record has a photo, by asking for the photo itself: one credit and all its bytes. */
export async function givesPhoto(
	zoho: ZohoClient,
	address: RecordAddress,
	settings: CallSettings,
): Promise<Outcome<boolean>> {
	const photo = await downloadPhoto(zoho, address, settings);
	if (photo.ok) return done(photo.value.body.length > 0);
	return HELD_BACK.includes(photo.failure.code) ? done(true) : photo;
}

/** Records that one call is asked for by `ids`: Zoho's "Get Records" does not say how many it takes, and 200 are a page. */
export const MOST_IDS = 100;

/**
 * Which of some records of a module have a photo, in one call.
 *
 * @param ids of {@link MOST_IDS} records at most
 * @returns by id what the record says; undefined where it does not tell. A record that Zoho does not know is left out.
 */
export async function havePhotos(
	zoho: ZohoClient,
	module: string,
	ids: readonly string[],
	settings: CallSettings,
): Promise<Outcome<Map<string, boolean | undefined>>> {
	const answer = await zoho.send({
		...settings,
		task: 'read',
		address: { module, recordId: '' },
		method: 'GET',
		path: `/${encodeURIComponent(module)}`,
		query: { ids: ids.join(','), fields: 'Record_Image' },
		expects: 'json',
	});
	if (!answer.ok) return answer;
	return done(new Map(rowsOf(answer.value).map((record) => [textOf(record.id), recordImage(record)])));
}

function rowsOf(answer: HttpAnswer): IDataObject[] {
	const data: unknown = jsonOf(answer)?.data;
	return Array.isArray(data) ? data.filter(isRecord) : [];
}

/** What a record's `Record_Image` says, undefined where it says nothing. */
function recordImage(record: IDataObject | undefined): boolean | undefined {
	if (record?.Record_Image === undefined) return undefined;
	return typeof record.Record_Image === 'string' && record.Record_Image !== '';
}
