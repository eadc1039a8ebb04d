import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';
import { done, refused, type Outcome } from '../../outcome';
import { jsonOf, shownIn, successOf, type HttpAnswer } from '../answers/answer';
import type { CallSettings, ZohoClient } from '../calls/client';
import { isId } from '../identifiers';
import type { RecordAddress } from '../task';
import { fieldIsFull, fieldNotShown, imageGone, noImageField, noSuchRecord } from './imageFieldRefusals';
import { JsonBody } from './jsonBody';
import { sendFile, type FilePart } from './sendFile';

/** An image upload field of one record. */
export interface RecordField {
	address: RecordAddress;
	/** API name of the field, e.g. `House_Photos`. */
	field: string;
}

/** An image that a field holds. */
export interface FieldImage {
	/** Its own id, by which it is downloaded and deleted. */
	id: string;
	fileName: string;
	/** Bytes; undefined where Zoho does not say. */
	fileSize: number | undefined;
	/** Its place in the field, from 1. */
	sequenceNumber: number;
}

/** What an update does to a field; images that it does not name stay. */
export interface FieldChange {
	/** Ids of images that go. */
	remove: readonly string[];
	/** Ids of uploaded files that are put behind what is there. */
	add: readonly string[];
}

/** What a field of a record holds now, in its order. */
export async function readImages(
	zoho: ZohoClient,
	{ address, field }: RecordField,
	settings: CallSettings,
): Promise<Outcome<FieldImage[]>> {
	const answer = await zoho.send({
		...settings,
		task: 'readImages',
		address,
		method: 'GET',
		path: recordPath(address),
		query: { fields: field },
		expects: 'json',
	});
	if (!answer.ok) return answer;
	const data: unknown = jsonOf(answer.value)?.data;
	const record: unknown = Array.isArray(data) ? data[0] : undefined;
	if (!isRecord(record)) return refused(noSuchRecord(address));
	const held = record[field];
	if (held === undefined) return refused(fieldNotShown(address, field));
	if (held === null) return done([]);
	if (!Array.isArray(held)) return refused(noImageField(address, field));
	const images = held.filter(isRecord).map((entry, place) => toImage(answer.value, entry, place));
	return done(images.sort((one, other) => one.sequenceNumber - other.sequenceNumber));
}

/**
 * Sends one file, which a field can take afterwards ("Upload Files"). A repeat only wastes an id.
 *
 * @returns the file's id
 */
export async function uploadFile(
	zoho: ZohoClient,
	address: RecordAddress,
	file: FilePart,
	settings: CallSettings,
): Promise<Outcome<string>> {
	const answer = await sendFile(zoho, file, { ...settings, task: 'uploadImage', address, path: '/files' });
	if (!answer.ok) return answer;
	const id = uploadedId(answer.value);
	if (id !== '') return done(id);
	return refused({
		code: 'UNEXPECTED_ANSWER',
		message: `Zoho CRM took the file '${file.fileName}' and gave no id for it`,
		description: "Run the item again; if it stays so, report it to this node's maintainers.",
		httpStatus: answer.value.status,
		attempts: 1,
	});
}

/**
 * Changes a field of a record, in one call that is made once: whoever repeats it without looking adds the images again.
 *
 * @param restrictTriggers whether Zoho's workflows shall not start (`trigger: []`)
 * @returns Zoho's four fields of the success
 */
export async function updateImages(
	zoho: ZohoClient,
	{ address, field }: RecordField,
	{ remove, add }: FieldChange,
	restrictTriggers: boolean,
	settings: CallSettings,
): Promise<Outcome<IDataObject>> {
	const entries = [...remove.map((id) => ({ id, _delete: null })), ...add.map((id) => ({ File_Id__s: id }))];
	const answer = await zoho.send({
		...settings,
		maxRetries: 0,
		task: 'writeImages',
		address,
		method: 'PUT',
		path: recordPath(address),
		body: new JsonBody({
			data: [{ id: address.recordId, [field]: entries }],
			...(restrictTriggers && { trigger: [] }),
		}),
		expects: 'envelope',
	});
	if (answer.ok) return done(successOf(answer.value));
	const isFull = answer.failure.code === 'LIMIT_EXCEEDED';
	return isFull ? refused(fieldIsFull(answer.failure, address, field)) : answer;
}

/** Fetches one image of a field; the answer holds its bytes. */
export async function downloadImage(
	zoho: ZohoClient,
	address: RecordAddress,
	image: FieldImage,
	settings: CallSettings,
): Promise<Outcome<HttpAnswer>> {
	const answer = await zoho.send({
		...settings,
		task: 'downloadImage',
		address,
		method: 'GET',
		path: `${recordPath(address)}/actions/download_fields_attachment`,
		query: { fields_attachment_id: image.id },
		expects: 'photo',
	});
	return answer.ok && answer.value.body.length === 0 ? refused(imageGone(address, image.fileName)) : answer;
}

/** `/{module}/{record id}`, each part encoded so that no value can lead elsewhere. */
function recordPath({ module, recordId }: RecordAddress): string {
	return `/${encodeURIComponent(module)}/${encodeURIComponent(recordId)}`;
}

/** An entry as records give it in v8; numbers may come as text. */
function toImage(answer: HttpAnswer, entry: IDataObject, place: number): FieldImage {
	const size = Number(entry.Size__s ?? NaN);
	const sequence = Number(entry.Sequence_Number__s ?? NaN);
	return {
		id: isId(textOf(entry.id)) ? textOf(entry.id) : '',
		fileName: shownIn(answer, entry.File_Name__s),
		fileSize: Number.isNaN(size) ? undefined : size,
		sequenceNumber: Number.isInteger(sequence) ? sequence : place + 1,
	};
}

function uploadedId(answer: HttpAnswer): string {
	const data: unknown = jsonOf(answer)?.data;
	const first: unknown = Array.isArray(data) ? data[0] : undefined;
	return isRecord(first) && isRecord(first.details) ? textOf(first.details.id) : '';
}
