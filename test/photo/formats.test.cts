import { readBmp } from '../../nodes/ZohoCrmPhoto/photo/formats/bmp';
import { hasAllRuns } from '../../nodes/ZohoCrmPhoto/photo/formats/bmpRunLengths';
import { readGif } from '../../nodes/ZohoCrmPhoto/photo/formats/gif';
import { readJpeg } from '../../nodes/ZohoCrmPhoto/photo/formats/jpeg';
import { readPng } from '../../nodes/ZohoCrmPhoto/photo/formats/png';
import { photo } from './corpus.cts';
import {
	bmp,
	chunk,
	EOI,
	frame,
	GIF_TRAILER,
	gifFrame,
	gifScreen,
	jpeg,
	png,
	PNG_SIGNATURE,
	pngHeader,
	scan,
	segment,
	SOI,
} from './pieces.cts';

const complete = (width: number, height: number) => ({ state: 'complete', width, height });
const unreadable = (reason: string) => ({ state: 'unreadable', reason });

describe('PNG', () => {
	const cutOff = { state: 'cutOff', missing: 'its closing IEND chunk' };
	const IHDR = chunk('IHDR', pngHeader(300, 200));
	const IDAT = chunk('IDAT', Buffer.alloc(20, 1));
	const IEND = chunk('IEND');

	it('is complete with its IEND chunk, whatever follows it', () => {
		const whole = png(IHDR, chunk('tEXt', Buffer.alloc(70_000)), IDAT, IDAT, IEND);
		expect(readPng(whole)).toEqual(complete(300, 200));
		expect(readPng(Buffer.concat([whole, Buffer.from('appended')]))).toEqual(complete(300, 200));
		expect(readPng(Buffer.concat([whole, IHDR]))).toEqual(complete(300, 200));
	});

	it('is cut off at every length below its own, down to the checksum of its last chunk, which holds nothing', () => {
		const whole = png(IHDR, IDAT, IEND);
		for (let length = 4; length < whole.length - 4; length += 1) {
			const found = readPng(whole.subarray(0, length));
			expect(found).toMatchObject(cutOff);
			// With data, only decoding tells.
			expect('perhaps' in found).toBe(length >= 41);
		}
		for (const missing of [4, 1]) expect(readPng(whole.subarray(0, -missing))).toEqual(complete(300, 200));
	});

	it('is not ended by an IEND within another chunk', () => {
		expect(readPng(png(IHDR, chunk('tEXt', IEND), IDAT))).toMatchObject(cutOff);
	});

	it('is cut off, not read beyond the file, by a chunk that claims more than there is', () => {
		const huge = chunk('IDAT');
		huge.writeUInt32BE(0x7fffffff, 0);
		expect(readPng(png(IHDR, huge, IEND))).toMatchObject(cutOff);
	});

	it('takes no chunk longer than the format allows, or with a type that is not four letters', () => {
		const tooLong = chunk('IDAT');
		tooLong.writeUInt32BE(0x80000000, 0);
		expect(readPng(png(IHDR, tooLong))).toEqual(unreadable('what stands at byte 33 is not a chunk'));
		for (const type of ['AZaz', 'zzzz']) expect(readPng(png(IHDR, chunk(type), IDAT, IEND)).state).toBe('complete');
		for (const type of ['ID T', 'IDA1', '\x11DAT', 'IDA\0', 'I@AT', 'I[AT', 'I`AT', 'I{AT', '\xc9DAT']) {
			expect(readPng(png(IHDR, chunk(type)))).toEqual(unreadable('what stands at byte 33 is not a chunk'));
		}
		// What may be passed over may have any name, as far as it is a chunk at all.
		for (const type of ['s\x01IT', '1DAT', 'i[AT', '\xe9DAT']) {
			expect(readPng(png(IHDR, chunk(type), IDAT, IEND))).toEqual(complete(300, 200));
			expect(readPng(png(IHDR, chunk(type, Buffer.alloc(9)).subarray(0, -1)))).toEqual(
				unreadable('what stands at byte 33 is not a chunk'),
			);
		}
	});

	it('needs its header first, of the right length', () => {
		const reason = unreadable('its first chunk is not an image header');
		expect(readPng(png(IDAT, IEND))).toEqual(reason);
		expect(readPng(png(chunk('IHDR', Buffer.alloc(12))))).toEqual(reason);
		expect(readPng(png(chunk('IHDR', Buffer.alloc(14))))).toEqual(reason);
	});

	it('needs picture data, and a palette where the pixels are numbers in one', () => {
		const indexed = chunk('IHDR', pngHeader(300, 200, 4, 3));
		expect(readPng(png(IHDR, IEND))).toEqual(unreadable('it holds no picture data'));
		expect(readPng(png(indexed, IDAT, IEND))).toEqual(unreadable('its palette is missing'));
		expect(readPng(png(indexed, chunk('PLTE', Buffer.alloc(6)), IDAT, IEND))).toEqual(complete(300, 200));
	});

	it('has one of the bit depths of its color type', () => {
		const allowed: Record<number, number[]> = {
			0: [1, 2, 4, 8, 16],
			2: [8, 16],
			3: [1, 2, 4, 8],
			4: [8, 16],
			6: [8, 16],
		};
		for (let color = 0; color <= 7; color += 1) {
			for (const depth of [0, 1, 2, 3, 4, 8, 16, 32]) {
				const header = chunk('IHDR', pngHeader(300, 200, depth, color));
				const isAllowed = allowed[color]?.includes(depth) ?? false;
				expect(readPng(png(header, chunk('PLTE'), IDAT, IEND))).toEqual(
					isAllowed ? complete(300, 200) : unreadable(`there is no color type ${color} with ${depth} bits`),
				);
			}
		}
	});

	it('has rows and columns', () => {
		const sized = (width: number, height: number) => png(chunk('IHDR', pngHeader(width, height)), IDAT, IEND);
		expect(readPng(sized(0, 5))).toEqual(unreadable('it says that the picture is 0 x 5 pixels'));
		expect(readPng(sized(5, 0))).toEqual(unreadable('it says that the picture is 5 x 0 pixels'));
		expect(readPng(sized(1, 1))).toEqual(complete(1, 1));
	});

	it('says when its line ends were changed on the way', () => {
		const unix = Buffer.concat([Buffer.from('\x89PNG\n\x1a\n', 'latin1'), IHDR, IDAT, IEND]);
		expect(readPng(unix)).toEqual(unreadable('its first bytes were changed, as a transfer in text mode does'));
		expect(readPng(PNG_SIGNATURE)).toMatchObject(cutOff);
	});

	it('names the variant of iOS apps', () => {
		expect(readPng(png(chunk('CgBI', Buffer.alloc(4)), IHDR, IDAT, IEND))).toEqual({
			state: 'unsupported',
			name: 'PNG of an iOS app (CgBI)',
		});
	});
});

describe('JPEG', () => {
	const cutOff = { state: 'cutOff', missing: 'the end marker after its picture data' };
	const SOF = frame(0xc0, 300, 200);
	const SCAN = scan(1, 2, 3);

	it('is complete with an end marker after a scan, whatever follows it', () => {
		const whole = jpeg(SOF, SCAN, EOI);
		expect(readJpeg(whole)).toEqual(complete(300, 200));
		for (const usual of [whole, Buffer.alloc(9), Buffer.from('\r\n '), Buffer.alloc(9, 0xff)]) {
			expect(readJpeg(Buffer.concat([whole, usual]))).toEqual(complete(300, 200));
		}
	});

	it('is complete but doubtful where its end marker may be one by chance', () => {
		const doubtful = { ...complete(300, 200), isDoubtful: true };
		for (const whole of [
			jpeg(SOF, SCAN, EOI, Buffer.from('ftypmp42')),
			jpeg(SOF, SCAN, segment(0xe1, Buffer.from('Exif')), EOI),
			jpeg(SOF, SCAN, segment(0xc4), Buffer.of(1), EOI),
			jpeg(SOF, scan(1, 0xff, 0x02, 1), EOI),
			jpeg(SOF, scan(...Buffer.alloc(256)), EOI),
			jpeg(SOF, scan(...Buffer.alloc(20, 0xff)), EOI),
		]) {
			expect(readJpeg(whole)).toEqual(doubtful);
		}
		expect(readJpeg(jpeg(SOF, scan(...Buffer.alloc(255)), EOI))).toEqual(complete(300, 200));
	});

	it('is perhaps whole where its end marker is missing, whatever stands there instead', () => {
		for (const rest of [Buffer.alloc(0), Buffer.from([0xff, 0xf7, 0, 2]), SOF, Buffer.from([0xff, 0xc4, 0xff, 0xff])]) {
			expect(readJpeg(jpeg(SOF, SCAN, rest))).toEqual({ ...cutOff, perhaps: { width: 300, height: 200 } });
		}
		expect(readJpeg(jpeg(SOF))).toEqual(cutOff);
		expect(readJpeg(jpeg(frame(0xc0, 300, 0), SCAN))).toEqual(cutOff);
	});

	it('is cut off at every length below its own', () => {
		const whole = jpeg(segment(0xe0, Buffer.from('JFIF\0')), SOF, segment(0xc4), SCAN, SCAN, EOI);
		for (let length = 2; length < whole.length; length += 1) {
			expect(readJpeg(whole.subarray(0, length))).toMatchObject(cutOff);
		}
	});

	it('is not ended by the end of a thumbnail in its metadata', () => {
		const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), photo('baseline.jpg')]));
		expect(readJpeg(jpeg(exif, SOF, SCAN))).toMatchObject(cutOff);
		expect(readJpeg(jpeg(exif, SOF, SCAN, EOI))).toEqual(complete(300, 200));
	});

	it('has its frame header found behind any amount of metadata', () => {
		const metadata = Array.from({ length: 12 }, () => segment(0xe2, Buffer.alloc(65_533, 0xff)));
		expect(readJpeg(jpeg(...metadata, SOF, SCAN, EOI))).toEqual(complete(300, 200));
	});

	it.each([0xc0, 0xc1, 0xc2, 0xc9, 0xca])(
		'reads the frame header of each coding that browsers or Java show, here %i',
		(marker) => {
			expect(readJpeg(jpeg(frame(marker, 640, 480), SCAN, EOI))).toEqual(complete(640, 480));
		},
	);

	it.each<[string, number[]]>([
		['lossless', [0xc3, 0xcb]],
		['hierarchical', [0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf]],
	])('names the codings that nothing shows: %s', (name, markers) => {
		for (const marker of markers) {
			const expected = { state: 'unsupported', name: `JPEG (${name})` };
			expect(readJpeg(jpeg(frame(marker, 640, 480), SCAN, EOI))).toEqual(expected);
		}
	});

	it('has samples of 8 bits', () => {
		const withBits = (bits: number) => {
			const other = frame(0xc1, 640, 480);
			other.writeUInt8(bits, 4);
			return readJpeg(jpeg(other, SCAN, EOI));
		};
		expect(withBits(12)).toEqual({ state: 'unsupported', name: 'JPEG (12 bits a sample)' });
		expect(withBits(159)).toEqual(unreadable('there is no JPEG with 159 bits a sample'));
	});

	it.each([0xc4, 0xc8, 0xcc, 0xd0 + 0x0b, 0xdd, 0xde, 0xe0, 0xef, 0xf0, 0xfe])(
		'reads no frame from the other markers, here %i',
		(marker) => {
			const other = frame(marker, 1, 1);
			expect(readJpeg(jpeg(other, SOF, SCAN, EOI))).toEqual(complete(300, 200));
			expect(readJpeg(jpeg(other, SCAN, EOI))).toEqual(unreadable('its picture data comes before its frame header'));
		},
	);

	it('keeps to its first frame header', () => {
		expect(readJpeg(jpeg(SOF, frame(0xc0, 1, 1), SCAN, EOI))).toEqual(complete(300, 200));
	});

	it('passes over stuffed zeros, restart markers, fill bytes and reserved codes in the coded data', () => {
		for (const code of [0x00, 0x01, 0x02, 0xbf, 0xd0, 0xd7]) {
			expect(readJpeg(jpeg(SOF, scan(1, 0xff, code, 2), EOI))).toMatchObject(complete(300, 200));
			expect(readJpeg(jpeg(SOF, scan(1, 0xff, code, 2)))).toMatchObject(cutOff);
			expect(readJpeg(jpeg(SOF, scan(0xff, code), EOI))).toMatchObject(complete(300, 200));
		}
		expect(readJpeg(jpeg(SOF, scan(1, 0xff, 0xff, 0xff), EOI))).toEqual(complete(300, 200));
		expect(readJpeg(jpeg(SOF, scan(1, 0xff)))).toMatchObject(cutOff);
	});

	it('finds its end at any distance', () => {
		for (let distance = 0; distance < 60; distance += 1) {
			const data = Array.from({ length: distance }, () => 1);
			expect(readJpeg(jpeg(SOF, scan(...data), EOI))).toEqual(complete(300, 200));
			expect(readJpeg(jpeg(SOF, scan(...data, 0xff, 0, ...data), EOI, scan(...data)))).toMatchObject(
				complete(300, 200),
			);
			expect(readJpeg(jpeg(SOF, scan(...data, 0xff, 0, ...data)))).toMatchObject(cutOff);
		}
	});

	it('does not take a marker that a stuffed FF begins for the end', () => {
		expect(readJpeg(jpeg(SOF, scan(0xff, 0x00, 0xd9)))).toMatchObject(cutOff);
	});

	it('takes fill bytes before a marker, and stray bytes between segments', () => {
		const fill = Buffer.alloc(9, 0xff);
		expect(readJpeg(jpeg(fill, SOF, fill, SCAN, fill, EOI))).toEqual(complete(300, 200));
		expect(readJpeg(jpeg(Buffer.alloc(4), SOF, Buffer.from([7, 0xff, 0, 0xff, 0xd3]), SCAN, EOI))).toEqual(
			complete(300, 200),
		);
	});

	it('has picture data between its markers', () => {
		expect(readJpeg(jpeg(EOI))).toEqual(unreadable('it holds no picture data'));
		expect(readJpeg(jpeg(SOF, EOI))).toEqual(unreadable('it holds no picture data'));
	});

	it('holds no second start before its end', () => {
		const reason = unreadable('a second picture begins before the first one ends');
		expect(readJpeg(jpeg(SOF, SCAN, SOI, SOF, SCAN, EOI))).toEqual({ ...reason, perhaps: { width: 300, height: 200 } });
		expect(readJpeg(jpeg(SOI))).toEqual(reason);
	});

	it('may have a segment shorter than its own length field, which is read as an empty one', () => {
		for (const length of [0, 1, 2]) {
			expect(readJpeg(jpeg(Buffer.from([0xff, 0xe0, 0, length]), SOF, SCAN, EOI))).toEqual(complete(300, 200));
		}
		expect(readJpeg(jpeg(Buffer.from([0xff, 0xc0, 0, 1, 9, 9]), SOF))).toEqual(
			unreadable('its frame header is too short'),
		);
	});

	it('is no larger than decoders take, and a height that a scanner left open is told as that', () => {
		expect(readJpeg(jpeg(frame(0xc0, 300, 65_500), SCAN, EOI))).toEqual(complete(300, 65_500));
		expect(readJpeg(jpeg(frame(0xc0, 65_501, 200), SCAN, EOI))).toEqual(
			unreadable('it says that the picture is 65501 x 200 pixels'),
		);
		expect(readJpeg(jpeg(frame(0xc0, 1700, 65_535), SCAN, EOI))).toEqual(
			unreadable('its height is given as 65,535, which a scanner writes until it knows the real one'),
		);
	});

	it('has a frame header long enough for one component', () => {
		expect(readJpeg(jpeg(segment(0xc0, Buffer.alloc(8)), SCAN, EOI))).toEqual(
			unreadable('its frame header is too short'),
		);
	});

	it('has its height in the frame header, as decoders do not look for it behind the first scan', () => {
		const later = segment(0xdc, Buffer.from([0, 99]));
		expect(readJpeg(jpeg(frame(0xc0, 300, 0), SCAN, later, EOI))).toEqual(
			unreadable('it says that the picture is 300 x 0 pixels'),
		);
		expect(readJpeg(jpeg(SOF, SCAN, later, EOI))).toEqual(complete(300, 200));
		expect(readJpeg(jpeg(later, SOF, SCAN, EOI))).toEqual(complete(300, 200));
	});

	it('names JPEG-LS, which begins in the same way', () => {
		expect(readJpeg(jpeg(frame(0xf7, 300, 200), SCAN, EOI))).toEqual({ state: 'unsupported', name: 'JPEG-LS' });
		expect(readJpeg(jpeg(SOF, frame(0xf7, 300, 200), SCAN, EOI))).toEqual(complete(300, 200));
	});
});

describe('GIF', () => {
	const cutOff = { state: 'cutOff', missing: 'the rest of its first picture' };
	const SCREEN = gifScreen(300, 200);
	const FRAME = gifFrame(0, Buffer.alloc(0), Buffer.from([1, 2, 3]));

	it('is complete with its first picture, whatever follows it', () => {
		const whole = Buffer.concat([SCREEN, FRAME, GIF_TRAILER]);
		expect(readGif(whole)).toEqual(complete(300, 200));
		expect(readGif(Buffer.concat([SCREEN, FRAME]))).toEqual(complete(300, 200));
		expect(readGif(Buffer.concat([SCREEN, FRAME, Buffer.of(0)]))).toEqual(complete(300, 200));
		expect(readGif(Buffer.concat([SCREEN, FRAME, FRAME.subarray(0, -1)]))).toEqual(complete(300, 200));
		expect(readGif(Buffer.concat([whole, Buffer.from('appended')]))).toEqual(complete(300, 200));
	});

	it('is cut off at every length below that of its first picture', () => {
		const table = Buffer.alloc(12, 0x3b);
		const comment = Buffer.from([0x21, 0xfe, 3, 0x3b, 0x3b, 0x3b, 0]);
		const frames = [gifFrame(0x81, table, Buffer.alloc(255, 0x3b), Buffer.from([0x3b])), FRAME];
		const whole = Buffer.concat([gifScreen(300, 200, 0x81), table, comment, ...frames, GIF_TRAILER]);
		expect(readGif(whole)).toEqual(complete(300, 200));
		const end = whole.length - FRAME.length - 1;
		for (let length = 6; length < end; length += 1) {
			const found = readGif(whole.subarray(0, length));
			expect(found).toMatchObject(cutOff);
			// With data, only decoding tells.
			expect('perhaps' in found).toBe(length > end - 1 - 256 - 2);
		}
		for (let length = end; length < whole.length; length += 1) {
			expect(readGif(whole.subarray(0, length))).toEqual(complete(300, 200));
		}
	});

	it.each([0, 1, 2, 3, 4, 5, 6, 7])('skips color tables by their size, here 2 to the power of %i + 1', (size) => {
		const table = Buffer.alloc(3 * 2 ** (size + 1), 0x3b);
		const whole = Buffer.concat([
			gifScreen(9, 8, 0x80 + size),
			table,
			gifFrame(0x80 + size, table, Buffer.alloc(2)),
			GIF_TRAILER,
		]);
		expect(readGif(whole)).toEqual(complete(9, 8));
		expect(readGif(whole.subarray(0, -2))).toMatchObject(cutOff);
	});

	it('has no color table without the flag, whatever the size bits say', () => {
		const frameWithout = gifFrame(0x07, Buffer.alloc(0), Buffer.from([1]));
		expect(readGif(Buffer.concat([gifScreen(9, 8, 0x77), frameWithout, GIF_TRAILER]))).toEqual(complete(9, 8));
	});

	it('passes over stray bytes between blocks', () => {
		expect(readGif(Buffer.concat([SCREEN, Buffer.from([0, 0, 9]), FRAME, Buffer.from([0]), GIF_TRAILER]))).toEqual(
			complete(300, 200),
		);
	});

	it('holds a picture', () => {
		const comment = Buffer.from([0x21, 0xfe, 1, 65, 0]);
		expect(readGif(Buffer.concat([SCREEN, comment, GIF_TRAILER]))).toEqual(unreadable('it holds no picture data'));
	});

	it('has rows and columns', () => {
		const sized = (width: number, height: number) => Buffer.concat([gifScreen(width, height), FRAME, GIF_TRAILER]);
		const none = Buffer.from(FRAME);
		none.writeUInt16LE(0, 5);
		const empty = Buffer.concat([gifScreen(0, 7), none, GIF_TRAILER]);
		expect(readGif(empty)).toEqual(unreadable('it says that the picture is 0 x 7 pixels'));
		expect(readGif(sized(65_535, 1))).toEqual(complete(65_535, 1));
		// A screen smaller than the first picture: decoders enlarge it.
		const large = Buffer.from(FRAME);
		for (const [place, value] of [2, 3, 170, 90].entries()) large.writeUInt16LE(value, 1 + 2 * place);
		expect(readGif(Buffer.concat([gifScreen(1, 1), large, FRAME, GIF_TRAILER]))).toEqual(complete(172, 93));
	});
});

describe('BMP', () => {
	const cutOffRows = { state: 'cutOff', missing: 'the last of its rows' };
	const cutOffHeader = { state: 'cutOff', missing: 'the rest of its header' };

	it.each([
		[1, 33, 8],
		[2, 17, 8],
		[4, 9, 8],
		[8, 5, 8],
		[16, 3, 8],
		[24, 3, 12],
		[32, 3, 12],
	])('with %i bits per pixel and %i columns has rows of %i bytes', (bitsPerPixel, width, rowLength) => {
		const fields = { bitsPerPixel, width, height: 5 };
		expect(readBmp(bmp(fields, Buffer.alloc(5 * rowLength)))).toEqual(complete(width, 5));
		// What fills the last row up is no pixel.
		const pixels = 4 * rowLength + Math.ceil((width * bitsPerPixel) / 8);
		expect(readBmp(bmp(fields, Buffer.alloc(pixels)))).toEqual(complete(width, 5));
		expect(readBmp(bmp(fields, Buffer.alloc(pixels - 1)))).toEqual(cutOffRows);
	});

	it.each([16, 24, 40, 42, 46, 52, 56, 64, 108, 124])('has a header of %i bytes', (headerLength) => {
		const whole = bmp({ headerLength }, Buffer.alloc(24));
		expect(readBmp(whole)).toEqual(complete(4, 2));
		expect(readBmp(whole.subarray(0, -1))).toEqual(cutOffRows);
		expect(readBmp(whole.subarray(0, 14 + headerLength))).toEqual(cutOffRows);
		expect(readBmp(whole.subarray(0, 13 + headerLength))).toEqual(cutOffHeader);
	});

	it('has a header of 12 bytes with 16-bit sizes', () => {
		const header = Buffer.alloc(26);
		header.write('BM', 'latin1');
		header.writeUInt32LE(26, 10);
		header.writeUInt32LE(12, 14);
		header.writeUInt16LE(4, 18);
		header.writeUInt16LE(2, 20);
		header.writeUInt16LE(1, 22);
		header.writeUInt16LE(24, 24);
		const whole = Buffer.concat([header, Buffer.alloc(24)]);
		expect(readBmp(whole)).toEqual(complete(4, 2));
		expect(readBmp(whole.subarray(0, -1))).toEqual(cutOffRows);
		expect(readBmp(whole.subarray(0, 25))).toEqual(cutOffHeader);
	});

	it('has none of the other header lengths', () => {
		for (const headerLength of [0, 11, 13, 15, 17, 41, 66, 104, 112, 125, 70_000]) {
			const bytes = bmp({}, Buffer.alloc(24));
			bytes.writeUInt32LE(headerLength, 14);
			expect(readBmp(bytes)).toEqual(unreadable(`there is no BMP header of ${headerLength} bytes`));
		}
		expect(readBmp(bmp({}, Buffer.alloc(0)).subarray(0, 17))).toEqual(cutOffHeader);
		expect(readBmp(bmp({}, Buffer.alloc(0)).subarray(0, 18))).toEqual(cutOffHeader);
	});

	it('names the codings that nothing shows', () => {
		const unsupported = (name: string) => ({ state: 'unsupported', name });
		const fax = { headerLength: 64, compression: 3, bitsPerPixel: 1, imageSize: 9 };
		expect(readBmp(bmp(fax, Buffer.alloc(9)))).toEqual(unsupported('BMP (fax codes of OS/2)'));
		expect(readBmp(bmp({ bitsPerPixel: 64 }, Buffer.alloc(64)))).toEqual(unsupported('BMP (64 bits a pixel)'));
	});

	it('may store its rows from the top, but has no negative width', () => {
		expect(readBmp(bmp({ height: -2 }, Buffer.alloc(24)))).toEqual(complete(4, 2));
		expect(readBmp(bmp({ height: -2 }, Buffer.alloc(23)))).toEqual(cutOffRows);
		expect(readBmp(bmp({ width: -4 }, Buffer.alloc(24)))).toEqual(unreadable('its width is -4'));
	});

	it('is measured from where its pixels begin, and never from within its header', () => {
		expect(readBmp(bmp({ pixelOffset: 60 }, Buffer.alloc(30)))).toEqual(complete(4, 2));
		expect(readBmp(bmp({ pixelOffset: 60 }, Buffer.alloc(29)))).toEqual(cutOffRows);
		expect(readBmp(bmp({ pixelOffset: 0 }, Buffer.alloc(24)))).toEqual(complete(4, 2));
		expect(readBmp(bmp({ pixelOffset: 0 }, Buffer.alloc(23)))).toEqual(cutOffRows);
	});

	it('is not measured by the file size in its header', () => {
		const bytes = bmp({}, Buffer.alloc(24));
		for (const size of [0, 1, 0xffffffff]) {
			bytes.writeUInt32LE(size, 2);
			expect(readBmp(bytes)).toEqual(complete(4, 2));
		}
	});

	it.each([3, 6])('counts rows with color masks (compression %i)', (compression) => {
		expect(readBmp(bmp({ compression, bitsPerPixel: 32 }, Buffer.alloc(32)))).toEqual(complete(4, 2));
		expect(readBmp(bmp({ compression, bitsPerPixel: 32, imageSize: 1 }, Buffer.alloc(31)))).toEqual(cutOffRows);
	});

	it('has a number of bits per pixel that exists', () => {
		for (const bitsPerPixel of [0, 3, 5, 15, 48, 128]) {
			expect(readBmp(bmp({ bitsPerPixel }, Buffer.alloc(999)))).toEqual(
				unreadable(`there is no BMP with ${bitsPerPixel} bits per pixel`),
			);
		}
	});

	it('has rows and columns', () => {
		expect(readBmp(bmp({ width: 0 }, Buffer.alloc(24)))).toEqual(
			unreadable('it says that the picture is 0 x 2 pixels'),
		);
		expect(readBmp(bmp({ height: 0 }, Buffer.alloc(24)))).toEqual(
			unreadable('it says that the picture is 4 x 0 pixels'),
		);
	});

	it.each([1, 2])(
		'with run lengths (compression %i) is complete with their end, or by its stored size',
		(compression) => {
			const fields = { compression, bitsPerPixel: compression === 1 ? 8 : 4 };
			expect(readBmp(bmp(fields, Buffer.from([4, 9, 0, 0, 4, 9, 0, 1])))).toEqual(complete(4, 2));
			expect(readBmp(bmp(fields, Buffer.from([4, 9, 0, 0, 4, 9])))).toEqual(complete(4, 2));
			expect(readBmp(bmp(fields, Buffer.from([4, 9, 0, 0, 3, 9, 0, 0])))).toEqual(complete(4, 2));
			expect(readBmp(bmp({ ...fields, imageSize: 8 }, Buffer.from([4, 9, 0, 0, 3, 9, 0])))).toEqual(cutOffRows);
			expect(readBmp(bmp(fields, Buffer.from([4, 9, 0, 0, 3, 9])))).toEqual(cutOffRows);
			expect(readBmp(bmp({ ...fields, imageSize: 6 }, Buffer.from([4, 9, 0, 0, 3, 9])))).toEqual(complete(4, 2));
			expect(readBmp(bmp({ ...fields, imageSize: 7 }, Buffer.from([4, 9, 0, 0, 3, 9])))).toEqual(cutOffRows);
		},
	);

	it('that holds a JPEG or PNG, or an OS/2 coding, is measured by its stored size', () => {
		for (const [compression, headerLength] of [
			[4, 40],
			[5, 40],
			[4, 64],
		] as const) {
			const fields = { compression, headerLength, bitsPerPixel: 0, imageSize: 50 };
			expect(readBmp(bmp(fields, Buffer.alloc(50)))).toEqual(complete(4, 2));
			expect(readBmp(bmp(fields, Buffer.alloc(49)))).toEqual(cutOffRows);
			expect(readBmp(bmp({ ...fields, imageSize: 0 }, Buffer.alloc(50)))).toEqual(cutOffRows);
		}
	});

	it('follows literal runs, deltas and line ends to the end of the bitmap', () => {
		const end = [0, 1];
		const ends = (isRle4: boolean, ...bytes: number[]) =>
			hasAllRuns(Buffer.from(bytes), { width: 99, height: 99, pixelOffset: 0 }, isRle4);
		expect(ends(false, ...end)).toBe(true);
		expect(ends(false, 9, 9, 0, 0, ...end)).toBe(true);
		expect(ends(false, 0, 2, 0, 1, 5, 5)).toBe(false);
		expect(ends(false, 0, 2, 7, 7, ...end)).toBe(true);
		expect(ends(false, 0, 3, 0, 1, 0, 1, ...end)).toBe(true);
		expect(ends(false, 0, 3, 0, 1, 0, 1)).toBe(false);
		expect(ends(false, 0, 4, 0, 1, 0, 1, ...end)).toBe(true);
		expect(ends(true, 0, 3, 0, 1, ...end)).toBe(true);
		expect(ends(true, 0, 3, 0, 1)).toBe(false);
		expect(ends(true, 0, 4, 0, 1)).toBe(false);
		expect(ends(true, 0, 5, 0, 1, 0, 1)).toBe(false);
		expect(ends(true, 0, 5, 0, 1, 0, 1, ...end)).toBe(true);
		expect(ends(false, 1, 0, 1)).toBe(false);
		expect(hasAllRuns(Buffer.from([0, 1, 9, 9, 9]), { width: 99, height: 99, pixelOffset: 1 }, false)).toBe(false);
		expect(hasAllRuns(Buffer.from([9, 0, 1]), { width: 99, height: 99, pixelOffset: 1 }, false)).toBe(true);
	});
});
