import { damaged } from '../refusal';

/** A chunk of a RIFF file: its four letters and what it holds. */
export interface Chunk {
	type: string;
	body: Uint8Array;
}

/** Chunks in a file at most: animations have thousands. */
const MOST_CHUNKS = 100_000;

/**
 * The chunks in a stretch of a RIFF file, in their order (RFC 9649, 2.3).
 * @throws Damaged where one reaches beyond the end
 */
export function* chunksOf(data: Uint8Array): Generator<Chunk, void, undefined> {
	const view = new DataView(data.buffer, data.byteOffset, data.length);
	let count = 0;
	for (let at = 0; at + 8 <= data.length; ) {
		if (++count > MOST_CHUNKS) throw damaged('it has far too many chunks');
		const type = Buffer.from(data.subarray(at, at + 4)).toString('latin1');
		const end = at + 8 + view.getUint32(at + 4, true);
		if (end > data.length) throw damaged('it is cut off');
		yield { type, body: data.subarray(at + 8, end) };
		at = end + (end & 1);
	}
}

/** One picture of a WebP: its data, and alpha of its own where lossy data has some. */
export interface ImageChunks {
	image?: Chunk;
	alpha?: Uint8Array;
}

/** What a WebP holds (RFC 9649, 2.5 to 2.7). */
export interface WebpChunks extends ImageChunks {
	/** Where the picture is one of an animation: the canvas, and where on it the first picture stands. */
	animation?: { width: number; height: number; x: number; y: number };
	icc?: Uint8Array;
	exif?: Uint8Array;
	xmp?: Uint8Array;
}

const EXIF_PREFIX = Buffer.from('Exif\0\0', 'latin1');

/**
 * Takes a WebP apart; of an animation, its first picture.
 * @param data the whole file
 * @throws Damaged where it is cut off or holds no picture
 */
export function readWebp(data: Uint8Array): WebpChunks {
	const name = Buffer.from(data.subarray(0, 12)).toString('latin1');
	if (data.length < 12 || !name.startsWith('RIFF') || !name.endsWith('WEBP')) {
		throw damaged('it does not begin as a WebP does');
	}
	const length = new DataView(data.buffer, data.byteOffset, data.length).getUint32(4, true);
	if (length + 8 > data.length) throw damaged('it is cut off');
	const found: WebpChunks = {};
	let canvas: Uint8Array | undefined;
	for (const chunk of chunksOf(data.subarray(12, length + 8))) {
		const { type, body } = chunk;
		if (type === 'VP8X') canvas ??= body;
		else if (type === 'ICCP') found.icc ??= body;
		else if (type === 'EXIF') found.exif ??= EXIF_PREFIX.equals(body.subarray(0, 6)) ? body.subarray(6) : body;
		else if (type === 'XMP ') found.xmp ??= body;
		else if (type === 'ANMF' && found.image === undefined) takeFrame(found, body, canvas);
		else takeImage(found, chunk);
	}
	if (found.image === undefined) throw damaged('it holds no picture data');
	return found;
}

function takeImage(found: ImageChunks, chunk: Chunk): void {
	if (found.image !== undefined) return;
	if (chunk.type === 'ALPH') found.alpha ??= chunk.body;
	if (chunk.type === 'VP8 ' || chunk.type === 'VP8L') found.image = chunk;
}

/** The first picture of an animation (RFC 9649, 2.7.1.1). */
function takeFrame(found: WebpChunks, body: Uint8Array, canvas: Uint8Array | undefined): void {
	if (canvas === undefined || canvas.length < 10 || body.length < 16) throw damaged('its animation makes no sense');
	const number = (bytes: Uint8Array, at: number) => {
		const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
		return a | (b << 8) | (c << 16);
	};
	const [x, y] = [2 * number(body, 0), 2 * number(body, 3)];
	found.animation = { width: number(canvas, 4) + 1, height: number(canvas, 7) + 1, x, y };
	for (const chunk of chunksOf(body.subarray(16))) takeImage(found, chunk);
}
