import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { sentFileName } from '../photo/fileName';
import { isPicture } from '../photo/isPicture';
import { fileFromBinary } from '../source/binary';
import type { SourceFile } from '../source/file';
import { fileFromUrl } from '../source/url';
import { front } from '../text';
import type { Hand } from '../zoho/calls/inHand';
import { uploadPhoto } from '../zoho/records/photo';
import { readPhotoSource } from '../parameters/photoSource';
import { fittingPhoto, refuseSizeOf } from './fittingPhoto';
import type { Job, Operation } from './operation';
import { resultJson } from './resultJson';

/** Characters of a binary field's name that are told. */
const LONGEST_FIELD = 100;

/** Puts the item's photo on its record; the result is Zoho's answer, the record and what was sent. */
export const uploadOperation: Operation = async (job) => {
	const { zoho, address, settings } = job;
	if (settings.existingPhoto === 'keep') {
		const existing = await job.hasPhoto();
		if (!existing.ok) return existing;
		if (existing.value) return done({ json: resultJson({ ...address }, SKIPPED) });
	}

	const hand = await zoho.hand();
	try {
		return await putOnRecord(job, hand);
	} finally {
		hand.release();
	}
};

async function putOnRecord(job: Job, hand: Hand): Promise<Outcome<INodeExecutionData>> {
	const file = await sourceFile(job, hand);
	if (!file.ok) return file;
	const sent = await send(job, file.value);
	return sent.ok ? sent : refused({ fileName: file.value.fileName || undefined, ...sent.failure });
}

/** Sends a file that has come from the workflow. */
async function send(job: Job, file: SourceFile): Promise<Outcome<INodeExecutionData>> {
	const { zoho, address, settings } = job;
	const fitting = await fittingPhoto(job, file.bytes);
	if (!fitting.ok) return fitting;
	const { bytes, facts, original } = fitting.value;
	const { mimeType, fileSize, width, height } = facts;
	const fileName = sentFileName(settings.fileName || file.fileName, facts);

	const answer = await uploadPhoto(zoho, address, { bytes, fileName, mimeType }, settings.restrictTriggers, settings);
	if (!answer.ok) return answer;
	const { takenFrom } = file;
	const photo = {
		fileName,
		mimeType,
		fileSize,
		width,
		height,
		...(original && { original }),
		...(takenFrom !== undefined && { binaryField: front(takenFrom, LONGEST_FIELD) }),
	};
	return done({ json: resultJson({ ...address }, answer.value, { photo }) });
}

/** The outcome for a record that keeps its photo, in the shape of Zoho's own envelope. */
const SKIPPED: IDataObject = {
	code: 'SKIPPED',
	message: 'the record already has a photo',
	status: 'skipped',
};

async function sourceFile({ context, item, settings }: Job, hand: Hand): Promise<Outcome<SourceFile>> {
	const refuseSize = refuseSizeOf(settings);
	const source = readPhotoSource(context, item);
	if (!source.ok) return source;
	return source.value.from === 'binary'
		? await fileFromBinary(context, item, source.value.field, refuseSize, hand, isPicture)
		: await fileFromUrl(context, source.value.url, settings, refuseSize, hand);
}
