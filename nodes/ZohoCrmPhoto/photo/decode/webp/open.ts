import type { Work } from '../../work';
import { onCanvas } from '../canvas';
import { wholePlanes, type OpenPicture, type RowSinks } from '../picture';
import { damaged } from '../refusal';
import { AlphaRows } from './alpha';
import { readWebp, type WebpChunks } from './container';
import { decodeLossless, readLosslessHeader } from './lossless/decode';
import { LossyRows } from './lossy/colours';
import { decodeFrame } from './lossy/frame';
import { readFrameTag } from './lossy/header';

/**
 * Opens a WebP, lossy or lossless, with or without alpha (RFC 9649, RFC 6386); of an animation, its first picture. The
 * samples are those of libwebp.
 * @param data the whole file
 * @throws Damaged where it is cut off or its header makes no sense
 */
export function openWebp(data: Uint8Array): OpenPicture {
	const chunks = readWebp(data);
	const { animation, icc, exif, xmp } = chunks;
	const picture = { ...openImage(chunks), metadata: { icc, exif, xmp } };
	return animation === undefined ? picture : onCanvas(picture, animation, animation.x, animation.y);
}

function openImage({ image, alpha }: WebpChunks): Omit<OpenPicture, 'metadata'> {
	if (image === undefined) throw damaged('it holds no picture data');
	const { body } = image;
	if (image.type === 'VP8L') {
		const { width, height, hasAlpha } = readLosslessHeader(body);
		const planes = wholePlanes(3, width, height);
		const rows = (sinks: RowSinks) => losslessRows(body, width, height, sinks);
		return { width, height, colours: 'rgb', planes, hasAlpha, rows };
	}
	const { width, height } = readFrameTag(body);
	const planes = wholePlanes(3, width, height);
	const rows = (sinks: RowSinks) => lossyRows(body, alpha, width, height, sinks);
	return { width, height, colours: 'rgb', planes, hasAlpha: alpha !== undefined, rows };
}

function* losslessRows(data: Uint8Array, width: number, height: number, sinks: RowSinks): Work<void> {
	const rows = yield* decodeLossless(data, 5, width, height);
	const channels = [16, 8, 0].map((shift) => ({ shift, samples: new Uint8ClampedArray(width) }));
	const alpha = new Uint8ClampedArray(width);
	for (let y = 0; y < height; y++) {
		const row = rows.row(y);
		if (sinks.alpha !== undefined) {
			channel(row, 24, alpha);
			sinks.alpha.take(alpha, 0);
			yield sinks.alpha.workPerRow;
		}
		for (const [i, { shift, samples }] of channels.entries()) {
			channel(row, shift, samples);
			const sink = sinks.planes[i];
			sink?.take(samples, 0);
			yield (sink?.workPerRow ?? 0) + width;
		}
	}
}

function channel(row: Uint32Array, shift: number, samples: Uint8ClampedArray): void {
	for (let x = 0; x < samples.length; x++) samples[x] = ((row[x] ?? 0) >>> shift) & 255;
}

function* lossyRows(
	data: Uint8Array,
	alphaData: Uint8Array | undefined,
	width: number,
	height: number,
	sinks: RowSinks,
): Work<void> {
	const alpha = alphaData === undefined ? undefined : yield* AlphaRows.open(alphaData, width, height);
	const rows = new LossyRows(yield* decodeFrame(data), width, height);
	for (let y = 0; y < height; y++) {
		if (sinks.alpha !== undefined && alpha !== undefined) {
			sinks.alpha.take(alpha.row(y), 0);
			yield sinks.alpha.workPerRow + (width >> 1);
		}
		rows.read(y);
		yield width;
		for (const [i, samples] of [rows.red, rows.green, rows.blue].entries()) {
			const sink = sinks.planes[i];
			sink?.take(samples, 0);
			yield sink?.workPerRow ?? 0;
		}
	}
}
