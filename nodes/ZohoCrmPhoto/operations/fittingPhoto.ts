import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { examinePhoto, isOpen, isQuick } from '../photo/examine';
import { inspectPhoto, type Inspection } from '../photo/inspect';
import { checkFileSize, MOST_BYTES, MOST_PIXELS } from '../photo/limits';
import { fitPhoto, LARGEST_FITTED_FILE } from '../photo/fit/fit';
import { factsOf, type PhotoFacts } from '../photo/photoKinds';
import { mimeTypeOf, type PictureKind } from '../photo/pictureKinds';
import type { Settings } from '../parameters/settings';
import type { RefuseSize } from '../source/file';
import type { Job } from './operation';

/** A photo that may be sent, and, where it was changed, what it was. */
export interface Fitting {
	bytes: Buffer;
	facts: PhotoFacts;
	original?: IDataObject;
}

/** Why a file of so many bytes is not wanted: what is made to fit may be larger than what is sent as it is. */
export function refuseSizeOf({ unfitPhoto }: Settings): RefuseSize {
	const isFitted = unfitPhoto === 'fit';
	return (bytes, mimeType) =>
		isFitted && bytes <= LARGEST_FITTED_FILE ? undefined : checkFileSize(bytes, isFitted ? undefined : mimeType);
}

/** A photo that may be sent: checked, and made to fit where that is wished and needed. */
export async function fittingPhoto(job: Job, bytes: Buffer): Promise<Outcome<Fitting>> {
	const { unfitPhoto, largestSide, removeMetadata } = job.settings;
	const inspection = await examined(job, bytes);
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

/** The verdict on a photo. Where it takes decoding, that is done for one at a time in the process, unless it is quick. */
async function examined({ context, alone }: Job, bytes: Buffer): Promise<Inspection> {
	const inspection = inspectPhoto(bytes);
	if (!isOpen(inspection, bytes)) return inspection;
	const look = async () => await examinePhoto(inspection, bytes, breathing(context));
	return inspection.ok && isQuick(inspection, bytes) ? await look() : await alone(look);
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
