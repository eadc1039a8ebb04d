import { isUsualAfterEnd, jpegWithEnd } from './jpegEnd';
import { ExpectedRestarts } from './jpegRestarts';
import { orPerhaps, type PictureSize, type Structure } from './structure';

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
const DQT = 0xdb;
const DNL = 0xdc;
const DRI = 0xdd;
const APP0 = 0xe0;
const APP15 = 0xef;
/** Start of frame in JPEG-LS (ITU-T T.87, C.2.2). */
const SOF55 = 0xf7;
const COM = 0xfe;

const NOT_FRAMES = [DHT, JPG, DAC];

/** The processes that neither browsers nearly any program decode (ITU-T T.81, table B.1), by what people may know them as. */
const RARE_FRAMES = new Map([
	[0xc3, 'lossless'],
	[0xc5, 'hierarchical'],
	[0xc6, 'hierarchical'],
	[0xc7, 'hierarchical'],
	[0xcb, 'lossless'],
	[0xcd, 'hierarchical'],
	[0xce, 'hierarchical'],
	[0xcf, 'hierarchical'],
]);

/** Bits of a sample: those that browsers and nearly all programs decode, and the others that there are without loss-free coding (B.2.2). */
const USUAL_BITS = 8;
const RARE_BITS = 12;

/** What may stand between two scans of a picture. */
const BETWEEN_SCANS = [SOS, DHT, DAC, DQT, DRI, DNL];

const SECOND: Extract<Structure, { state: 'unreadable' }> = {
	state: 'unreadable',
	reason: 'a second picture begins before the first one ends',
};

/** Markers without a length after them. Stuffed zeros (T.81, B.1.1.5) and reserved codes are passed over like them. */
function standsAlone(marker: number): boolean {
	return marker <= LAST_RESERVED || (marker >= RST0 && marker <= RST7);
}

function isExtra(marker: number): boolean {
	return marker === COM || (marker >= APP0 && marker <= APP15);
}

/** Zeros that no coder writes for long: most pictures have no such run, and one that lost its middle has. */
const ZEROS = Buffer.alloc(256);

/** Fill bytes before a marker are few; a run of so many FF is what is left where data was. */
const LONGEST_FILL = 16;

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

/** Follows the coded data of scans. One object for all of them, as a file may have millions. */
class CodedData {
	/** Position of the marker behind the data (of its last FF), or the length of the file. */
	end = 0;
	/** Whether there was something odd in any of it. */
	isOdd = false;
	/** Restart markers in the data passed over last. */
	private restarts = 0;

	constructor(private readonly bytes: Buffer) {}

	/**
	 * Passes over the coded data of a scan, with its stuffed zeros, restart markers, fill bytes and reserved codes.
	 * @param from where it begins
	 * @param expected how many restart markers it must have
	 */
	pass(from: number, expected: number): void {
		const { bytes } = this;
		this.restarts = 0;
		let position = from;
		for (;;) {
			if (bytes[position] !== 0xff) position = nextFF(bytes, position + 1);
			const fill = position;
			while (bytes[position + 1] === 0xff) position += 1;
			if (position - fill > LONGEST_FILL) this.isOdd = true;
			const marker = bytes[position + 1];
			if (marker === undefined || (marker > LAST_RESERVED && (marker < RST0 || marker > RST7))) break;
			if (marker !== 0) this.takeMarker(marker);
			position += 2;
		}
		this.end = bytes[position + 1] === undefined ? bytes.length : position;
		if (position - from >= ZEROS.length && bytes.subarray(from, position).includes(ZEROS)) this.isOdd = true;
		if (this.restarts !== expected) this.isOdd = true;
	}

	/** Restart markers are counted from 0 to 7 and again (ITU-T T.81, B.1.1.3). */
	private takeMarker(marker: number): void {
		if (marker !== RST0 + (this.restarts & 7)) this.isOdd = true;
		if (marker >= RST0) this.restarts += 1;
	}
}

/**
 * Walks a JPEG from marker to marker and through its coded data, to the end marker after a scan (ITU-T T.81, annex B).
 * A thumbnail within the metadata cannot pass for the end, as segments are skipped by their length. Coded data, fill
 * bytes and stray bytes between segments are passed over alike, to the next marker: what decoders take is taken. A height that
 * stands behind the first scan (B.2.5) is not looked for, as libjpeg does not look for it.
 *
 * Behind a scan only what may stand there is followed. Where anything else comes, or nothing, the end marker is missing, and the
 * coded data alone can tell whether every row is there.
 * @param bytes a file that begins with FF D8
 * @returns its width and height in pixels as stored (EXIF orientation not applied), or what is wrong
 */
export function readJpeg(bytes: Buffer): Structure {
	let frame: PictureSize | undefined;
	let hasScan = false;
	let isDoubtful = false;
	const data = new CodedData(bytes);
	const restarts = new ExpectedRestarts();
	let position = 2;
	while (position < bytes.length) {
		const gap = position;
		position = nextFF(bytes, position);
		if (hasScan && position > gap) isDoubtful = true;
		while (bytes[position] === 0xff) position += 1;
		const marker = bytes[position];
		if (marker === undefined) return cutOff(frame, hasScan);
		position += 1;
		if (standsAlone(marker)) continue;
		if (marker === SOI) return frame !== undefined && hasScan ? orPerhaps(SECOND, frame) : SECOND;
		if (marker === EOI) {
			if (frame === undefined || !hasScan) return { state: 'unreadable', reason: 'it holds no picture data' };
			return jpegWithEnd(frame, isDoubtful || data.isOdd || !isUsualAfterEnd(bytes, position));
		}
		if (hasScan && marker !== SOS && !BETWEEN_SCANS.includes(marker)) {
			if (!isExtra(marker)) return cutOff(frame, hasScan);
			isDoubtful = true;
		}
		const [high, low] = [bytes[position], bytes[position + 1]];
		if (high === undefined || low === undefined) return cutOff(frame, hasScan);
		// A segment that is shorter than its own length field is read as an empty one, as libjpeg does.
		const length = Math.max(2, high * 256 + low);
		const end = position + length;
		if (end > bytes.length) return cutOff(frame, hasScan);
		if (marker === SOF55 && frame === undefined) return { state: 'unsupported', name: 'JPEG-LS' };
		if (marker >= SOF0 && marker <= SOF15 && !NOT_FRAMES.includes(marker) && frame === undefined) {
			if (length < 11) return { state: 'unreadable', reason: 'its frame header is too short' };
			const bits = bytes.readUInt8(position + 2);
			const rare = RARE_FRAMES.get(marker) ?? (bits === RARE_BITS ? `${bits} bits a sample` : undefined);
			if (rare !== undefined) return { state: 'unsupported', name: `JPEG (${rare})` };
			if (bits !== USUAL_BITS) return { state: 'unreadable', reason: `there is no JPEG with ${bits} bits a sample` };
			frame = { height: bytes.readUInt16BE(position + 3), width: bytes.readUInt16BE(position + 5) };
			restarts.takeFrame(bytes.subarray(position + 2, end), frame);
		} else if (marker === DRI) {
			restarts.takeInterval(bytes.subarray(position + 2, end));
		} else if (marker === SOS) {
			if (frame === undefined) return { state: 'unreadable', reason: 'its picture data comes before its frame header' };
			hasScan = true;
			// A scan without data, of which a file may have millions, needs no walk.
			const behind = bytes[end + 1] ?? 0;
			const isEmpty = bytes[end] === 0xff && behind !== 0xff && !standsAlone(behind);
			if (!isEmpty) data.pass(end, restarts.of(bytes.subarray(position + 2, end)));
			position = isEmpty ? end : data.end;
			continue;
		}
		position = end;
	}
	return cutOff(frame, hasScan);
}

/** The verdict where no end marker comes; with coded data, decoding may turn it. */
function cutOff(frame: PictureSize | undefined, hasScan: boolean): Structure {
	const verdict = { state: 'cutOff' as const, missing: 'the end marker after its picture data' };
	return frame !== undefined && hasScan ? orPerhaps(verdict, frame) : verdict;
}
