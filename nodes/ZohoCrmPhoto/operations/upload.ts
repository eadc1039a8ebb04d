import { sleep, type IDataObject } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { sentFileName } from '../photo/fileName';
import { inspectPhoto } from '../photo/inspect';
import { checkFileSize, MOST_BYTES, MOST_PIXELS } from '../photo/limits';
import type { PhotoFacts } from '../photo/photoKinds';
import { LARGEST_SHRUNK_FILE, shrinkPhoto } from '../photo/fit/shrink';
import { fileFromBinary } from '../source/binary';
import type { RefuseSize, SourceFile } from '../source/file';
import { fileFromUrl } from '../source/url';
import { uploadPhoto } from '../zoho/records/photo';
import { invalidParameter } from '../parameters/invalidParameter';
import type { Job, Operation } from './operation';

/** Puts the item's photo on its record; the result is Zoho's answer, the record and what was sent. */
export const uploadOperation: Operation = async (job) => {
	const { zoho, address, settings } = job;
	if (settings.existingPhoto === 'keep') {
		const existing = await job.hasPhoto();
		if (!existing.ok) return existing;
		if (existing.value) return done({ json: { ...SKIPPED, ...address } });
	}

	const file = await sourceFile(job);
	if (!file.ok) return file;
	const photo = await fittingPhoto(job, file.value.bytes);
	if (!photo.ok) return photo;
	const { bytes, facts, resizedFrom } = photo.value;
	const { mimeType, fileSize, width, height } = facts;
	const fileName = sentFileName(settings.fileName || file.value.fileName, facts);

	const answer = await uploadPhoto(zoho, address, { bytes, fileName, mimeType }, settings.restrictTriggers, settings);
	if (!answer.ok) return answer;
	return done({
		json: {
			...answer.value,
			...address,
			photo: { fileName, mimeType, fileSize, width, height, ...(resizedFrom && { resizedFrom }) },
		},
	});
};

/** The outcome for a record that keeps its photo, in the shape of Zoho's own envelope. */
const SKIPPED: IDataObject = {
	code: 'SKIPPED',
	details: {},
	message: 'the record already has a photo',
	status: 'skipped',
};

async function sourceFile({ context, item, settings }: Job): Promise<Outcome<SourceFile>> {
	const refuseSize: RefuseSize = (bytes, mimeType) =>
		settings.tooLarge === 'shrink' && bytes <= LARGEST_SHRUNK_FILE
			? undefined
			: checkFileSize(bytes, settings.tooLarge === 'shrink' ? undefined : mimeType);
	const source: unknown = context.getNodeParameter('photoSource', item, 'binary');
	if (source === 'binary') {
		const field: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
		return await fileFromBinary(context, item, field, refuseSize);
	}
	if (source === 'url') {
		const url: unknown = context.getNodeParameter('photoUrl', item, '');
		if (typeof url !== 'string' && url !== undefined && url !== null) {
			return refused(invalidParameter('parameter', 'Photo URL', url, 'the address of an image file, as text'));
		}
		return await fileFromUrl(context, url ?? '', settings, refuseSize);
	}
	return refused(invalidParameter('parameter', 'Photo Source', source, 'Input Binary Field or URL'));
}

/** A photo that may be sent: checked, and scaled down where that is wished and needed. */
async function fittingPhoto(
	{ alone, settings }: Job,
	bytes: Buffer,
): Promise<Outcome<{ bytes: Buffer; facts: PhotoFacts; resizedFrom?: IDataObject }>> {
	const inspection = inspectPhoto(bytes);
	if (inspection.ok) return done({ bytes, facts: inspection.facts });
	const { facts, refusal } = inspection;
	if (settings.tooLarge === 'refuse' || facts === undefined) return refused(refusal);

	const limits = { maxPixels: MOST_PIXELS, maxBytes: MOST_BYTES };
	const shrunk = await alone(async () => await shrinkPhoto(facts.kind, bytes, limits, async () => await sleep(0)));
	if (!shrunk.ok) return refused(shrunk.refusal);
	const { width, height } = shrunk;
	return done({
		bytes: shrunk.bytes,
		facts: { ...facts, width, height, fileSize: shrunk.bytes.length },
		resizedFrom: { width: facts.width, height: facts.height, fileSize: facts.fileSize },
	});
}
