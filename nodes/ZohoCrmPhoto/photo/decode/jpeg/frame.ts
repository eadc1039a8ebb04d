import { damaged, tooLarge, type Refused } from '../refusal';
import { MARKER, MOST_SEGMENTS, nextSegment, type Segment } from '../../formats/jpegSegments';

/** One component (such as brightness) of the picture, as the frame header tells it (ITU-T T.81, B.2.2 and A.1). */
export interface Component {
	id: number;
	/** Samples in a row, relative to the other components: 1 to 4. */
	h: number;
	/** Samples in a column, relative to the other components: 1 to 4. */
	v: number;
	/** Which quantisation table, 0 to 3. */
	table: number;
	/** Size of the plane in samples. */
	width: number;
	height: number;
}

/** What the frame header says of the picture. */
export interface Frame {
	progressive: boolean;
	width: number;
	height: number;
	/** The most samples of any component: a minimum coded unit has 8 hMax x 8 vMax pixels. */
	hMax: number;
	vMax: number;
	components: Component[];
}

/** Frame markers of the kinds that are not decoded (ITU-T T.81, table B.1), by what users may know them as. */
const OTHER_KINDS = new Map([
	[0xc3, 'lossless'],
	[0xc5, 'hierarchical'],
	[0xc6, 'hierarchical'],
	[0xc7, 'hierarchical'],
	[0xc9, 'arithmetic-coded'],
	[0xca, 'arithmetic-coded'],
	[0xcb, 'arithmetic-coded'],
	[0xcd, 'hierarchical'],
	[0xce, 'hierarchical'],
	[0xcf, 'hierarchical'],
	[0xde, 'hierarchical'],
	[0xf7, 'JPEG-LS'],
]);

function refuseKind(kind: string): never {
	const taken = 'baseline and progressive ones with 8 bits a sample';
	throw tooLarge(`The photo is a JPEG of the ${kind} kind; shrinking takes ${taken}`);
}

/** Whether a marker begins a frame of any kind. */
export function isFrame(marker: number): boolean {
	return marker === MARKER.SOF0 || marker === MARKER.SOF1 || marker === MARKER.SOF2 || OTHER_KINDS.has(marker);
}

/**
 * Reads a frame header.
 * @param segment one for which `isFrame` holds
 * @throws Refused for kinds that are not decoded; Damaged for headers that break ITU-T T.81, B.2.2
 */
export function readFrame({ marker, body }: Segment): Frame {
	const kind = OTHER_KINDS.get(marker);
	if (kind !== undefined) refuseKind(kind);
	const [bits, , , , , count] = body;
	if (count === undefined || body.length < 6 + 3 * count) throw damaged('its frame header is cut short');
	if (bits !== 8) refuseKind(`${bits}-bit`);
	const view = new DataView(body.buffer, body.byteOffset, body.length);
	const height = view.getUint16(1);
	const width = view.getUint16(3);
	if (height === 0) throw tooLarge('The photo is a JPEG without its height in the header; shrinking needs it');
	if (width === 0) throw damaged(`its header gives the size as ${width} x ${height}`);
	if (count !== 1 && count !== 3 && count !== 4) refuseKind(`${count}-component`);
	const read = Array.from({ length: count }, (_, i) => {
		const factors = view.getUint8(7 + 3 * i);
		return { id: view.getUint8(6 + 3 * i), h: factors >> 4, v: factors & 15, table: view.getUint8(8 + 3 * i) };
	});
	if (read.some(({ h, v, table }) => h < 1 || h > 4 || v < 1 || v > 4 || table > 3)) {
		throw damaged('its header gives sampling factors that no JPEG has');
	}
	const hMax = Math.max(...read.map(({ h }) => h));
	const vMax = Math.max(...read.map(({ v }) => v));
	const components = read.map((component) => ({
		...component,
		width: Math.ceil((width * component.h) / hMax),
		height: Math.ceil((height * component.v) / vMax),
	}));
	return { progressive: marker === MARKER.SOF2, width, height, hMax, vMax, components };
}

/** The refusal of a photo with more segments than {@link MOST_SEGMENTS}. */
export function tooManySegments(): Refused {
	return tooLarge(`The photo is a JPEG of more than ${MOST_SEGMENTS} segments`);
}

/** What stands before the picture data. */
export interface Header {
	frame: Frame;
	/** The application and comment segments, in the file's order. */
	extras: Segment[];
}

/**
 * Reads a file up to its first scan.
 * @throws as `readFrame` does; Damaged when no frame or no scan comes
 */
export function readHeader(data: Uint8Array): Header {
	if (data[0] !== 0xff || data[1] !== MARKER.SOI) throw damaged('it does not begin as a JPEG does');
	const extras: Segment[] = [];
	let frame: Frame | undefined;
	let segments = 0;
	for (let segment = nextSegment(data, 2); segment !== undefined; segment = nextSegment(data, segment.next)) {
		const { marker } = segment;
		if (++segments > MOST_SEGMENTS) throw tooManySegments();
		if (marker === MARKER.SOS && frame !== undefined) return { frame, extras };
		if (marker === MARKER.SOS || marker === MARKER.EOI) break;
		if (isFrame(marker)) frame ??= readFrame(segment);
		if ((marker >= MARKER.APP0 && marker <= MARKER.APP15) || marker === MARKER.COM) extras.push(segment);
	}
	throw damaged('it has no picture data');
}
