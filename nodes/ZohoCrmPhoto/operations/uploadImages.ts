import type { IDataObject } from 'n8n-workflow';

import { done, refused, type Failure, type Outcome } from '../outcome';
import { readExisting } from '../parameters/imageField';
import { sentFileName } from '../photo/fileName';
import { inspectPhoto } from '../photo/inspect';
import type { PhotoFacts } from '../photo/photoKinds';
import { readImages, uploadFile, type FieldImage } from '../zoho/records/fieldImages';
import { imageFieldNamed } from '../zoho/records/imageFields';
import { changeField, type SentImage } from './changeField';
import { fittingPhoto } from './fittingPhoto';
import { tooMany } from './imageFieldFailures';
import { listed, onImageField, placeOf, skipped, type ImageJob } from './imageJob';
import { resultJson } from './resultJson';
import { imageSources, type ImageSource } from './imageSources';

/** An image that was sent, and what the item's result tells of it. */
interface Sent {
	image: SentImage;
	told: IDataObject;
}

/**
 * Puts the item's images into the image field of its record, in one update; the result is Zoho's answer, what was sent and
 * what the field holds afterwards.
 *
 * The files go one after another, so that one is in memory at a time, and into the field when all are there: of an item with a
 * file that is refused, the field takes none.
 */
export const uploadImagesOperation = onImageField(async (job) => {
	const { context, item, zoho, settings, target } = job;
	const existing = readExisting(context, item);
	if (!existing.ok) return existing;
	const sources = imageSources(job);
	if (!sources.ok) return sources;

	const known = await imageFieldNamed(zoho, target.address.module, target.field, settings);
	if (!known.ok) return known;
	const before = await readImages(zoho, target, settings);
	if (!before.ok) return before;
	if (existing.value === 'keep' && before.value.length > 0) {
		const told = { uploaded: [], images: listed(before.value) };
		return done({ json: resultJson(placeOf(target), skipped('the field already has images'), told) });
	}
	const wanted = sources.value.length;
	const held = existing.value === 'add' ? before.value.length : 0;
	const { most } = known.value;
	if (most !== undefined && held + wanted > most) return refused(tooMany(target, most, wanted, held));

	const sent = await sendAll(job, sources.value);
	if (!sent.ok) return sent;
	const remove = existing.value === 'replace' ? idsOf(before.value) : [];
	const change = { remove, add: sent.value.map(({ image }) => image) };
	const changed = await changeField(job, change, before.value);
	if (!changed.ok) return changed;
	const { answer, images } = changed.value;
	const told = { uploaded: sent.value.map((one) => one.told), ...(images && { images: listed(images) }) };
	return done({ json: resultJson(placeOf(target), answer, told) });
});

function idsOf(images: readonly FieldImage[]): string[] {
	return images.map(({ id }) => id);
}

async function sendAll(job: ImageJob, sources: readonly ImageSource[]): Promise<Outcome<Sent[]>> {
	// Of several, all are looked at before the first is sent: one that is refused is known to be before anything goes out.
	if (sources.length > 1) {
		for (const source of sources) {
			const looked = await inHand(job, source, look);
			if (!looked.ok) return looked;
		}
	}
	const sent: Sent[] = [];
	for (const [place, source] of sources.entries()) {
		const one = await inHand(job, source, async (bytes, fileName) => await send(job, bytes, fileName, place));
		if (!one.ok) return one;
		sent.push(one.value);
	}
	return done(sent);
}

/** Does something with one file, which is in memory for no longer than that. */
async function inHand<T>(
	job: ImageJob,
	source: ImageSource,
	work: (bytes: Buffer, fileName: string, job: ImageJob) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
	const hand = await job.zoho.hand();
	try {
		const file = await source.load(hand);
		if (!file.ok) return refused(source.named(file.failure));
		const { bytes, fileName } = file.value;
		const outcome = await work(bytes, fileName, job);
		if (outcome.ok) return outcome;
		const failure: Failure = { fileName: fileName || undefined, ...outcome.failure };
		// What Zoho says of a call names the record; what we say of a file is to name the file.
		return refused(failure.attempts === undefined ? source.named(failure) : failure);
	} finally {
		hand.release();
	}
}

/** Whether a file is one that can be sent, or that may be made to fit: without decoding it. */
async function look(bytes: Buffer, _fileName: string, { settings }: ImageJob): Promise<Outcome<undefined>> {
	const inspection = inspectPhoto(bytes);
	const isHopeless = !inspection.ok && (settings.unfitPhoto === 'refuse' || inspection.kind === undefined);
	return await Promise.resolve(isHopeless ? refused(inspection.refusal) : done(undefined));
}

async function send(job: ImageJob, bytes: Buffer, givenName: string, place: number): Promise<Outcome<Sent>> {
	const { zoho, settings, target } = job;
	const photo = await fittingPhoto(job, bytes);
	if (!photo.ok) return photo;
	const { facts, original } = photo.value;
	const { mimeType, fileSize, width, height } = facts;
	const fileName = nameOf(settings.fileName, givenName, place, facts);
	const file = { bytes: photo.value.bytes, fileName, mimeType };
	const fileId = await uploadFile(zoho, target.address, file, settings);
	if (!fileId.ok) return fileId;
	return done({
		image: { fileId: fileId.value, fileName, fileSize },
		told: { fileName, mimeType, fileSize, width, height, ...(original && { original }) },
	});
}

/** The name that is sent: that of the option, with a number from the second image on, or the file's own. */
function nameOf(wanted: string, given: string, place: number, facts: PhotoFacts): string {
	const name = sentFileName(wanted || given, facts);
	if (wanted === '' || place === 0) return name;
	const dot = name.lastIndexOf('.');
	return sentFileName(`${name.slice(0, dot)}-${place + 1}${name.slice(dot)}`, facts);
}
