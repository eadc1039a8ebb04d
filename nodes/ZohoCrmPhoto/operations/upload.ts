import { sleep, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { sentFileName } from '../photo/fileName';
import { examinePhoto, isOpen, isQuick } from '../photo/examine';
import { inspectPhoto, type Inspection } from '../photo/inspect';
import { checkFileSize, MOST_BYTES, MOST_PIXELS } from '../photo/limits';
import { fitPhoto, LARGEST_FITTED_FILE } from '../photo/fit/fit';
import { factsOf, type PhotoFacts } from '../photo/photoKinds';
import { mimeTypeOf, type PictureKind } from '../photo/pictureKinds';
import { fileFromBinary } from '../source/binary';
import type { RefuseSize, SourceFile } from '../source/file';
import { fileFromUrl } from '../source/url';
import type { Hand } from '../zoho/calls/inHand';
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

	const hand = await zoho.hand();
	try {
		return await putOnRecord(job, hand);
	} finally {
		hand.release();
	}
};

async function putOnRecord(job: Job, hand: Hand): Promise<Outcome<INodeExecutionData>> {
	const { zoho, address, settings } = job;
	const file = await sourceFile(job, hand);
	if (!file.ok) return file;
	const photo = await fittingPhoto(job, file.value.bytes);
	if (!photo.ok) return photo;
	const { bytes, facts, original } = photo.value;
	const { mimeType, fileSize, width, height } = facts;
	const fileName = sentFileName(settings.fileName || file.value.fileName, facts);

	const answer = await uploadPhoto(zoho, address, { bytes, fileName, mimeType }, settings.restrictTriggers, settings);
	if (!answer.ok) return answer;
	return done({
		json: {
			...answer.value,
			...address,
			photo: { fileName, mimeType, fileSize, width, height, ...(original && { original }) },
		},
	});
}

/** The outcome for a record that keeps its photo, in the shape of Zoho's own envelope. */
const SKIPPED: IDataObject = {
	code: 'SKIPPED',
	details: {},
	message: 'the record already has a photo',
	status: 'skipped',
};

async function sourceFile({ context, item, settings }: Job, hand: Hand): Promise<Outcome<SourceFile>> {
	const isFitted = settings.unfitPhoto === 'fit';
	const refuseSize: RefuseSize = (bytes, mimeType) =>
		isFitted && bytes <= LARGEST_FITTED_FILE ? undefined : checkFileSize(bytes, isFitted ? undefined : mimeType);
	const source: unknown = context.getNodeParameter('photoSource', item, 'binary');
	if (source === 'binary') {
		const field: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
		return await fileFromBinary(context, item, field, refuseSize, hand);
	}
	if (source === 'url') {
		const url: unknown = context.getNodeParameter('photoUrl', item, '');
		if (typeof url !== 'string' && url !== undefined && url !== null) {
			return refused(invalidParameter('parameter', 'Photo URL', url, 'the address of an image file, as text'));
		}
		return await fileFromUrl(context, url ?? '', settings, refuseSize, hand);
	}
	return refused(invalidParameter('parameter', 'Photo Source', source, 'Input Binary Field or URL'));
}

/** A photo that may be sent, and, where it was changed, what it was. */
interface Fitting {
	bytes: Buffer;
	facts: PhotoFacts;
	original?: IDataObject;
}

/** A photo that may be sent: checked, and made to fit where that is wished and needed. */
async function fittingPhoto(job: Job, bytes: Buffer): Promise<Outcome<Fitting>> {
	const { unfitPhoto, largestSide, removeMetadata } = job.settings;
	const looked = inspectPhoto(bytes);
	const inspection = isOpen(looked, bytes) ? await examined(job, bytes, looked) : looked;
	if (!inspection.ok) {
		const { kind, refusal, start } = inspection;
		if (start !== undefined && unfitPhoto === 'fit') return await withoutFront(job, bytes, start);
		return unfitPhoto === 'refuse' || kind === undefined ? refused(refusal) : await madeToFit(job, bytes, kind);
	}
	const { facts } = inspection;
	return largestSide === 0 && !removeMetadata ? done({ bytes, facts }) : await madeToFit(job, bytes, facts.kind, facts);
}

/** The photo behind bytes that are no part of it, which are left out. */
async function withoutFront(job: Job, bytes: Buffer, start: number): Promise<Outcome<Fitting>> {
	const photo = await fittingPhoto(job, bytes.subarray(start));
	if (!photo.ok) return photo;
	const { facts, original } = photo.value;
	const { mimeType, width, height } = facts;
	return done({ ...photo.value, original: { mimeType, width, height, ...original, fileSize: bytes.length } });
}

/** The verdict on a photo that is open until it is decoded, which is done for one at a time in the process, unless it is quick. */
async function examined({ context, alone }: Job, bytes: Buffer, looked: Inspection): Promise<Inspection> {
	const look = async () => await examinePhoto(looked, bytes, breathing(context));
	return looked.ok && isQuick(looked, bytes) ? await look() : await alone(look);
}

/** Gives the event loop back, and ends the work when the execution is cancelled: the run drops what comes of an item then. */
function breathing(context: IExecuteFunctions): () => Promise<void> {
	return async () => {
		await sleep(0);
		if (context.getExecutionCancelSignal()?.aborted === true) throw new Error('The execution was cancelled');
	};
}

async function madeToFit(
	{ context, alone, settings }: Job,
	bytes: Buffer,
	kind: PictureKind,
	known?: PhotoFacts,
): Promise<Outcome<Fitting>> {
	const { largestSide, removeMetadata } = settings;
	const wish = { maxPixels: MOST_PIXELS, maxBytes: MOST_BYTES, largestSide, removeMetadata };
	const breathe = breathing(context);
	const fitted = await alone(async () => {
		await breathe();
		return await fitPhoto(kind, bytes, wish, breathe, known);
	});
	if (!fitted.ok) return refused(fitted.refusal);
	const facts = factsOf(fitted.kind, fitted.bytes.length, fitted);
	if (fitted.bytes.equals(bytes)) return done({ bytes, facts });
	const { width, height } = fitted.original;
	const original = { mimeType: mimeTypeOf(kind), fileSize: bytes.length, width, height };
	return done({ bytes: fitted.bytes, facts, original });
}
