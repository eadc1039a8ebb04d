import { damaged } from '../refusal';

/** What a PNG's IHDR chunk says (PNG specification, third edition, section 11.2.1). */
export interface PngHeader {
	width: number;
	height: number;
	/** Bits of a sample: 1, 2, 4, 8 or 16. */
	depth: number;
	/** Whether a sample is a place in the palette. */
	isPalette: boolean;
	/** Whether there are red, green and blue, and not grey alone. */
	isColour: boolean;
	/** Whether the last sample of a pixel is alpha. */
	hasAlpha: boolean;
	/** Samples of a pixel. */
	channels: number;
	isInterlaced: boolean;
}

/** Bits of a colour type (section 6.1). */
const PALETTE = 1;
const COLOUR = 2;
const ALPHA = 4;

/** The depths that each colour type may have (table 11.1). */
const DEPTHS: Record<number, readonly number[]> = {
	0: [1, 2, 4, 8, 16],
	2: [8, 16],
	3: [1, 2, 4, 8],
	4: [8, 16],
	6: [8, 16],
};

/**
 * Reads an image header.
 * @param body of the chunk
 * @throws Damaged for one that the specification does not have
 */
export function readPngHeader(body: Uint8Array): PngHeader {
	if (body.length !== 13) throw damaged('its header has the wrong length');
	const view = new DataView(body.buffer, body.byteOffset, body.length);
	const [width, height] = [view.getUint32(0), view.getUint32(4)];
	const [depth, type] = [view.getUint8(8), view.getUint8(9)];
	if (width === 0 || height === 0) throw damaged(`its header gives the size as ${width} x ${height}`);
	if (DEPTHS[type]?.includes(depth) !== true) throw damaged(`there is no colour type ${type} with ${depth} bits`);
	if (view.getUint8(10) !== 0 || view.getUint8(11) !== 0 || view.getUint8(12) > 1) {
		throw damaged('its header names a method that no PNG has');
	}
	const isPalette = (type & PALETTE) !== 0;
	const isColour = (type & COLOUR) !== 0;
	const hasAlpha = (type & ALPHA) !== 0;
	const channels = isPalette ? 1 : (isColour ? 3 : 1) + (hasAlpha ? 1 : 0);
	return { width, height, depth, isPalette, isColour, hasAlpha, channels, isInterlaced: view.getUint8(12) === 1 };
}
