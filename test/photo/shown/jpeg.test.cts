import { fitPhoto } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { inspectPhoto } from '../../../nodes/ZohoCrmPhoto/photo/inspect';
import { decoded, planesOf } from '../fit/decoded.cts';
import { fixture } from '../fit/fixture.cts';
import { changed, written } from '../fit/segments.cts';
import { said } from '../said.cts';

const [SOF0, DHT, SOS, DQT] = [0xc0, 0xc4, 0xda, 0xdb];

/** Bytes of bits, filled up with ones; none of them may be FF. */
function packed(bits: string): Buffer {
	const whole = bits.padEnd(8 * Math.ceil(bits.length / 8), '1');
	return Buffer.from((whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** A grey JPEG of one block, whose level and first other coefficient have so many bits and are the least that have; every step is 1. */
function withLargeValues(levelBits: number, bits: number): Buffer {
	const least = (count: number) => (count === 0 ? '' : '1'.padEnd(count, '0'));
	const counts = (...first: number[]) => [...first, ...Array<number>(16 - first.length).fill(0)];
	return Buffer.concat([
		Buffer.of(0xff, 0xd8),
		written({ marker: DQT, body: Buffer.concat([Buffer.of(0), Buffer.alloc(64, 1)]) }),
		written({ marker: SOF0, body: Buffer.of(8, 0, 8, 0, 8, 1, 1, 0x11, 0) }),
		written({ marker: DHT, body: Buffer.of(0, ...counts(1), levelBits) }),
		written({ marker: DHT, body: Buffer.of(0x10, ...counts(0, 2), bits, 0) }),
		written({ marker: SOS, body: Buffer.of(1, 1, 0, 0, 63, 0) }),
		packed(`0${least(levelBits)}00${least(bits)}01`),
		Buffer.of(0xff, 0xd9),
	]);
}

/** A file whose restart markers have other numbers. */
function recounted(file: Buffer, numberOf: (number: number) => number): Buffer {
	const changed = Buffer.from(file);
	for (let at = file.indexOf(Buffer.of(0xff, SOS)); at + 1 < file.length; at += 1) {
		const number = (file[at + 1] ?? 0) - 0xd0;
		if (file[at] === 0xff && number >= 0 && number < 8) changed[at + 1] = 0xd0 + (numberOf(number) & 7);
	}
	return changed;
}

/** Makes a JPEG fit into a few pixels. */
async function isMadeToFit(file: Buffer): Promise<boolean> {
	return (await fitPhoto('jpeg', file, { maxPixels: 16, maxBytes: 100_000 }, async () => {})).ok;
}

describe('a JPEG that every decoder shows', () => {
	it.each([
		[0, 10],
		[0, 11],
		[0, 15],
		[11, 10],
		[12, 10],
	])('may have a level of %d bits and a coefficient of %d', async (levelBits, bits) => {
		const file = withLargeValues(levelBits, bits);
		expect(await said(file)).toBe('whole');
		expect(await isMadeToFit(file)).toBe(true);
	});

	it('may have a zero in a quantisation table, which takes a coefficient out', async () => {
		const flat = (body: Buffer) => body.fill(0, 2);
		const file = changed(fixture('grey'), DQT, flat);
		expect(await said(file)).toBe('whole');
		expect(await isMadeToFit(file)).toBe(true);
		const { samples } = decoded(file, 'grey');
		expect(new Set(samples.subarray(0, 8)).size).toBe(1);
		expect(new Set(samples).size).toBeGreaterThan(1);
	});

	it('may have a zero for the levels, too', async () => {
		const file = changed(fixture('progressive'), DQT, (body) => body.fill(0, 1, 65));
		expect(await said(file)).toBe('whole');
		expect(await isMadeToFit(file)).toBe(true);
	});

	it.each(['restart-rows', 'progressive-restart'])('may count its restart markers wrong: %s', async (name) => {
		const file = fixture(name);
		for (const away of [3, 4, 5]) {
			expect(await said(recounted(file, (number) => number + away))).toBe('whole');
			expect(planesOf(recounted(file, (number) => number + away)).planes).toEqual(planesOf(file).planes);
		}
		for (const away of [1, 2, 6, 7]) {
			expect(await said(recounted(file, (number) => number + away))).toMatch(/ part of its picture data is missing$/);
		}
	});
});

describe('a large JPEG with restart markers', () => {
	const comment = written({ marker: 0xfe, body: Buffer.alloc(65_533, 'x') });
	const large = (file: Buffer) =>
		Buffer.concat([file.subarray(0, 2), ...Array<Buffer>(8).fill(comment), file.subarray(2)]);

	/** Where the restart markers of a file stand. */
	function restartsIn(file: Buffer): number[] {
		const found: number[] = [];
		for (let at = file.indexOf(Buffer.of(0xff, SOS)); at + 1 < file.length; at += 1) {
			const marker = file[at + 1] ?? 0;
			if (file[at] === 0xff && marker >= 0xd0 && marker <= 0xd7) found.push(at);
		}
		return found;
	}

	it.each(['restart-rows', 'restart-blocks', 'progressive-restart'])(
		'is not doubted where all are there: %s',
		(name) => {
			expect(inspectPhoto(large(fixture(name)))).toEqual({ ok: true, facts: expect.any(Object) });
		},
	);

	it.each(['restart-rows', 'restart-blocks'])(
		'is looked through where one is missing, or eight are: %s',
		async (name) => {
			const file = fixture(name);
			const restarts = restartsIn(file);
			for (const [first, last] of [
				[0, 1],
				[restarts.length - 2, restarts.length - 1],
				[0, 8],
			]) {
				const torn = Buffer.concat([file.subarray(0, restarts[first ?? 0]), file.subarray(restarts[last ?? 0])]);
				expect(inspectPhoto(large(torn))).toMatchObject({ ok: true, isDoubtful: true });
				expect(await said(large(torn))).toMatch(/^The JPEG is damaged: part of its picture data is missing$/);
			}
		},
	);

	it('is looked through where they are counted wrong', async () => {
		const file = recounted(fixture('restart-rows'), (number) => number + 4);
		expect(inspectPhoto(large(file))).toMatchObject({ ok: true, isDoubtful: true });
		expect(await said(large(file))).toBe('whole');
	});
});
