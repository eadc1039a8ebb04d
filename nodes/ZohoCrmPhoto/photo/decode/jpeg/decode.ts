import { damaged, tooLarge } from '../refusal';
import type { Work } from '../../work';
import type { Halvings } from './blockTransform';
import { isFrame, tooManySegments, type Frame } from './frame';
import type { RowSink } from '../picture';
import type { Picture } from './picture';
import { ProgressivePicture } from './progressive';
import { ScanTables } from './scan';
import { MARKER, MOST_SEGMENTS, nextSegment } from '../../formats/jpegSegments';
import { SequentialPicture } from './sequential';

/** Encoders write 10 scans or so; far more of them are an attempt to keep a decoder busy with a small file. */
const MOST_SCANS = 100;

/** A picture with where its data ends in the file. */
interface Scanned {
	/** Whether the file has an end marker behind it. */
	ended: boolean;
	end: number;
}

/**
 * Decodes a baseline, extended sequential or progressive JPEG with Huffman codes and 8 bits a sample (ITU-T T.81), each
 * component as its own plane in the colours and the sampling that the file has.
 * @param data the whole file
 * @param frame its frame header
 * @param sinks one for each of the frame's components; each gets all rows of its plane
 * @param halvings the planes are that often half as large, each rounded up
 * @throws Damaged for data that breaks ITU-T T.81 or ends early; Refused for what is not taken on
 */
export function* decode(data: Uint8Array, frame: Frame, sinks: readonly RowSink[], halvings: Halvings = 0): Work<void> {
	const picture: Picture = frame.progressive
		? new ProgressivePicture(data, frame, sinks, halvings)
		: new SequentialPicture(data, frame, sinks, halvings);
	const { ended } = yield* scanned(data, frame, picture);
	yield* picture.finish(ended);
}

/**
 * Reads all coded data of a JPEG without making samples of it, which shows whether every row is there.
 * @param data the whole file
 * @returns where the data of the picture ends
 * @throws as `decode` does
 */
export function* readCodedData(data: Uint8Array, frame: Frame): Work<number> {
	const picture: Picture = frame.progressive
		? new ProgressivePicture(data, frame, [], 0)
		: new SequentialPicture(data, frame, [], 0);
	const { ended, end } = yield* scanned(data, frame, picture);
	yield* picture.finish(ended);
	return end;
}

/** Reads scan after scan, until the picture is whole or the file ends. */
function* scanned(data: Uint8Array, frame: Frame, picture: Picture): Work<Scanned> {
	const tables = new ScanTables(!frame.progressive);
	let frames = 0;
	let scans = 0;
	let segments = 0;
	let ended = false;
	let at = 2;
	let end = 2;
	while (!ended && !picture.whole()) {
		const segment = nextSegment(data, at);
		if (segment === undefined) break;
		const { marker, body, next } = segment;
		at = next;
		if (++segments > MOST_SEGMENTS) throw tooManySegments();
		ended = marker === MARKER.EOI;
		if (isFrame(marker) && ++frames > 1) throw damaged('it has a second picture inside the first');
		if (marker === MARKER.SOS) {
			if (++scans > MOST_SCANS) throw tooLarge(`The photo is a JPEG of more than ${MOST_SCANS} scans`);
			at = end = yield* picture.scan(tables.scan(frame, body, next));
		} else {
			tables.take(marker, body);
		}
	}
	return { ended, end };
}
