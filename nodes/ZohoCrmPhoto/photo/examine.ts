import { openGif } from './decode/gif/open';
import { isProgressiveJpeg, provenJpeg } from './decode/jpeg/open';
import type { OpenPicture, RowSink } from './decode/picture';
import { provenPng } from './decode/png/open';
import { isDamaged, isRefused } from './decode/refusal';
import { Steps } from './fit/steps';
import { hasSoundData } from './formats/pngChunks';
import { damagedPhoto, withinLimits, type Inspection } from './inspect';
import type { PhotoKind } from './photoKinds';
import type { Work } from './work';

/**
 * The largest file, in bytes, whose coded data is always looked through: some 30 ms. Photos of records are seldom larger, and a
 * torn one that has its end marker all the same is found by nothing else.
 */
const ALWAYS_PROVEN = 500_000;

/** The same for the pixels of a progressive JPEG, which takes many times longer and holds all coefficients. */
const ALWAYS_PROVEN_PROGRESSIVE = 500_000;

/** The same for the pixels of a PNG, whose bytes do not bound what they become. Of a larger one the checksums speak. */
const ALWAYS_PROVEN_PNG = 2_500_000;

/** What looking through the coded data found. */
type Proof = { state: 'whole' | 'unknown' } | { state: 'damaged'; reason: string };

/**
 * Whether a verdict is open until the coded data of the picture is looked through (`examinePhoto`): where the file ends without
 * an end marker, where something in it is odd, and where it is quick to do.
 * @param inspection what `inspectPhoto` said
 * @param bytes the whole file
 */
export function isOpen(inspection: Inspection, bytes: Buffer): boolean {
	if (!inspection.ok) return inspection.perhaps !== undefined;
	if (inspection.isDoubtful === true || isQuick(inspection, bytes)) return true;
	// Decoders differ on what a wrong checksum means; whether the rows are there, decoding tells.
	return inspection.facts.kind === 'png' && !hasSoundData(bytes);
}

/**
 * Whether it is quick to look through a picture that seems sound.
 * @param inspection a photo within the limits
 */
export function isQuick({ facts }: Extract<Inspection, { ok: true }>, bytes: Buffer): boolean {
	if (bytes.length > ALWAYS_PROVEN) return false;
	if (facts.kind === 'gif') return true;
	const pixels = facts.width * facts.height;
	if (facts.kind === 'png') return pixels <= ALWAYS_PROVEN_PNG;
	return facts.kind === 'jpeg' && (pixels <= ALWAYS_PROVEN_PROGRESSIVE || !isProgressiveJpeg(bytes));
}

/**
 * Decides what `inspectPhoto` left open, by the coded data itself: whole is a picture of which every row is there. What stands
 * behind it never matters.
 * @param inspection what `inspectPhoto` said
 * @param bytes the whole file
 * @param pause gives the event loop back between steps of about 10 ms; when it rejects, the work ends with its reason
 * @returns the photo's facts, or why it must not be sent
 */
export async function examinePhoto(
	inspection: Inspection,
	bytes: Buffer,
	pause: () => Promise<void>,
): Promise<Inspection> {
	const facts = inspection.ok ? inspection.facts : inspection.perhaps;
	if (facts === undefined) return inspection;
	const proof = await proven(facts.kind, bytes, new Steps(pause));
	if (!inspection.ok) return proof.state === 'whole' ? withinLimits(facts) : inspection;
	return proof.state === 'damaged' ? damagedPhoto(facts.kind, proof.reason) : inspection;
}

async function proven(kind: PhotoKind, bytes: Buffer, steps: Steps): Promise<Proof> {
	const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
	return await steps.run(lookedThrough(kind, data)).then(
		() => ({ state: 'whole' }),
		async (fault: unknown) => {
			if (isRefused(fault)) return { state: 'unknown' };
			if (isDamaged(fault)) return { state: 'damaged', reason: fault.message };
			return await Promise.reject(fault);
		},
	);
}

/** @throws Damaged where not every row is there; Refused for what is not decoded */
function* lookedThrough(kind: PhotoKind, data: Uint8Array): Work<void> {
	if (kind === 'jpeg') yield* provenJpeg(data);
	if (kind === 'gif') yield* rowsTaken(openGif(data));
	if (kind === 'png') yield* provenPng(data);
}

/** Takes rows and does nothing with them. */
const NOWHERE: RowSink = { workPerRow: 0, take: () => undefined };

function rowsTaken(picture: OpenPicture): Work<void> {
	return picture.rows({ planes: picture.planes.map(() => NOWHERE), ...(picture.hasAlpha && { alpha: NOWHERE }) });
}
