import { completeUnlessEmpty, type Structure } from './structure';

/** Marker codes (ITU-T T.81, table B.1), the byte after FF. */
const LAST_RESERVED = 0xbf;
const SOF0 = 0xc0;
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const SOF15 = 0xcf;
const RST0 = 0xd0;
const RST7 = 0xd7;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DNL = 0xdc;
/** Start of frame in JPEG-LS (ITU-T T.87, C.2.2). */
const SOF55 = 0xf7;

const NOT_FRAMES = [DHT, JPG, DAC];

/** Markers without a length after them. Stuffed zeros (T.81, B.1.1.5) and reserved codes are passed over like them. */
function standsAlone(marker: number): boolean {
	return marker <= LAST_RESERVED || (marker >= RST0 && marker <= RST7);
}

/** Bytes looked at one by one before the native search, which is many times faster over a distance but slow to begin. */
const NEAR = 16;

/** Position of the next FF from here on, or the length of the file. */
function nextFF(bytes: Buffer, from: number): number {
	const far = from + NEAR;
	for (let position = from; position < far; position += 1) {
		if (bytes[position] === 0xff) return position;
	}
	const found = bytes.indexOf(0xff, far);
	return found === -1 ? bytes.length : found;
}

/**
 * Walks a JPEG from marker to marker and through its coded data, to the end marker after a scan (ITU-T T.81, annex B).
 * A thumbnail within the metadata cannot pass for the end, as segments are skipped by their length. Coded data, fill
 * bytes and stray bytes between segments are passed over alike, to the next marker: what decoders take is taken.
 * @param bytes a file that begins with FF D8
 * @returns its width and height in pixels as stored (EXIF orientation not applied), or what is wrong
 */
export function readJpeg(bytes: Buffer): Structure {
	const cutOff: Structure = { state: 'cutOff', missing: 'the end marker after its picture data' };
	let frame: { width: number; height: number } | undefined;
	let hasScan = false;
	let position = 2;
	while (position < bytes.length) {
		position = nextFF(bytes, position);
		while (bytes[position] === 0xff) position += 1;
		const marker = bytes[position];
		if (marker === undefined) return cutOff;
		position += 1;
		if (standsAlone(marker)) continue;
		if (marker === SOI) return { state: 'unreadable', reason: 'a second picture begins before the first one ends' };
		if (marker === EOI) {
			if (frame === undefined || !hasScan) return { state: 'unreadable', reason: 'it holds no picture data' };
			return completeUnlessEmpty(frame.width, frame.height);
		}
		const [high, low] = [bytes[position], bytes[position + 1]];
		if (high === undefined || low === undefined) return cutOff;
		const length = high * 256 + low;
		if (length < 2) return { state: 'unreadable', reason: `the segment at byte ${position - 2} has no length` };
		const end = position + length;
		if (end > bytes.length) return cutOff;
		if (marker === SOF55) return { state: 'unsupported', name: 'JPEG-LS' };
		if (marker >= SOF0 && marker <= SOF15 && !NOT_FRAMES.includes(marker) && frame === undefined) {
			if (length < 11) return { state: 'unreadable', reason: 'its frame header is too short' };
			frame = { height: bytes.readUInt16BE(position + 3), width: bytes.readUInt16BE(position + 5) };
		} else if (marker === DNL && length === 4 && frame?.height === 0) {
			frame.height = bytes.readUInt16BE(position + 2);
		} else if (marker === SOS) {
			if (frame === undefined) return { state: 'unreadable', reason: 'its picture data comes before its frame header' };
			hasScan = true;
		}
		position = end;
	}
	return cutOff;
}
