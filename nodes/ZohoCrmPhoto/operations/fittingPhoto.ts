import { sleep, type IDataObject } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { inspectPhoto } from '../photo/inspect';
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
	const inspection = inspectPhoto(bytes);
	if (!inspection.ok) {
		const { kind, refusal } = inspection;
		return unfitPhoto === 'refuse' || kind === undefined ? refused(refusal) : await madeToFit(job, bytes, kind);
	}
	const { facts } = inspection;
	return largestSide === 0 && !removeMetadata ? done({ bytes, facts }) : await madeToFit(job, bytes, facts.kind, facts);
}

async function madeToFit(
	{ context, alone, settings }: Job,
	bytes: Buffer,
	kind: PictureKind,
	known?: PhotoFacts,
): Promise<Outcome<Fitting>> {
	const { largestSide, removeMetadata } = settings;
	const wish = { maxPixels: MOST_PIXELS, maxBytes: MOST_BYTES, largestSide, removeMetadata };
	const breathe = async (): Promise<void> => {
		await sleep(0);
		// The run drops what comes of an item after a cancel.
		if (context.getExecutionCancelSignal()?.aborted === true) throw new Error('The execution was cancelled');
	};
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
