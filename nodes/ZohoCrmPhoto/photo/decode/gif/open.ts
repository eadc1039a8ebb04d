import {
	colorTableLength,
	GIF_BLOCK,
	GifBlocks,
	IMAGE_DESCRIPTOR_LENGTH,
	SCREEN_DESCRIPTOR_END,
} from '../../formats/gifBlocks';
import type { Work } from '../../work';
import { onCanvas } from '../canvas';
import { wholePlanes, type OpenPicture, type RowSinks } from '../picture';
import { damaged } from '../refusal';
import { handOver, linesFor } from '../rowSource';
import { decodeLzw } from './lzw';

/** The label of an extension that says which color can be seen through (GIF89a, section 23). */
const GRAPHIC_CONTROL = 0xf9;

/** The rows of an interlaced picture in the file's order: the first one of each pass, and the step (GIF89a, appendix E). */
const PASSES = [
	[0, 8],
	[4, 8],
	[2, 4],
	[1, 2],
] as const;

/** The first picture of a GIF. */
interface FirstPicture {
	x: number;
	y: number;
	width: number;
	height: number;
	isInterlaced: boolean;
	/** Red, green, blue of each color; black where there is none. */
	colors: Uint8Array;
	/** The color that can be seen through, or -1. */
	transparent: number;
	codeSize: number;
	/** Where its sub-blocks begin. */
	data: number;
}

/**
 * Opens the first picture of a GIF, on its logical screen, which is enlarged where the picture reaches beyond it.
 * @param data the whole file
 * @throws Damaged where it holds no picture
 */
export function openGif(data: Uint8Array): OpenPicture {
	const first = firstPicture(data);
	const { x, y, width, height, transparent } = first;
	const view = new DataView(data.buffer, data.byteOffset, data.length);
	const canvas = {
		width: Math.max(view.getUint16(6, true), x + width),
		height: Math.max(view.getUint16(8, true), y + height),
	};
	const picture: OpenPicture = {
		width,
		height,
		colours: 'rgb',
		planes: wholePlanes(3, width, height),
		hasAlpha: transparent >= 0,
		metadata: {},
		rows: (sinks) => rows(data, first, sinks),
	};
	return onCanvas(picture, canvas, x, y);
}

function firstPicture(data: Uint8Array): FirstPicture {
	if (data.length < SCREEN_DESCRIPTOR_END) throw damaged('it does not begin as a GIF does');
	const view = new DataView(data.buffer, data.byteOffset, data.length);
	let transparent = -1;
	for (const blocks = new GifBlocks(data); blocks.advance(); ) {
		const { block, label, start, data: at } = blocks;
		if (block === GIF_BLOCK.EXTENSION && label === GRAPHIC_CONTROL && start + 7 <= data.length) {
			transparent = ((data[start + 3] ?? 0) & 1) === 1 ? (data[start + 6] ?? 0) : -1;
		}
		if (block !== GIF_BLOCK.IMAGE) continue;
		if (at > data.length) break;
		const [width, height] = [view.getUint16(start + 5, true), view.getUint16(start + 7, true)];
		if (width === 0 || height === 0) throw damaged(`its header gives the size as ${width} x ${height}`);
		const flags = view.getUint8(start + 9);
		const own = colorTableLength(flags);
		const colors = new Uint8Array(3 * 256);
		const from = own > 0 ? start + IMAGE_DESCRIPTOR_LENGTH : SCREEN_DESCRIPTOR_END;
		colors.set(data.subarray(from, from + (own > 0 ? own : colorTableLength(view.getUint8(10)))));
		return {
			x: view.getUint16(start + 1, true),
			y: view.getUint16(start + 3, true),
			width,
			height,
			isInterlaced: (flags & 0x40) !== 0,
			colors,
			transparent,
			codeSize: data[at - 1] ?? 0,
			data: at,
		};
	}
	throw damaged('it holds no picture data');
}

function* rows(data: Uint8Array, first: FirstPicture, sinks: RowSinks): Work<void> {
	const { width, height, colors, transparent } = first;
	const places = yield* decodeLzw(data, first.data, first.codeSize, width, height);
	const order = first.isInterlaced ? interlacedOrder(height) : undefined;
	const lines = linesFor(width, 3, transparent >= 0);
	for (let y = 0; y < height; y++) {
		const from = (order?.[y] ?? y) * width;
		lines.planes.forEach((line, channel) => {
			for (let x = 0; x < width; x++) line[x] = byteAt(colors, 3 * byteAt(places, from + x) + channel);
		});
		const { alpha } = lines;
		if (alpha !== undefined) {
			for (let x = 0; x < width; x++) alpha[x] = byteAt(places, from + x) === transparent ? 0 : 255;
		}
		yield width;
		yield* handOver(lines, sinks);
	}
}

/** Where in the file each row of an interlaced picture stands. */
function interlacedOrder(height: number): Uint16Array {
	const order = new Uint16Array(height);
	let place = 0;
	for (const [first, step] of PASSES) for (let y = first; y < height; y += step) order[y] = place++;
	return order;
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
