import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { readImageField } from '../parameters/imageField';
import type { Outcome } from '../outcome';
import type { FieldImage, RecordField } from '../zoho/records/fieldImages';
import type { Settings } from '../parameters/settings';
import type { Job, Operation } from './operation';

/** The version of the API whose keys image fields are written and read by: others name them differently. */
const API_VERSION = 'v8';

/** One item for an image field. */
export interface ImageJob extends Job {
	target: RecordField;
	settings: Settings;
}

/**
 * An operation on the item's image field. Two on the same field of a record go one after another.
 *
 * @param work what it does
 */
export function onImageField(work: (job: ImageJob) => Promise<Outcome<INodeExecutionData>>): Operation {
	return async (job) => {
		const field = readImageField(job.context, job.item);
		if (!field.ok) return field;
		const { address } = job;
		const target = { address, field: field.value };
		const settings = { ...job.settings, apiVersion: API_VERSION };
		const thing = `${address.module.toLowerCase()}/${address.recordId}/${field.value.toLowerCase()}`;
		return await job.zoho.inTurn(thing, async () => await work({ ...job, target, settings }));
	};
}

/** The record and the field as an item's result names them. */
export function placeOf({ address, field }: RecordField): Record<string, string> {
	return { ...address, imageField: field };
}

/** The images of a field as an item's result lists them. */
export function listed(images: readonly FieldImage[]): IDataObject[] {
	return images.map(({ id, fileName, fileSize, sequenceNumber }) => ({
		id,
		fileName,
		...(fileSize !== undefined && { fileSize }),
		sequenceNumber,
	}));
}

/** Zoho's fields for an item for which nothing was to be done. */
export function skipped(message: string): IDataObject {
	return { code: 'SKIPPED', message, status: 'skipped' };
}
