import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';

import { openPng, provenPng } from '../../../nodes/ZohoCrmPhoto/photo/decode/png/open';
import { pngChunk } from '../../../nodes/ZohoCrmPhoto/photo/formats/pngChunks';
import { photo } from '../corpus.cts';
import { finished, samplesOf } from '../decode/samples.cts';
import { seeded } from '../mutate.cts';
import { png, pngHeader } from '../pieces.cts';
import { said } from '../said.cts';

/** A grey PNG of 4 x 4 pixels, as an encoder writes it, but for its rows, its header or the chunks of its data. */
function greyPng({ rows = 4, filter = 0, header = {}, split = [], palettes = 0 }: GreyPng = {}): Buffer {
	const head = pngHeader(4, 4, 8, 0);
	for (const [at, value] of Object.entries(header)) head.writeUInt8(value, Number(at));
	const data = deflateSync(Buffer.concat(Array<Buffer>(rows).fill(Buffer.of(filter, 1, 2, 3, 4))));
	const tables = Array<Buffer>(palettes).fill(pngChunk('PLTE', Buffer.alloc(3)));
	const parts = [pngChunk('IDAT', data.subarray(0, 4)), ...split, pngChunk('IDAT', data.subarray(4))];
	return png(pngChunk('IHDR', head), ...tables, ...parts, pngChunk('IEND'));
}

interface GreyPng {
	rows?: number;
	filter?: number;
	header?: Record<number, number>;
	split?: Buffer[];
	palettes?: number;
}

describe('a PNG that no decoder shows', () => {
	it('is refused where rows are missing, although every checksum is right', async () => {
		expect(await said(greyPng())).toBe('whole');
		expect(await said(greyPng({ rows: 5 }))).toBe('whole');
		expect(await said(greyPng({ rows: 3 }))).toBe('The PNG is damaged: its picture data ends early');
		expect(await said(greyPng({ filter: 5 }))).toBe('The PNG is damaged: its picture data makes no sense');
	});

	it.each([
		[{ header: { 10: 128 } }, 'there is no compression method 128'],
		[{ header: { 11: 64 } }, 'there is no filter method 64'],
		[{ header: { 12: 2 } }, 'there is no interlace method 2'],
		[{ palettes: 2 }, 'it has two palettes'],
	])('is refused by its chunks: %j', async (change, reason) => {
		expect(await said(greyPng(change))).toBe(`The PNG cannot be read: ${reason}`);
	});

	it('is refused where the chunks of its data are not together, unless the first of them are all', async () => {
		expect(await said(greyPng({ split: [pngChunk('IDAT')] }))).toBe('whole');
		expect(await said(greyPng({ split: [pngChunk('tIME', Buffer.alloc(7))] }))).toBe(
			'The PNG is damaged: its picture data ends early',
		);
		const more = Buffer.concat([pngChunk('tIME', Buffer.alloc(7)), pngChunk('IDAT', Buffer.alloc(9))]);
		const whole = greyPng();
		const end = whole.length - 12;
		expect(await said(Buffer.concat([whole.subarray(0, end), more, whole.subarray(end)]))).toBe('whole');
	});

	it('holds no picture with an empty chunk alone', async () => {
		const empty = png(pngChunk('IHDR', pngHeader(4, 4, 8, 0)), pngChunk('IDAT'), pngChunk('IEND'));
		expect(await said(empty)).toBe('The PNG cannot be read: it holds no picture data');
	});

	it('is looked through whatever its size where a checksum is wrong', async () => {
		const size = 1000;
		const noise = Buffer.concat(Array.from({ length: size }, () => Buffer.concat([Buffer.of(0), randomBytes(size)])));
		const large = (data: Buffer, sum: number) => {
			const body = pngChunk('IDAT', data);
			body.writeUInt8((body.at(-1) ?? 0) ^ sum, body.length - 1);
			return png(pngChunk('IHDR', pngHeader(size, size, 8, 0)), body, pngChunk('IEND'));
		};
		expect(large(deflateSync(noise), 0).length).toBeGreaterThan(900_000);
		expect(await said(large(deflateSync(noise), 1))).toBe('whole');
		expect(await said(large(deflateSync(noise.subarray(0, -5000)), 1))).toMatch(/ its picture data ends early$/);
	});
});

/** The reason for which a piece of work gives a file up; none where it does not. */
function faultOf(work: () => unknown): string {
	try {
		work();
		return 'none';
	} catch (fault) {
		return String(fault);
	}
}

describe('looking through a PNG', () => {
	const seed = Math.floor(Math.random() * 2 ** 32);

	it.each(['rgb.png', 'rgba-interlaced.png', 'rgb-16bit.png'])(
		`finds what decoding it finds: %s (seed ${seed})`,
		(name) => {
			const random = seeded(seed);
			const file = photo(name);
			const [from, to] = [file.indexOf('IDAT') + 4, file.indexOf('IEND') - 8];
			for (let round = 0; round < 60; round += 1) {
				const changed = Buffer.from(file);
				const at = from + Math.floor(random() * (to - from));
				changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
				const decodes = () => samplesOf(finished(openPng(changed)));
				expect(faultOf(() => finished(provenPng(changed)))).toBe(faultOf(decodes));
			}
		},
	);
});
