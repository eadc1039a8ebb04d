import { readBmp } from './formats/bmp';
import { readGif } from './formats/gif';
import { readJpeg } from './formats/jpeg';
import { readPng } from './formats/png';
import type { Structure } from './formats/structure';
import { refuseBehind, refuseOtherKind } from './otherKinds';
import { factsOf, PHOTO_KINDS, type PhotoFacts, type PhotoKind } from './photoKinds';
import { labelOf, otherPictureKind, type PictureKind } from './pictureKinds';
import { grouped } from './quantities';
import { recognise } from './recognise/recognise';
import type { PhotoRefusal } from './refusal';
import { checkLimits } from './tooLarge';

export type { PhotoFacts } from './photoKinds';

/**
 * The verdict on a file. `kind` comes with a refusal only where the picture can be made to fit, so that the caller can decide
 * to; `facts` where a limit is the one thing in the way.
 *
 * `start` comes with a refusal where other bytes stand before a picture, which making it fit leaves out: where the picture begins.
 *
 * Two verdicts are open until the coded data is looked through (`examinePhoto`): a refusal with `perhaps`, the facts of the photo if
 * every row of it is there after all, and a photo that `isDoubtful`.
 */
export type Inspection =
	| { ok: true; facts: PhotoFacts; isDoubtful?: true }
	| { ok: false; refusal: PhotoRefusal; facts?: PhotoFacts; kind?: PictureKind; perhaps?: PhotoFacts; start?: number };

/**
 * Our own readers, as completeness needs the walk anyway and image-size 2.1 reads these kinds worse: it misreads BMP
 * core headers, gives up on arithmetic, lossless and filled JPEGs, and takes 1.7 s for a hostile one of 10 MiB.
 */
const READERS: Record<PhotoKind, (bytes: Buffer) => Structure> = {
	png: readPng,
	jpeg: readJpeg,
	gif: readGif,
	bmp: readBmp,
};

/**
 * Looks at a file as Zoho CRM would have to: what it is, whether it is whole, whether it is within the limits.
 *
 * When several things are wrong, the first of these is told, as none of the later ones matters before it is put right:
 * empty, not one of the four kinds, header unreadable or file cut off, over a limit. (A video is not to be resized, and
 * a torn photo would only become a smaller torn photo.)
 *
 * Takes time linear in the file's size and no memory to speak of beside it; throws nothing, whatever the bytes.
 * @param bytes the whole file
 * @returns the photo's facts, or why it must not be sent
 */
export function inspectPhoto(bytes: Buffer): Inspection {
	if (bytes.length === 0) {
		return refused({
			code: 'EMPTY_FILE',
			message: 'The file is empty (0 bytes)',
			description: 'Look at the node that provides the file: what it read or downloaded had no content.',
		});
	}
	const recognised = recognise(bytes);
	if (recognised.as === 'behind') {
		const { start, before, otherwise } = recognised;
		const picture = inspectPhoto(bytes.subarray(start));
		const kind = picture.ok ? picture.facts.kind : (picture.kind ?? picture.perhaps?.kind);
		// A text may have the letters of a GIF's start in it; what follows them then is no picture.
		const isWord = kind === 'gif' && !picture.ok && picture.kind === undefined;
		if (kind === undefined || isWord) return refused(refuseOtherKind(bytes, otherwise));
		return { ...refused(refuseBehind(before, labelOf(kind))), start };
	}
	if (recognised.as !== 'photo') {
		const other = recognised.as === 'otherImage' ? otherPictureKind(recognised.name) : undefined;
		return { ...refused(refuseOtherKind(bytes, recognised)), ...(other && { kind: other }) };
	}

	const { kind } = recognised;
	const { label } = PHOTO_KINDS[kind];
	const structure = READERS[kind](bytes);
	const open = 'perhaps' in structure && structure.perhaps ? factsOf(kind, bytes.length, structure.perhaps) : undefined;
	switch (structure.state) {
		case 'unsupported':
			return refused(refuseOtherKind(bytes, { as: 'otherImage', name: structure.name, editImageReads: false }));
		case 'unreadable':
			return openRefusal(open, {
				code: 'CORRUPT_IMAGE',
				message: `The ${label} cannot be read: ${structure.reason}`,
				description: 'Open the file at its source: if it shows there, get it again; if not, save the photo anew.',
			});
		case 'cutOff':
			return openRefusal(open, {
				code: 'CORRUPT_IMAGE',
				message: `The ${label} is cut off after ${grouped(bytes.length)} bytes: ${structure.missing} is missing`,
				description: 'Get the file again: its download or upload stopped before the end.',
			});
		case 'complete': {
			const inspection = withinLimits(factsOf(kind, bytes.length, structure));
			return inspection.ok && structure.isDoubtful === true ? { ...inspection, isDoubtful: true } : inspection;
		}
	}
}

/** The verdict on a whole photo, which the limits make. */
export function withinLimits(facts: PhotoFacts): Inspection {
	const refusal = checkLimits(facts);
	return refusal === undefined ? { ok: true, facts } : { ok: false, refusal, facts, kind: facts.kind };
}

/** The verdict on a photo whose coded data is not whole, although it has an end. @param reason a clause */
export function damagedPhoto(kind: PhotoKind, reason: string): Inspection {
	return refused({
		code: 'CORRUPT_IMAGE',
		message: `The ${PHOTO_KINDS[kind].label} is damaged: ${reason}`,
		description: 'Open the file at its source: if all of it shows there, get it again; if not, save the photo anew.',
	});
}

/** A refusal that decoding may turn, where there are facts for that. */
function openRefusal(perhaps: PhotoFacts | undefined, refusal: PhotoRefusal): Inspection {
	return perhaps === undefined ? refused(refusal) : { ...refused(refusal), perhaps };
}

function refused(refusal: PhotoRefusal): { ok: false; refusal: PhotoRefusal } {
	return { ok: false, refusal };
}
