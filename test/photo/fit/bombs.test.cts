import { deflateSync } from 'node:zlib';

import { fitPhoto, type Fitted } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { PNG_SIGNATURE, pngChunk } from '../../../nodes/ZohoCrmPhoto/photo/formats/pngChunks';
import type { PictureKind } from '../../../nodes/ZohoCrmPhoto/photo/pictureKinds';

/** Processor seconds that a small file may take, whatever it claims. */
const MOST_SECONDS = 5;

async function fitted(kind: PictureKind, file: Buffer): Promise<Fitted & { pauses: number }> {
	const before = process.cpuUsage();
	let pauses = 0;
	const result = await fitPhoto(kind, file, { maxPixels: 1000, maxBytes: 100_000 }, async () => {
		pauses++;
	});
	expect(process.cpuUsage(before).user / 1e6).toBeLessThan(MOST_SECONDS);
	return { ...result, pauses };
}

function png(width: number, height: number, data: Buffer, ...more: Buffer[]): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width);
	header.writeUInt32BE(height, 4);
	header.set([8, 2], 8);
	const chunks = [pngChunk('IHDR', header), ...more, pngChunk('IDAT', data), pngChunk('IEND')];
	return Buffer.concat([PNG_SIGNATURE, ...chunks]);
}

/** A WebP of one chunk. */
function webp(type: string, body: Buffer): Buffer {
	const size = Buffer.alloc(4);
	size.writeUInt32LE(body.length);
	const chunk = Buffer.concat([Buffer.from(`WEBP${type}`, 'latin1'), size, body]);
	const whole = Buffer.alloc(4);
	whole.writeUInt32LE(chunk.length);
	return Buffer.concat([Buffer.from('RIFF', 'latin1'), whole, chunk]);
}

/** A lossless WebP's header. */
function lossless(width: number, height: number): Buffer {
	const header = Buffer.alloc(5, 0x2f);
	header.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
	return header;
}

const OVER = { ok: false, refusal: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' } };
const DAMAGED = { ok: false, refusal: { code: 'CORRUPT_IMAGE' } };

describe('claims more pixels than are taken on', () => {
	test.each<[string, PictureKind, Buffer]>([
		['PNG', 'png', png(16_000, 16_000, deflateSync(Buffer.alloc(100_000)))],
		['WebP', 'webp', webp('VP8L', Buffer.concat([lossless(16_000, 16_000), Buffer.alloc(2000)]))],
		[
			'lossy WebP',
			'webp',
			webp('VP8 ', Buffer.concat([Buffer.from('0000009d012a803e803e', 'hex'), Buffer.alloc(2000)])),
		],
		['GIF', 'gif', Buffer.from('GIF89a\xff\xff\xff\xff\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\0\x3b', 'latin1')],
	])('%s', async (_, kind, file) => {
		expect(await fitted(kind, file)).toMatchObject(OVER);
	});
});

describe('holds far less than it claims', () => {
	test.each<[string, PictureKind, Buffer]>([
		['PNG', 'png', png(7000, 7000, deflateSync(Buffer.alloc(100_000)))],
		['WebP', 'webp', webp('VP8L', Buffer.concat([lossless(7000, 7000), Buffer.alloc(200, 0xa5)]))],
		['lossy WebP', 'webp', webp('VP8 ', Buffer.concat([Buffer.from('0000009d012a581b581b', 'hex'), Buffer.alloc(20)]))],
		[
			'GIF',
			'gif',
			Buffer.from('GIF89a\x58\x1b\x58\x1b\0\0\0\x2c\0\0\0\0\x58\x1b\x58\x1b\0\x02\x03\0\0\0\0\x3b', 'latin1'),
		],
	])('%s', async (_, kind, file) => {
		expect(await fitted(kind, file)).toMatchObject(DAMAGED);
	});
});

test('Deflate of millions of empty blocks gives the event loop back', async () => {
	const empty = Buffer.alloc(5 * 1_000_000, Buffer.from('000000ffff', 'hex'));
	const result = await fitted('png', png(100, 100, Buffer.concat([Buffer.of(0x78, 0x9c), empty])));
	expect(result).toMatchObject(DAMAGED);
	expect(result.pauses).toBeGreaterThan(10);
});

test('a colour profile without end is left out', async () => {
	const profile = Buffer.concat([Buffer.from('name\0\0', 'latin1'), deflateSync(Buffer.alloc(30_000_000))]);
	const data = deflateSync(Buffer.alloc(31 * 10));
	const result = await fitted('png', png(10, 10, data, pngChunk('iCCP', profile)));
	expect(result.ok).toBe(true);
});

test('a GIF of a million sub-blocks gives the event loop back', async () => {
	const head = Buffer.from('GIF89a\x58\x1b\x58\x1b\0\0\0\x2c\0\0\0\0\x58\x1b\x58\x1b\0\x02', 'latin1');
	// Codes of 3 bits that only clear the table: 4, again and again.
	const blocks = Buffer.alloc(2 * 999_999, Buffer.from('012401490192', 'hex'));
	const result = await fitted('gif', Buffer.concat([head, blocks, Buffer.of(0, 0x3b)]));
	expect(result).toMatchObject(DAMAGED);
	expect(result.pauses).toBeGreaterThan(10);
});

test('a PNG of a million chunks gives the event loop back', async () => {
	const chunks = Buffer.alloc(12 * 1_000_000, pngChunk('teXt'));
	const result = await fitted('png', png(10, 10, deflateSync(Buffer.alloc(31 * 10)), chunks));
	expect(result.ok).toBe(true);
	expect(result.pauses).toBeGreaterThan(2);
});

test('a progressive JPEG of far more scans than its size can need is refused in time', async () => {
	const [width, height] = [7600, 7600];
	const blocks = (width / 8) * (height / 8);
	const segment = (marker: number, ...bytes: number[]) =>
		Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255, ...bytes]);
	// One code of one bit each: no difference for DC, and for AC "the next 2^14 blocks have nothing more", with 14 bits behind it.
	const table = (kind: number, symbol: number) => segment(0xc4, kind, 1, ...Array<number>(15).fill(0), symbol);
	const scan = (from: number, high: number, low: number, length: number) =>
		Buffer.concat([segment(0xda, 1, 1, 0, from, from, (high << 4) | low), Buffer.alloc(length)]);
	const empty = 2 * Math.ceil(blocks / (1 << 14));
	const file = Buffer.concat([
		Buffer.of(0xff, 0xd8),
		segment(0xdb, 0, ...Array<number>(64).fill(1)),
		segment(0xc2, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0),
		table(0x00, 0),
		table(0x10, 0xe0),
		scan(0, 0, 0, Math.ceil(blocks / 8)),
		...Array.from({ length: 63 }, (_, k) => scan(k + 1, 0, 0, empty)),
		Buffer.of(0xff, 0xd9),
	]);
	expect(file.length).toBeLessThan(200_000);
	expect(await fitted('jpeg', file)).toMatchObject({
		ok: false,
		refusal: {
			code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
			message: 'The photo is a progressive JPEG of more than 17 scans, which is too many for 57.8 megapixels',
		},
	});
});
