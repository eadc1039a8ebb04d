import { LARGEST_FITTED_FILE, fitPhoto, type Fitted } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { readHeader } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/frame';
import { fixture } from './fixture.cts';

async function shrink(file: Buffer, pause = async (): Promise<void> => {}): Promise<Fitted> {
	return await fitPhoto('jpeg', file, { maxPixels: 3000, maxBytes: 1_000_000 }, pause);
}

/** The fixture with bytes changed, counted from the marker of its frame header. */
function withFrame(name: string, change: (file: Buffer, frame: number) => void): Buffer {
	const file = fixture(name);
	change(
		file,
		file.findIndex((byte, i) => byte === 0xff && [0xc0, 0xc2].includes(file[i + 1] ?? 0)),
	);
	return file;
}

/** The fixture with segments put in behind its first marker. */
function withFront(name: string, ...front: Buffer[]): Buffer {
	const file = fixture(name);
	return Buffer.concat([file.subarray(0, 2), ...front, file.subarray(2)]);
}

/** A DHT segment of so many tables of one code. */
function tables(count: number): Buffer {
	const table = Buffer.from([0, 1, ...Array<number>(15).fill(0), 7]);
	const body = Buffer.concat(Array.from({ length: count }, () => table));
	const length = body.length + 2;
	return Buffer.concat([Buffer.of(0xff, 0xc4, length >> 8, length & 0xff), body]);
}

const TOO_LARGE = 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE';

function kind(name: string): string {
	return `The photo is a JPEG of the ${name} kind; shrinking takes baseline and progressive ones with 8 bits a sample`;
}

function smaller(reason: string): string {
	return `The JPEG cannot be read: ${reason}`;
}

describe('refused before decoding', () => {
	const cases: Array<[what: string, file: Buffer, code: string, message: string]> = [
		[
			'above 60 megapixels',
			withFrame('420', (file, at) => {
				file.writeUInt16BE(9000, at + 5);
				file.writeUInt16BE(12_000, at + 7);
			}),
			TOO_LARGE,
			'The photo has 108.0 megapixels (12000 x 9000); making it fit takes at most 60',
		],
		['arithmetic coding', fixture('arithmetic'), TOO_LARGE, kind('arithmetic-coded')],
		['12 bits', withFrame('420', (file, at) => file.writeUInt8(12, at + 4)), TOO_LARGE, kind('12-bit')],
		['lossless', withFrame('420', (file, at) => file.writeUInt8(0xc3, at + 1)), TOO_LARGE, kind('lossless')],
		['hierarchical', withFrame('420', (file, at) => file.writeUInt8(0xc5, at + 1)), TOO_LARGE, kind('hierarchical')],
		[
			'no width',
			withFrame('420', (file, at) => file.writeUInt16BE(0, at + 7)),
			'CORRUPT_IMAGE',
			smaller('its header gives the size as 0 x 151'),
		],
		['no JPEG', Buffer.from('GIF89a'), 'CORRUPT_IMAGE', smaller('it does not begin as a JPEG does')],
		['nothing', Buffer.alloc(0), 'CORRUPT_IMAGE', smaller('it does not begin as a JPEG does')],
		['a start only', Buffer.of(0xff, 0xd8), 'CORRUPT_IMAGE', smaller('it has no picture data')],
		[
			'too large a file',
			Buffer.alloc(LARGEST_FITTED_FILE + 2_000_000),
			TOO_LARGE,
			'The photo has 52.0 MB; making it fit takes at most 50.0 MB',
		],
		[
			'segments without end before the picture',
			withFront('420', Buffer.alloc(4 * 10_001, Buffer.of(0xff, 0xef, 0, 2))),
			TOO_LARGE,
			'The photo is a JPEG of more than 10000 segments',
		],
		[
			'a segment of Huffman tables without end',
			withFront('420', tables(40)),
			'CORRUPT_IMAGE',
			smaller('one of its segments has far too many Huffman tables'),
		],
		[
			'Huffman tables without end',
			withFront('420', ...Array.from({ length: 41 }, () => tables(25))),
			'CORRUPT_IMAGE',
			smaller('it has far more Huffman tables than scans'),
		],
	];

	test.each(cases)('%s', async (_, file, code, message) => {
		const pause = jest.fn(async () => {});
		const result = await shrink(file, pause);
		expect(result).toEqual({ ok: false, refusal: { code, message, description: expect.any(String) } });
		// A busy machine takes longer for the headers than a step may.
		expect(pause.mock.calls.length).toBeLessThanOrEqual(2);
	});
});

test('a header is not read beyond so many segments, as each that is kept takes memory', () => {
	const file = withFront('420', Buffer.alloc(4 * 10_001, Buffer.of(0xff, 0xef, 0, 2)));
	expect(() => readHeader(file)).toThrow('more than 10000 segments');
});

describe('damaged data', () => {
	test.each(['420', 'progressive', 'grey', 'scan-each', 'restart-rows', 'ycck'])(
		'%s cut off anywhere',
		async (name) => {
			const file = fixture(name);
			for (let part = 1; part < 40; part++) {
				const length = Math.floor((file.length - 40) * (part / 40));
				expect(await shrink(file.subarray(0, length))).toMatchObject({ ok: false, refusal: { code: 'CORRUPT_IMAGE' } });
			}
		},
	);

	test('a lost part between restart markers', async () => {
		const file = fixture('restart-rows');
		const second = file.indexOf(Buffer.of(0xff, 0xd1));
		const third = file.indexOf(Buffer.of(0xff, 0xd2));
		const result = await shrink(Buffer.concat([file.subarray(0, second), file.subarray(third)]));
		expect(result).toMatchObject({
			refusal: { message: smaller('part of its picture data is missing') },
		});
	});

	test('a progressive picture whose scans are not in order', async () => {
		const file = fixture('progressive');
		const first = file.indexOf(Buffer.of(0xff, 0xda));
		const second = file.indexOf(Buffer.of(0xff, 0xc4), first);
		const twice = Buffer.concat([file.subarray(0, second), file.subarray(first)]);
		expect(await shrink(twice)).toMatchObject({ refusal: { code: 'CORRUPT_IMAGE' } });
	});

	test('bytes between segments and after the end do no harm', async () => {
		const file = fixture('420');
		const frame = file.indexOf(Buffer.of(0xff, 0xc0));
		const stray = Buffer.concat([
			file.subarray(0, frame),
			Buffer.of(0, 1, 0xff),
			file.subarray(frame),
			Buffer.alloc(99),
		]);
		expect(await shrink(stray)).toEqual(await shrink(file));
	});

	test('a missing end marker does no harm to a sequential file', async () => {
		const file = fixture('420');
		expect(await shrink(file.subarray(0, file.length - 2))).toEqual(await shrink(file));
	});
});

/** Marsaglia's xorshift, so that a run can be repeated. */
function randomFrom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) % below;
	};
}

const SEED = 20261123;

test(`300 files with changed bytes (seed ${SEED}): a photo of the right size or a refusal, never an exception`, async () => {
	const random = randomFrom(SEED);
	const names = [
		'420',
		'422',
		'grey',
		'cmyk',
		'progressive',
		'progressive-grey',
		'restart-blocks',
		'scan-each',
		'uneven',
	];
	let [photos, refusals] = [0, 0];
	for (let round = 0; round < 300; round++) {
		const file = fixture(names[round % names.length] ?? '');
		for (let changes = 1 + random(4); changes > 0; changes--) {
			file[round % 2 === 0 ? random(file.length) : random(700)] = random(256);
		}
		let pauses = 0;
		const result = await shrink(file, async () => {
			if (++pauses > 20_000) throw new Error(`round ${round}: no end`);
		});
		if (result.ok) {
			photos++;
			expect(result.width * result.height).toBeLessThanOrEqual(3000);
		} else {
			refusals++;
			expect(['CORRUPT_IMAGE', TOO_LARGE]).toContain(result.refusal.code);
			expect(result.refusal.message).not.toContain('does not hold together');
		}
	}
	expect(photos).toBeGreaterThan(50);
	expect(refusals).toBeGreaterThan(50);
}, 60_000);
