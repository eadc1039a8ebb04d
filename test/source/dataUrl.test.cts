import { picturesOwn, withoutDataUrl } from '../../nodes/ZohoCrmPhoto/source/dataUrl';
import { corpusPhoto } from '../engine/photos.cts';

const PHOTOS = ['rgb.png', 'baseline.jpg'].map((name) => ({
	type: name.replace(/.*\.jpg/, 'jpeg').replace(/.*\./, ''),
	bytes: corpusPhoto(name),
}));

describe('withoutDataUrl', () => {
	it.each([
		['data:image/png;base64,AAAA', 'AAAA'],
		['  DATA:image/svg+xml;charset=utf-8;base64,AAAA', 'AAAA'],
		['data:;base64,AAAA', 'AAAA'],
		['AAAA', 'AAAA'],
		['data:text/plain,AAAA', 'data:text/plain,AAAA'],
		['', ''],
	])('of %j is %j', (text, left) => expect(withoutDataUrl(text)).toBe(left));
});

describe('picturesOwn', () => {
	it.each(PHOTOS)('of a $type that is none of a data URL is the same bytes', ({ bytes }) => {
		expect(picturesOwn(bytes)).toBe(bytes);
		expect(picturesOwn(Buffer.alloc(0))).toHaveLength(0);
	});

	it.each(PHOTOS)('undoes a data URL of a $type in text', ({ type, bytes }) => {
		const text = `data:image/${type};base64,${bytes.toString('base64')}`;
		expect(picturesOwn(Buffer.from(text)).equals(bytes)).toBe(true);
	});

	it('undoes a data URL that was decoded with its front, whatever the length of the picture', () => {
		const jpeg = corpusPhoto('baseline.jpg');
		for (const more of [0, 1, 2]) {
			// Bytes behind the end of a JPEG are allowed.
			const photo = Buffer.concat([jpeg, Buffer.alloc(more, 7)]);
			const decoded = Buffer.from(`data:image/jpeg;base64,${photo.toString('base64')}`, 'base64');
			expect(picturesOwn(decoded).equals(photo)).toBe(true);
		}
		for (const more of [0, 1, 2]) {
			const text = chunk(more);
			const png = corpusPhoto('rgb.png');
			const longer = Buffer.concat([png.subarray(0, -12), text, png.subarray(-12)]);
			const decoded = Buffer.from(`data:image/png;base64,${longer.toString('base64')}`, 'base64');
			expect(picturesOwn(decoded).equals(longer)).toBe(true);
		}
	});
});

/** A chunk of a PNG with so many bytes of text, its checksum left out of sight. */
function chunk(bytes: number): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes);
	return Buffer.concat([length, Buffer.from('tEXt'), Buffer.alloc(bytes, 0x61), Buffer.alloc(4)]);
}
