import type { IDataObject } from 'n8n-workflow';

import { backoff } from '../network/backoff';
import { wait } from '../network/wait';
import { done, refused, type Failure, type Outcome } from '../outcome';
import { readImages, updateImages, type FieldImage } from '../zoho/records/fieldImages';
import { notKnown, notStored } from './imageFieldFailures';
import type { ImageJob } from './imageJob';

/** A file that lies with Zoho and is to go into a field. */
export interface SentImage {
	/** The id that Zoho gave the file. */
	fileId: string;
	fileName: string;
	fileSize: number;
}

/** What a field is to be after a change: images that are not named stay. */
export interface WantedChange {
	/** Ids of images that go. */
	remove: readonly string[];
	/** Files that are put behind what is there. */
	add: readonly SentImage[];
}

/** What a change came to. */
export interface Changed {
	/** Zoho's four fields of the success, or ours where its answer was lost and the field shows that it was done. */
	answer: IDataObject;
	/** What the field holds now; undefined where it could not be read after a success. */
	images: readonly FieldImage[] | undefined;
}

/** Zoho's answer was lost, and the field holds what was to be there. */
const DONE_UNHEARD: IDataObject = {
	code: 'SUCCESS',
	message: 'record updated',
	status: 'success',
};

/** Milliseconds between the looks at a field that does not hold yet what Zoho said it stored. */
const LOOKS = [0, 1000, 2000];

/** Codes of calls that never reached Zoho. */
const NOT_SENT = ['CERTIFICATE_NOT_TRUSTED', 'CONNECTION_REFUSED', 'HOST_NOT_FOUND'];

/**
 * Changes an image field, and looks at what it holds afterwards.
 *
 * The call is not repeatable: it adds. So where its answer is lost, the field is read before anything is written again, and
 * only what is missing then is: no image is there twice, and none is lost. The files' ids are used again. And Zoho has been
 * seen to answer SUCCESS and store nothing, which reading tells as well.
 *
 * @param before what the field held
 * @returns IMAGES_NOT_STORED where Zoho said SUCCESS and the field shows otherwise
 */
export async function changeField(
	job: ImageJob,
	wanted: WantedChange,
	before: readonly FieldImage[],
): Promise<Outcome<Changed>> {
	const { context, zoho, settings, target } = job;
	let left = wanted;
	for (let tries = 1; ; tries++) {
		const change = { remove: left.remove, add: left.add.map(({ fileId }) => fileId) };
		const written = await updateImages(zoho, target, change, settings.restrictTriggers, settings);
		if (written.ok) return await confirmed(job, wanted, before, written.value, tries);
		const failure = tries === 1 ? written.failure : { ...written.failure, attempts: tries };
		if (!isInDoubt(failure)) return refused(failure);
		await wait(backoff(tries, Math.random()), context.getExecutionCancelSignal());
		const images = await readImages(zoho, target, settings);
		if (!images.ok) return refused(notKnown(failure, target));
		left = leftOf(wanted, before, images.value);
		if (left.remove.length === 0 && left.add.length === 0) {
			return done({ answer: DONE_UNHEARD, images: images.value });
		}
		if (tries > settings.maxRetries) return refused(failure);
	}
}

/** Looks whether a field holds what Zoho said it stored; a look or two later where it does not. */
async function confirmed(
	{ context, zoho, settings, target }: ImageJob,
	wanted: WantedChange,
	before: readonly FieldImage[],
	answer: IDataObject,
	tries: number,
): Promise<Outcome<Changed>> {
	let lacking = 0;
	let leftOver = 0;
	for (const pause of LOOKS) {
		await wait(pause, context.getExecutionCancelSignal());
		const images = await readImages(zoho, target, settings);
		if (!images.ok) return done({ answer, images: undefined });
		// Names and sizes are Zoho's own affair here: what counts is how many have come.
		const ids = images.value.map(({ id }) => id);
		const come = newIn(before, images.value).length;
		lacking = Math.max(0, wanted.add.length - come);
		leftOver = wanted.remove.filter((id) => ids.includes(id)).length;
		if (lacking === 0 && leftOver === 0) return done({ answer, images: images.value });
	}
	return refused(notStored(target, lacking, leftOver, tries));
}

/**
 * Whether a failure leaves it open if Zoho made the change: no answer came, an outage, or something that is not Zoho's
 * answered in its place.
 */
function isInDoubt({ code, attempts, httpStatus, answer }: Failure): boolean {
	if (attempts === undefined || NOT_SENT.includes(code)) return false;
	if (httpStatus === undefined || httpStatus >= 500) return true;
	return httpStatus < 400 && answer === undefined;
}

/** What is left to do of a change, by what the field holds now. */
function leftOf(
	{ remove, add }: WantedChange,
	before: readonly FieldImage[],
	now: readonly FieldImage[],
): WantedChange {
	const ids = now.map(({ id }) => id);
	const come = [...newIn(before, now)];
	const missing = [isWhole, isAlike].reduce<readonly SentImage[]>((sent, is) => withoutThose(sent, come, is), add);
	return { remove: remove.filter((id) => ids.includes(id)), add: missing };
}

/** Images that were not there before. */
function newIn(before: readonly FieldImage[], now: readonly FieldImage[]): FieldImage[] {
	const known = new Set(before.map(({ id }) => id));
	return now.filter(({ id }) => !known.has(id));
}

/** The sent images that are not among some others; each of those, which is taken out of its list, is one of them at most. */
function withoutThose(
	sent: readonly SentImage[],
	others: FieldImage[],
	is: (one: SentImage, other: FieldImage) => boolean,
): SentImage[] {
	return sent.filter((one) => {
		const place = others.findIndex((other) => is(one, other));
		if (place >= 0) others.splice(place, 1);
		return place < 0;
	});
}

function isWhole(sent: SentImage, image: FieldImage): boolean {
	return image.fileName === sent.fileName && image.fileSize === sent.fileSize;
}

/**
 * Whether an image can be the one that was sent under another name: by its size, as somebody else may have put another file of
 * the same name there; by its name where Zoho tells no size. The file's id is no help: nobody says that the field shows the same.
 */
function isAlike(sent: SentImage, image: FieldImage): boolean {
	return image.fileSize === undefined ? image.fileName === sent.fileName : image.fileSize === sent.fileSize;
}
