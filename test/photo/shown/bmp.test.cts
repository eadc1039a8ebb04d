import { openBmp } from '../../../nodes/ZohoCrmPhoto/photo/decode/bmp/open';
import { samplesOf } from '../decode/samples.cts';
import { bmp } from '../pieces.cts';

/** A BMP of one row of four pixels with 8 bits each, whose header counts so many colours. */
function withPalette(colours: number, places: number[]): Buffer {
	const palette = Buffer.alloc(4 * colours, 0x64);
	const fields = { bitsPerPixel: 8, height: 1, pixelOffset: 54 + palette.length };
	const file = bmp(fields, Buffer.concat([palette, Buffer.from(places)]));
	file.writeUInt32LE(colours, 46);
	return file;
}

describe('a BMP with a short palette', () => {
	it('has black behind it, and no colours made of its pixels', () => {
		const [grey, black] = [
			[0x64, 0x64, 0x64, 255],
			[0, 0, 0, 255],
		];
		expect([...samplesOf(openBmp(withPalette(2, [0, 1, 2, 3])))]).toEqual([grey, grey, black, black].flat());
	});
});
