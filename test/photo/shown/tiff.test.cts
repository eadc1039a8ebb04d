import { openJpeg } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/open';
import { openTiff } from '../../../nodes/ZohoCrmPhoto/photo/decode/tiff/open';
import { fixture, samplesOf } from '../decode/samples.cts';

const [STRIP_OFFSETS, STRIP_COUNTS, TILE_OFFSETS, TILE_COUNTS] = [273, 279, 324, 325];

/** Where the entry of a tag begins in the first directory of a TIFF whose numbers begin with their lowest byte. */
function entryOf(file: Buffer, tag: number): number {
	const directory = file.readUInt32LE(4);
	for (let i = 0; i < file.readUInt16LE(directory); i += 1) {
		const at = directory + 2 + 12 * i;
		if (file.readUInt16LE(at) === tag) return at;
	}
	throw new Error(`There is no tag ${tag}`);
}

/** A file whose tags have other numbers. */
function renamed(file: Buffer, names: ReadonlyArray<readonly [from: number, to: number]>): Buffer {
	const changed = Buffer.from(file);
	for (const [from, to] of names) changed.writeUInt16LE(to, entryOf(file, from));
	return changed;
}

/** A file of one strip that says that the strip has so many bytes. */
function withCount(file: Buffer, count: number): Buffer {
	const changed = Buffer.from(file);
	const at = entryOf(file, STRIP_COUNTS);
	expect(changed.readUInt32LE(at + 4)).toBe(1);
	changed.writeUInt16LE(4, at + 2);
	changed.writeUInt32LE(count, at + 8);
	return changed;
}

/** A file of one strip whose strip is so many bytes shorter than it says. */
function shortened(file: Buffer, missing: number): Buffer {
	const at = entryOf(file, STRIP_COUNTS);
	const count = file.readUInt16LE(at + 2) === 3 ? file.readUInt16LE(at + 8) : file.readUInt32LE(at + 8);
	return withCount(file, count - missing);
}

/** Whether a file is decoded to the same samples as another. */
function isSame(one: Buffer, other: Buffer): boolean {
	try {
		return Buffer.from(samplesOf(openTiff(one, openJpeg))).equals(Buffer.from(samplesOf(openTiff(other, openJpeg))));
	} catch {
		return false;
	}
}

describe('a TIFF that readers show', () => {
	it('may name its tiles as strips, and its strips as tiles', () => {
		const tiled = fixture('tiff', 'tiled.tiff');
		const asStrips = renamed(tiled, [
			[TILE_OFFSETS, STRIP_OFFSETS],
			[TILE_COUNTS, STRIP_COUNTS],
		]);
		expect(isSame(asStrips, tiled)).toBe(true);
		const strips = fixture('tiff', 'rows-7.tiff');
		const asTiles = renamed(strips, [
			[STRIP_OFFSETS, TILE_OFFSETS],
			[STRIP_COUNTS, TILE_COUNTS],
		]);
		expect(isSame(asTiles, strips)).toBe(true);
	});

	it('may say the length of its only strip wrong where nothing is compressed', () => {
		const file = fixture('tiff', 'rgb-None.tiff');
		for (const count of [0, 10, 35_711_440]) expect(isSame(withCount(file, count), file)).toBe(true);
		const late = withCount(file, 35_711_440);
		late.writeUInt32LE(file.length - 9000, entryOf(file, STRIP_OFFSETS) + 8);
		expect(() => samplesOf(openTiff(late, openJpeg))).toThrow('its picture data ends early');
	});

	it('may leave the end code of LZW out', () => {
		const file = fixture('tiff', 'rgb-LZW.tiff');
		expect(isSame(shortened(file, 1), file)).toBe(true);
		expect(() => samplesOf(openTiff(shortened(file, 9), openJpeg))).toThrow('its picture data ends early');
	});
});
