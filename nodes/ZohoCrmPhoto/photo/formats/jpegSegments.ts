/** The markers that this code names (ITU-T T.81, table B.1). */
export const MARKER = {
	SOF0: 0xc0,
	SOF1: 0xc1,
	SOF2: 0xc2,
	DHT: 0xc4,
	DAC: 0xcc,
	RST0: 0xd0,
	RST7: 0xd7,
	SOI: 0xd8,
	EOI: 0xd9,
	SOS: 0xda,
	DQT: 0xdb,
	DNL: 0xdc,
	DRI: 0xdd,
	APP0: 0xe0,
	APP1: 0xe1,
	APP2: 0xe2,
	APP13: 0xed,
	APP14: 0xee,
	APP15: 0xef,
	COM: 0xfe,
} as const;

/** A marker with what follows it: the bytes after the length field. For a marker without a length the body is empty. */
export interface Segment {
	marker: number;
	body: Uint8Array;
	/** Where in the file its marker begins. */
	start: number;
	/** Where the file goes on after the segment. */
	next: number;
}

function standsAlone(marker: number): boolean {
	return marker === 0x01 || (marker >= MARKER.RST0 && marker <= MARKER.EOI);
}

/**
 * The most segments that a photo may have before a scan. Cameras write dozens, and a colour profile or a depth map some
 * hundreds; millions of them in a small file are an attempt to keep a program busy.
 */
export const MOST_SEGMENTS = 10_000;

/** The next FF behind the one at `i`; runs of them, stuffed or not, are stepped over without a search for each. */
function nextFF(data: Uint8Array, i: number): number {
	if (data[i + 1] === 0xff) return i + 1;
	return data[i + 2] === 0xff ? i + 2 : data.indexOf(0xff, i + 2);
}

/**
 * The next marker at or after a place; bytes between markers are stepped over, as libjpeg does (cameras leave some).
 * @param data the whole file
 * @param at where to look from, in bytes
 * @returns nothing when no whole segment follows
 */
export function nextSegment(data: Uint8Array, at: number): Segment | undefined {
	for (let i = data.indexOf(0xff, at); i >= 0; i = nextFF(data, i)) {
		const marker = data[i + 1];
		if (marker === undefined) return undefined;
		if (marker === 0x00 || marker === 0xff) continue;
		if (standsAlone(marker)) return { marker, body: data.subarray(0, 0), start: i, next: i + 2 };
		if (i + 4 > data.length) return undefined;
		// A segment that is shorter than its own length field is read as an empty one, as libjpeg does.
		const length = Math.max(2, ((data[i + 2] ?? 0) << 8) | (data[i + 3] ?? 0));
		if (i + 2 + length > data.length) return undefined;
		const next = i + 2 + length;
		return { marker, body: data.subarray(i + 4, next), start: i, next };
	}
	return undefined;
}

/** A marker with its length field and its body. */
export function segment(marker: number, ...body: Uint8Array[]): Buffer {
	const length = body.reduce((sum, part) => sum + part.length, 2);
	return Buffer.concat([Buffer.of(0xff, marker, length >> 8, length & 0xff), ...body]);
}
