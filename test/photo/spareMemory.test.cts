import { fitPhoto } from '../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { giveBack, memoryFor } from '../../nodes/ZohoCrmPhoto/photo/spareMemory';
import { fixture } from './fit/fixture.cts';
import { fixture as picture } from './decode/samples.cts';

describe('memory that is done with', () => {
	it('serves again, for one at a time', () => {
		const first = new Uint8Array(memoryFor(70_001), 0, 70_001);
		giveBack(first);
		giveBack(first);
		expect(memoryFor(70_000)).toBe(first.buffer);
		expect(memoryFor(70_000)).not.toBe(first.buffer);
	});

	it('serves nobody who needs more, or less than half of it', () => {
		const first = new Uint8Array(memoryFor(90_000), 0, 90_000);
		giveBack(first);
		expect(memoryFor(90_001)).not.toBe(first.buffer);
		expect(memoryFor(44_000)).not.toBe(first.buffer);
		expect(memoryFor(45_000)).toBe(first.buffer);
	});
});

it('leaves nothing of one photo in the next', async () => {
	const fitted = async (kind: 'jpeg' | 'png', file: Buffer, maxPixels: number): Promise<Buffer> => {
		const made = await fitPhoto(kind, file, { maxPixels, maxBytes: 1e6 }, async () => {});
		if (!made.ok) throw new Error(made.refusal.message);
		return made.bytes;
	};
	const photos = [
		async () => await fitted('jpeg', fixture('large'), 1e6),
		async () => await fitted('jpeg', fixture('zone-plate'), 150_000),
		async () => await fitted('png', picture('png', 'grey-alpha-8.png'), 400),
		async () => await fitted('jpeg', fixture('cmyk'), 20_000),
		async () => await fitted('jpeg', fixture('grey'), 20_000),
	];
	const alone: Buffer[] = [];
	for (const photo of photos) alone.push(await photo());
	for (const photo of [...photos, ...[...photos].reverse()]) {
		expect((await photo()).equals(alone[photos.indexOf(photo)] ?? Buffer.alloc(0))).toBe(true);
	}
	const together = await Promise.all(photos.map(async (photo) => await photo()));
	expect(together.map((bytes, place) => bytes.equals(alone[place] ?? Buffer.alloc(0)))).toEqual(photos.map(() => true));
});
