import { bmp, chunk, frame, gifFrame, gifScreen, jpeg, png, pngHeader, scan } from './pieces.cts';

const LENGTH = 10 * 1024 * 1024;

/** The start, then the pattern over and over to 10 MiB. */
function repeated(start: Buffer, pattern: Buffer): Buffer {
	return Buffer.concat([start, Buffer.alloc(LENGTH - start.length, pattern)]);
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');

const FRAME = frame(0xc0, 100, 100);
const SCREEN = gifScreen(9, 9);
const IHDR = chunk('IHDR', pngHeader(9, 9));

/** Files of 10 MiB made to cost a check as much as can be: name and bytes. */
export const HOSTILE: ReadonlyArray<[name: string, make: () => Buffer]> = [
	['JPEG of FF only', () => repeated(jpeg(), Buffer.from([0xff]))],
	['JPEG of zeros only', () => repeated(jpeg(), Buffer.from([0]))],
	['JPEG of empty segments', () => repeated(jpeg(), Buffer.from([0xff, 0xfe, 0, 2]))],
	['JPEG of frame headers', () => repeated(jpeg(), FRAME)],
	['JPEG of empty scans', () => repeated(jpeg(FRAME), Buffer.from([0xff, 0xda, 0, 2]))],
	['JPEG of stuffed zeros', () => repeated(jpeg(FRAME, scan()), Buffer.from([0xff, 0]))],
	['JPEG of restart markers', () => repeated(jpeg(FRAME, scan()), Buffer.from([0xff, 0xd0]))],
	['JPEG scan of FF only', () => repeated(jpeg(FRAME, scan()), Buffer.from([0xff]))],
	['JPEG scan of 7F only', () => repeated(jpeg(FRAME, scan()), Buffer.from([0x7f]))],
	['JPEG of lone FF bytes', () => repeated(jpeg(), Buffer.from([0, 0xff, 0]))],
	['JPEG of FF bytes just out of sight', () => repeated(jpeg(FRAME, scan()), Buffer.from([0xff, ...Buffer.alloc(17)]))],
	['PNG of empty chunks', () => repeated(png(IHDR), chunk('tEXt'))],
	['PNG of empty data chunks', () => repeated(png(IHDR), chunk('IDAT'))],
	['GIF of empty extensions', () => repeated(SCREEN, Buffer.from([0x21, 0xfe, 0]))],
	['GIF of empty frames', () => repeated(SCREEN, gifFrame(0, Buffer.alloc(0)))],
	[
		'GIF of one-byte sub-blocks',
		() => repeated(Buffer.concat([SCREEN, Buffer.from([0x21, 0xfe])]), Buffer.from([1, 1])),
	],
	['GIF of stray bytes', () => repeated(SCREEN, Buffer.from([0]))],
	[
		'BMP of run lengths',
		() => repeated(bmp({ compression: 1, bitsPerPixel: 8 }, Buffer.alloc(0)), Buffer.from([1, 1])),
	],
	['BMP of line ends', () => repeated(bmp({ compression: 2, bitsPerPixel: 4 }, Buffer.alloc(0)), Buffer.from([0]))],
	[
		'TIFF with the longest directory',
		() => repeated(latin1('II*\0\x08\0\0\0\xff\xff'), latin1('\x01\x01\x03\0\x01\0\0\0\x01\0\0\0')),
	],
	['WebP without a picture', () => repeated(latin1('RIFF\0\0\0\0WEBPVP8 '), latin1('<svg '))],
	['file-type box of 10 MiB', () => repeated(latin1('\0\xa0\0\0ftypmif1'), latin1('mif1'))],
	['ZIP without parts', () => repeated(latin1('PK\x03\x04'), latin1('word'))],
	['brackets', () => repeated(latin1('<'), latin1('<'))],
	['openings of comments', () => repeated(latin1('<?xml?>'), latin1('<!--'))],
	['empty comments', () => repeated(latin1('<?xml?>'), latin1('<!---->'))],
	['empty declarations', () => repeated(latin1('<?xml?>'), latin1('<!a>'))],
	['declarations with brackets', () => repeated(latin1('<?xml?>'), latin1('<!a[>]>'))],
	['openings of declarations', () => repeated(latin1('<?xml?>'), latin1('<!a['))],
	['openings of titles', () => repeated(latin1('<html>'), latin1('<title '))],
	['titles without an end', () => repeated(latin1('<html>'), latin1('<title>a'))],
	['openings of scripts', () => repeated(latin1('<html>'), latin1('<script '))],
	['quotation marks', () => repeated(latin1('{"'), latin1('"'))],
	['secrets', () => repeated(latin1('{"'), latin1('token'))],
	['white space', () => repeated(latin1(' '), latin1(' '))],
	['one word', () => repeated(latin1('a'), latin1('a'))],
	['ampersands', () => repeated(latin1('a'), latin1('&am'))],
	['bytes that are no UTF-8', () => repeated(latin1('a'), latin1('\xff\xfe'))],
	['UTF-16', () => repeated(latin1('\xfe\xff'), latin1('\0<'))],
	['zeros', () => Buffer.alloc(LENGTH)],
];
