import { provenJpeg } from '../decode/jpeg/open';
import { damaged } from '../decode/refusal';
import type { Application } from '../formats/jpegApplications';
import { GIF_BLOCK, GifBlocks } from '../formats/gifBlocks';
import { MARKER, nextSegment, segment, type Segment } from '../formats/jpegSegments';
import { pngChunk, pngChunks } from '../formats/pngChunks';
import type { PhotoKind } from '../photoKinds';
import type { Work } from '../work';
import { orientationAlone } from './exif';
import { neededSegments, segmentAlone } from './metadata';

/** Segments or chunks between two looks at whether to pause. */
const STEP = 256;

/**
 * A photo without what does not belong to how it looks: where, when and with what it was taken, captions, comments,
 * thumbnails, and whatever stands behind its end. The picture data stays as it is, byte for byte.
 * @param bytes a whole photo
 * @returns the same bytes where there is nothing of the kind; BMP has no place for it
 * @throws Damaged for a JPEG whose segments cannot be followed
 */
export function* withoutMetadata(kind: PhotoKind, bytes: Buffer): Work<Buffer> {
	if (kind === 'jpeg') return yield* jpegWithout(bytes, (one) => neededSegments([one]));
	if (kind === 'png') return yield* pngWithout(bytes, LOOKS);
	if (kind === 'gif') return yield* gifWithout(bytes, GIF_LOOKS);
	return bytes;
}

/**
 * A photo without what stands behind its end, such as a video or the picture of another lens, and without what says that it is there.
 * All else stays as it is, byte for byte.
 * @param bytes a whole photo
 * @throws Damaged for a JPEG whose segments cannot be followed
 */
export function* withoutTrailer(kind: PhotoKind, bytes: Buffer): Work<Buffer> {
	if (kind === 'jpeg') return yield* jpegWithout(bytes, segmentAlone);
	if (kind === 'png') return yield* pngWithout(bytes);
	if (kind === 'gif') return yield* gifWithout(bytes);
	return bytes;
}

/** Segments of a JPEG that hold no picture: APP0 to APP15 and COM (ITU-T T.81, B.2.4.5 and B.2.4.6). */
function isApplication({ marker }: Application): boolean {
	return (marker >= MARKER.APP0 && marker <= MARKER.APP15) || marker === MARKER.COM;
}

/** What stands between the scans of a JPEG beside extras: tables, and markers of restarts among the coded data. */
function isOfScans({ marker }: Segment): boolean {
	const { SOS, DHT, DQT, DRI, DNL, DAC, RST0, RST7 } = MARKER;
	return [SOS, DHT, DQT, DRI, DNL, DAC].some((one) => one === marker) || (marker >= RST0 && marker <= RST7);
}

const EOI = Buffer.of(0xff, MARKER.EOI);

/** @param needed what stays of a segment that holds no picture */
function* jpegWithout(bytes: Buffer, needed: (one: Application) => Application[]): Work<Buffer> {
	const kept: Uint8Array[] = [];
	let from = 0;
	let at = 2;
	let hasScan = false;
	let end: number | undefined;
	for (let count = 1; ; count++) {
		const found = nextSegment(bytes, at);
		if (found === undefined && !hasScan) throw damaged('it has no picture data');
		if (found?.marker === MARKER.EOI) return Buffer.concat([...kept, bytes.subarray(from, found.next)]);
		if (found === undefined || (hasScan && !isOfScans(found))) {
			// Perhaps this is no segment but something behind a picture without an end marker.
			end ??= yield* provenJpeg(bytes);
			if (found === undefined || found.start >= end || !isApplication(found)) {
				return Buffer.concat([...kept, bytes.subarray(from, end), EOI]);
			}
		}
		if (found.marker === MARKER.SOS) hasScan = true;
		at = found.next;
		if (isApplication(found)) {
			const stays = needed(found);
			if (stays.length !== 1 || stays[0] !== found) {
				kept.push(bytes.subarray(from, found.start), ...stays.map(({ marker, body }) => segment(marker, body)));
				from = at;
			}
		}
		if (count % STEP === 0) yield STEP;
	}
}

/** Chunks of a PNG that say how it looks (PNG specification, third edition, section 11). */
const LOOKS = new Set(
	'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
);

const IEND = pngChunk('IEND');

/** @param looks the chunks that stay; all without it */
function* pngWithout(bytes: Buffer, looks?: ReadonlySet<string>): Work<Buffer> {
	const kept: Uint8Array[] = [];
	let from = 0;
	let count = 0;
	for (const { type, body, start, next } of pngChunks(bytes)) {
		if (++count % STEP === 0) yield STEP;
		if (looks?.has(type) === false) {
			const orientation = type === 'eXIf' ? orientationAlone(body) : undefined;
			kept.push(bytes.subarray(from, start), ...(orientation === undefined ? [] : [pngChunk('eXIf', orientation)]));
			from = next;
		}
		if (type === 'IEND') return Buffer.concat([...kept, bytes.subarray(from, start), IEND]);
		if (next > bytes.length) return Buffer.concat([...kept, bytes.subarray(from, start), pngChunk(type, body), IEND]);
	}
	return Buffer.concat([...kept, bytes.subarray(from), IEND]);
}

/** Application extensions of a GIF that say how it looks: how often an animation is shown, and the colour profile. */
const GIF_LOOKS = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'];

const TRAILER = Buffer.of(GIF_BLOCK.TRAILER);

const COMMENT = 0xfe;
const APPLICATION = 0xff;

/** @param looks the application extensions that stay; all extensions without it */
function* gifWithout(bytes: Buffer, looks?: readonly string[]): Work<Buffer> {
	const kept: Uint8Array[] = [];
	let from = 0;
	let count = 0;
	for (const blocks = new GifBlocks(bytes); blocks.advance(); ) {
		const { block, label, start, next } = blocks;
		if (++count % STEP === 0) yield STEP;
		const name = bytes.toString('latin1', start + 3, start + 14);
		const isExtra = label === COMMENT || (label === APPLICATION && looks?.includes(name) === false);
		if (looks !== undefined && block === GIF_BLOCK.EXTENSION && isExtra) {
			kept.push(bytes.subarray(from, start));
			from = next;
		}
		if (block === GIF_BLOCK.TRAILER) return Buffer.concat([...kept, bytes.subarray(from, next)]);
		if (next > bytes.length) break;
	}
	return Buffer.concat([...kept, bytes.subarray(from), TRAILER]);
}
