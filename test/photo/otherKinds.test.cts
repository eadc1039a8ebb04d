import { inspectPhoto } from '../../nodes/ZohoCrmPhoto/photo/inspect';
import { OTHER_NAMES, otherFile, photo } from './corpus.cts';

function refusal(bytes: Buffer | string) {
	const inspection = inspectPhoto(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
	if (inspection.ok) throw new Error('accepted');
	return inspection.refusal;
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');

const TAKEN = 'which Zoho CRM does not take (it takes PNG, JPEG, GIF and BMP)';
const CONVERT_BEFORE = 'Convert it to JPEG or PNG before it reaches n8n: the Edit Image node cannot read this kind.';
const EDIT_IMAGE =
	"Put an Edit Image node before this one: Operation 'Resize', Width 3100, Height 3100, Option 'Only if Larger', " +
	"and under Options add Format 'jpeg'.";
const PHONE = ' On an iPhone, set Settings > Camera > Formats to "Most Compatible" to take JPEG photos.';

/** The way out that kinds have which are made to fit. */
const FIT = " Or set this node's option 'If Zoho CRM Would Not Take the Photo' to 'Make It Fit'.";
const MADE_TO_FIT = ['WebP', 'TIFF'];

function editImage(width: number, height: number): string {
	return EDIT_IMAGE.replace('3100', String(width))
		.replace('3100', String(height))
		.replace('Only if Larger', 'Maximum Area');
}

describe('an image of another kind', () => {
	const kinds: Record<string, [name: string, description: string]> = {
		'alpha.webp': ['WebP', editImage(47, 31) + FIT],
		'big.tiff': ['TIFF', editImage(47, 31) + FIT],
		'boxes.jp2': ['JPEG 2000', CONVERT_BEFORE],
		'container.jxl': ['JPEG XL', CONVERT_BEFORE],
		'footer.tga': ['TGA', CONVERT_BEFORE],
		'icon.ico': ['ICO (Windows icon)', CONVERT_BEFORE],
		'layers.psd': ['PSD (Photoshop)', CONVERT_BEFORE],
		'little.tiff': ['TIFF', editImage(47, 31) + FIT],
		'lossless.jls': ['JPEG-LS', CONVERT_BEFORE],
		'lossless.jpg': ['JPEG (lossless)', CONVERT_BEFORE],
		'lossless.webp': ['WebP', editImage(31, 47) + FIT],
		'lossy.webp': ['WebP', editImage(47, 31) + FIT],
		'page.eps': ['EPS', CONVERT_BEFORE],
		'page.pdf': ['PDF', CONVERT_BEFORE],
		'paint.pcx': ['PCX', EDIT_IMAGE],
		'phone.heic': ['HEIC/HEIF', CONVERT_BEFORE + FIT + PHONE],
		'pixels.ppm': ['Netpbm', EDIT_IMAGE],
		'stream.j2k': ['JPEG 2000', CONVERT_BEFORE],
		'stream.jxl': ['JPEG XL', CONVERT_BEFORE],
		'texture.dds': ['DDS', CONVERT_BEFORE],
		'web.avif': ['AVIF', CONVERT_BEFORE],
	};

	it.each(Object.entries(kinds))(
		'%s, made by a real encoder, is named with its way out',
		(file, [name, description]) => {
			expect(refusal(otherFile(file))).toEqual({
				code: 'UNSUPPORTED_FILE_TYPE',
				message: `The file is ${name}, ${TAKEN}`,
				description,
			});
		},
	);

	it('is in the list above or below for every file of the corpus', () => {
		expect(OTHER_NAMES.filter((name) => !(name in kinds)).sort()).toEqual(Object.keys(FILES).sort());
	});

	const raw = (text: string) => Buffer.concat([latin1(text), Buffer.alloc(600)]);

	it.each([
		['CRW (Canon camera raw)', raw('II\x1a\0\0\0HEAPCCDR')],
		['ORF (Olympus camera raw)', raw('IIRO')],
		['ORF (Olympus camera raw)', raw('IIRS')],
		['ORF (Olympus camera raw)', raw('MMOR')],
		['RW2 (Panasonic camera raw)', raw('IIU\0')],
		['RAF (Fujifilm camera raw)', raw('FUJIFILMCCD-RAW')],
		['X3F (Sigma camera raw)', raw('FOVb')],
		['CR3 (Canon camera raw)', raw('\0\0\0\x18ftypcrx \0\0\0\x01crx isom')],
		['JPEG XR', raw('II\xbc')],
		['ICO (Windows icon)', raw('\0\0\x01\0\x01\0\x10\x10\0\0')],
		['CUR (Windows cursor)', raw('\0\0\x02\0\x01\0\x10\x10\0\0')],
		['ICNS (Apple icon)', raw('icns')],
		['EPS', raw('\xc5\xd0\xd3\xc6')],
		['XCF (GIMP)', raw('gimp xcf file\0')],
		['DjVu', raw('AT&TFORM')],
		['OpenEXR', raw('\x76\x2f\x31\x01')],
		['Radiance HDR', raw('#?RADIANCE\n')],
		['QOI', raw('qoif')],
		['BPG', raw('BPG\xfb')],
		['DICOM', raw(`${'\0'.repeat(128)}DICM`)],
		['WMF (Windows metafile)', raw('\xd7\xcd\xc6\x9a')],
		['EMF (Windows metafile)', raw(`\x01\0\0\0${'\0'.repeat(36)} EMF`)],
		['PNG of an iOS app (CgBI)', raw('\x89PNG\r\n\x1a\n\0\0\0\x04CgBI')],
	])('%s is named by its signature', (name, bytes) => {
		expect(refusal(bytes)).toEqual({
			code: 'UNSUPPORTED_FILE_TYPE',
			message: `The file is ${name}, ${TAKEN}`,
			description: CONVERT_BEFORE,
		});
	});

	it.each([
		['MNG', raw('\x8aMNG')],
		['JNG', raw('\x8bJNG')],
		['SGI', raw('\x01\xda\x01\x02')],
		['SGI', raw('\x01\xda\x00\x01')],
		['Netpbm', raw('P1\n# a comment\n#another\n4 5\n')],
		['Netpbm', raw('P7\nWIDTH 4\n')],
		['WebP', raw('RIFF\x10\0\0\0WEBPxxxx<svg width="9" height="9">')],
		['WebP', raw('RIFF\x10\0\0\0WEBPVP8L')],
		['TIFF', latin1('II*\0')],
		['TIFF', latin1('MM\0*\xff\xff\xff\xff')],
		['TIFF', raw('II+\0')],
		['TIFF', raw('MM\0+')],
	])('%s that says no size is sent to Edit Image with one that is safe for all', (name, bytes) => {
		expect(refusal(bytes)).toEqual({
			code: 'UNSUPPORTED_FILE_TYPE',
			message: `The file is ${name}, ${TAKEN}`,
			description:
				(name === 'WebP' && bytes.includes('VP8L') ? editImage(1, 1) : EDIT_IMAGE) +
				(MADE_TO_FIT.includes(name) ? FIT : ''),
		});
	});

	it('that is over the limits is sent to Edit Image with the size to resize to', () => {
		const extended = Buffer.concat([latin1('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0'), Buffer.alloc(40)]);
		extended.writeUIntLE(4031, 24, 3);
		extended.writeUIntLE(3023, 27, 3);
		expect(refusal(extended).description).toBe(editImage(3633, 2724) + FIT);
	});

	describe('HEIC, AVIF and the like are told by their brands', () => {
		const boxed = (brands: string[], size = 8 + brands.length * 4) => {
			const box = Buffer.alloc(300);
			box.writeUInt32BE(size, 0);
			box.write(`ftyp${brands.join('')}`, 4, 'latin1');
			return refusal(box).message;
		};

		it.each(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'mif2', 'msf1', 'miaf'])(
			'%s is HEIC/HEIF',
			(brand) => {
				expect(boxed([brand, '\0\0\0\0', 'mif1'])).toContain('HEIC/HEIF');
			},
		);

		it.each(['avif', 'avis'])('%s is AVIF, also behind a general brand', (brand) => {
			expect(boxed([brand, '\0\0\0\0'])).toContain('is AVIF');
			expect(boxed(['mif1', '\0\0\0\0', 'miaf', brand])).toContain('is AVIF');
			expect(boxed(['heic', '\0\0\0\0', brand])).toContain('HEIC/HEIF');
		});

		it.each(['isom', 'mp42', 'XXXX', 'heif', 'avci', 'MiHE'])(
			'%s is HEIC/HEIF where a further brand says so',
			(brand) => {
				expect(boxed([brand, '\0\0\0\0', 'mif1'])).toContain('HEIC/HEIF');
				expect(boxed([brand, '\0\0\0\0', 'iso2', 'heic'])).toContain('HEIC/HEIF');
			},
		);

		it('has its coding for a version in the short form, which was told as a video', () => {
			expect(boxed(['mif3', 'heic'])).toContain('is HEIF (short form)');
			expect(boxed(['mif3', 'avif'])).toContain('is AVIF');
		});

		it('is a video where no brand says image', () => {
			expect(boxed(['isom', '\0\0\0\0', 'iso2', 'avc1', 'mp41'])).toContain('an MP4 video');
			expect(boxed(['qt  ', '\0\0\0\0'])).toContain('MOV');
		});

		it('reads no brands beyond the box, nor the version as one', () => {
			expect(boxed(['mif1', '\0\0\0\0', 'miaf', 'avif'], 20)).toContain('HEIC/HEIF');
			expect(boxed(['mif1', 'avif', 'miaf'])).toContain('HEIC/HEIF');
			expect(boxed(['mif1', '\0\0\0\0', 'avif'], 0xffffffff)).toContain('is AVIF');
			expect(boxed(['mif1', '\0\0\0\0', 'avif'], 19)).toContain('HEIC/HEIF');
		});
	});

	describe('camera raw that is built like a TIFF is not sent to Edit Image', () => {
		/** A TIFF with one directory of the given tags and values. */
		function tiff(isLittleEndian: boolean, tags: Array<[tag: number, value: number]>): Buffer {
			const bytes = Buffer.alloc(10 + tags.length * 12 + 4);
			const write16 = (value: number, at: number) =>
				isLittleEndian ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
			const write32 = (value: number, at: number) =>
				isLittleEndian ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
			bytes.write(isLittleEndian ? 'II*\0' : 'MM\0*', 'latin1');
			write32(8, 4);
			write16(tags.length, 8);
			tags.forEach(([tag, value], index) => {
				write16(tag, 10 + index * 12);
				write16(4, 12 + index * 12);
				write32(1, 14 + index * 12);
				write32(value, 18 + index * 12);
			});
			return bytes;
		}

		/** The same as a BigTIFF. */
		function bigTiff(isLittleEndian: boolean, tags: Array<[tag: number, value: number]>): Buffer {
			const small = tiff(isLittleEndian, tags);
			const head = Buffer.from(isLittleEndian ? '49492b0008000000' : '4d4d002b00080000', 'hex');
			const wide = (value: number) => {
				const bytes = Buffer.alloc(8);
				if (isLittleEndian) bytes.writeBigUInt64LE(BigInt(value));
				else bytes.writeBigUInt64BE(BigInt(value));
				return bytes;
			};
			const entries = tags.flatMap(([, value], index) => {
				const at = 10 + index * 12;
				const room = Buffer.concat([small.subarray(at + 8, at + 12), Buffer.alloc(4)]);
				return [small.subarray(at, at + 4), wide(1), value === 0 ? Buffer.alloc(8) : room];
			});
			return Buffer.concat([head, wide(16), wide(tags.length), ...entries, wide(0)]);
		}

		it.each([true, false])('little-endian: %s', (isLittleEndian) => {
			const named = (...tags: Array<[number, number]>) => refusal(tiff(isLittleEndian, tags)).message;
			expect(named([256, 5], [50706, 1])).toContain('DNG (camera raw)');
			expect(named([254, 1], [330, 99])).toContain('camera raw (NEF, ARW or alike)');
			expect(named([254, 0], [330, 99])).toContain('is TIFF');
			expect(named([254, 2], [330, 99])).toContain('is TIFF');
			expect(named([254, 1], [331, 99])).toContain('is TIFF');
			expect(refusal(tiff(isLittleEndian, [[50706, 1]])).description).toBe(CONVERT_BEFORE);
		});

		it.each([true, false])('BigTIFF, little-endian: %s', (isLittleEndian) => {
			const named = (...tags: Array<[number, number]>) => refusal(bigTiff(isLittleEndian, tags)).message;
			expect(named([256, 5], [50706, 1])).toContain('DNG (camera raw)');
			expect(named([254, 1], [330, 99])).toContain('camera raw (NEF, ARW or alike)');
			expect(named([254, 0], [330, 99])).toContain('is TIFF');
		});

		it('BigTIFF is not told by what stands where a TIFF of the older form has its directory', () => {
			const file = bigTiff(true, [[256, 5]]);
			// Read as the older form, this is a directory at byte 8 with DNG's tag in it.
			file.writeBigUInt64LE(BigInt(0xc612_0040), 8);
			expect(refusal(file).message).toContain('is TIFF');
		});

		it('CR2 says so in its front, and a picture whose first samples are its letters is none', () => {
			expect(refusal(latin1('II*\0\x10\0\0\0CRCRCRCR')).message).toContain('is TIFF');
			expect(refusal(latin1('II*\0\x10\0\0\0CR\x02\0'))).toEqual({
				code: 'UNSUPPORTED_FILE_TYPE',
				message: `The file is CR2 (Canon camera raw), ${TAKEN}`,
				description: CONVERT_BEFORE,
			});
		});

		it('reads entries as far as there are any', () => {
			const cut = tiff(true, [
				[256, 5],
				[257, 6],
				[50706, 1],
			]);
			expect(refusal(cut.subarray(0, 10 + 36)).message).toContain('DNG');
			expect(refusal(cut.subarray(0, 10 + 35)).message).toContain('is TIFF');
			cut.writeUInt16LE(2, 8);
			expect(refusal(cut).message).toContain('is TIFF');
			expect(refusal(cut).description).toBe(editImage(5, 6) + FIT);
		});
	});
});

const FILES: Record<string, string> = {
	'archive.tar': 'a TAR archive',
	'archive.zip': 'a ZIP archive',
	'clip.avi': 'an AVI video',
	'clip.mov': 'a QuickTime video (MOV)',
	'clip.mp4': 'an MP4 video',
	'clip.webm': 'a Matroska or WebM video',
	'letter.docx': 'a Word document',
	'slides.pptx': 'a PowerPoint presentation',
	'sound.mp3': 'an MP3 sound',
	'sound.wav': 'a WAV sound',
	'table.xlsx': 'an Excel workbook',
	'untagged.mp3': 'an MP3 sound',
	'words.gz': 'a gzip archive',
};

describe('a file that is no image', () => {
	const WRONG_FILE = 'Pass on the binary field that holds the image, or pick another file at the source.';

	it.each(Object.entries(FILES))('%s is %s', (file, name) => {
		expect(refusal(otherFile(file))).toEqual({
			code: 'NOT_AN_IMAGE',
			message: `The file is ${name}, not an image`,
			description: WRONG_FILE,
		});
	});

	const raw = (text: string) => Buffer.concat([latin1(text), Buffer.alloc(60)]);

	it.each([
		['an OpenDocument file', raw(`PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.text`)],
		['an empty ZIP archive', raw('PK\x05\x06')],
		['a bzip2 archive', raw('BZh91AY&SY')],
		['a 7-Zip archive', raw('7z\xbc\xaf\x27\x1c')],
		['an XZ archive', raw('\xfd7zXZ\0')],
		['a RAR archive', raw('Rar!\x1a\x07\x01')],
		['an older Microsoft Office file', raw('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
		['an RTF document', raw('{\\rtf1')],
		['an MPEG video', raw('\0\0\x01\xba')],
		['an MPEG video', raw('\0\0\x01\xb3')],
		['a Flash video', raw('FLV\x01')],
		['a Windows Media file', raw('\x30\x26\xb2\x75\x8e\x66\xcf\x11')],
		['an Ogg sound or video', raw('OggS')],
		['a FLAC sound', raw('fLaC')],
		['an MP3 sound', raw('ID3\x03')],
		['an MP3 sound', raw('ID3\x02')],
		['an MP3 sound', raw('\xff\xfb\x90\x00')],
		['an MP3 sound', raw('\xff\xf3\x90\x00')],
		['an MP3 sound', raw('\xff\xe3\x90\x00')],
		['an M4A sound', raw('\0\0\0\x18ftypM4A ')],
		['an M4A sound', raw('\0\0\0\x18ftypM4B ')],
		['an MP4 video', raw('\0\0\0\x18ftypM4V ')],
		['an MP4 video', raw('\0\0\0\x18ftypisom')],
		['a Windows program', raw('MZ\x90\0')],
		['a Linux program', raw('\x7fELF')],
	])('%s is told by its signature', (name, bytes) => {
		expect(refusal(bytes)).toEqual({
			code: 'NOT_AN_IMAGE',
			message: `The file is ${name}, not an image`,
			description: WRONG_FILE,
		});
	});

	it.each([
		['nothing but zeros', Buffer.alloc(1234)],
		['an MP3 frame with a reserved version', Buffer.concat([latin1('\xff\xeb\x90\x00'), Buffer.alloc(1230)])],
		['an MP3 frame with a reserved bit rate', Buffer.concat([latin1('\xff\xfb\xf0\x00'), Buffer.alloc(1230)])],
		['an MP3 frame with a reserved sampling rate', Buffer.concat([latin1('\xff\xfb\x9c\x00'), Buffer.alloc(1230)])],
		['an MP3 frame of another layer', Buffer.concat([latin1('\xff\xfd\x90\x00'), Buffer.alloc(1230)])],
		['an icon without pictures', Buffer.concat([latin1('\0\0\x01\0\0\0'), Buffer.alloc(1228)])],
		['an icon with a reserved byte', Buffer.concat([latin1('\0\0\x01\0\x01\0\0\0\0\x01'), Buffer.alloc(1224)])],
		['a PCX without its encoding', Buffer.concat([latin1('\x0a\x05\x00\x08'), Buffer.alloc(1230)])],
		['a PCX with 3 bits', Buffer.concat([latin1('\x0a\x05\x01\x03'), Buffer.alloc(1230)])],
		['a PCX with a reserved byte', Buffer.concat([latin1('\x0a\x05\x01\x08'), Buffer.alloc(1230, 1)])],
		['an SGI file with unknown storage', Buffer.concat([latin1('\x01\xda\x02\x01'), Buffer.alloc(1230)])],
		['an SGI file with three bytes to a channel', Buffer.concat([latin1('\x01\xda\x01\x03'), Buffer.alloc(1230)])],
		['ID3 without a version', Buffer.concat([latin1('ID3\x07'), Buffer.alloc(1230)])],
	])('%s is of no known kind', (_, bytes) => {
		expect(refusal(bytes)).toEqual({
			code: 'NOT_AN_IMAGE',
			message: 'The file (1,234 bytes) is not an image of any known kind',
			description: WRONG_FILE,
		});
	});

	it('is of no known kind when it is too short for its kind', () => {
		for (const start of ['\0\0\x01\0\x01\0', '\x0a\x05\x01\x08', '\x01\xda\x01\x01', '\xff', '\0']) {
			expect(refusal(latin1(start)).message).toMatch(/^The file \(\d bytes\) is not an image of any known kind$/);
		}
	});
});

describe('text', () => {
	const message = (text: Buffer | string) => refusal(text).message;

	it('that is a web page gives its title and the usual reason', () => {
		expect(refusal('<!DOCTYPE html><html><head><title>Sign in - Google Accounts</title></head><body>')).toEqual({
			code: 'NOT_AN_IMAGE',
			message: 'The file is a web page ("Sign in - Google Accounts"), not an image',
			description:
				'Most probably the download link gave a page (to sign in, to preview or a notice) instead of the picture: use ' +
				'the direct address of the image, and give the node that downloads it the credential that the site asks for.',
		});
	});

	it.each([
		'\ufeff \r\n<!doctype HTML>\n<TITLE lang="en">\n Not   Found \n</TITLE>',
		'<html><title>Not Found</title>',
		'<!-- cached --><html><head><title>Not Found</title>',
		'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html><title>Not Found</title>',
		'<h1>Not Found</h1>',
		'<center>Not Found</center>',
		'<div class="a"><style>p { color: red }</style><script>var x = 1 > 0;</script><p>Not&nbsp;Found',
	])('is a web page in the form %j', (text) => {
		expect(message(text)).toBe('The file is a web page ("Not Found"), not an image');
	});

	it('is quoted without tags, entities, control and bidi characters, and cut to 60 characters', () => {
		const title = (text: string) => /\("(.*)"\)/.exec(message(`<html><title>${text}</title>`))?.[1];
		expect(title('Tom &amp; Jerry &lt;3 &quot;x&quot; &#39;y&#39; &apos;z&apos; &gt; &copy;')).toBe(
			"Tom & Jerry <3 \"x\" 'y' 'z' > &copy;",
		);
		expect(title('a\u202eb\u0085c\u200bd\ue000e')).toBe('a b c d e');
		expect(title('wort '.repeat(12).trim())).toBe('wort '.repeat(12).trim());
		expect(title(`${'wort '.repeat(12)}x`)).toBe(`${'wort '.repeat(12).trim().slice(0, 59)}…`);
		expect(title(`${'😀 '.repeat(30)}x`)).toBe(`${'😀 '.repeat(29)}😀…`);
		expect(title('a'.repeat(24))).toBe('a'.repeat(24));
		expect(title('a'.repeat(25))).toBe('…');
		expect(message('<html><body></body>')).toBe('The file is a web page, not an image');
	});

	it('that is JSON gives its first words and the usual reason', () => {
		expect(refusal('{"error":{"code":404,"message":"File not found"}}')).toEqual({
			code: 'NOT_AN_IMAGE',
			message: 'The file is JSON ("{"error":{"code":404,"message":"File not found"}}"), not an image',
			description:
				'Most probably an API answered with data instead of the picture: read that answer, then correct the address ' +
				'or the credential in the node that downloads the photo.',
		});
		for (const text of ['{}', '[]', '[{"a":1}]', '["a"]', '[[1]]', '{ "a": 1 }']) {
			expect(message(text)).toMatch(/^The file is JSON /);
		}
		for (const text of ['{a}', '[1] first', '(', '"']) expect(message(text)).toMatch(/^The file is text/);
	});

	it('is quoted without secrets', () => {
		expect(message('{"access_token":"abc","b":1}')).toContain('{"access_token":"…","b":1}');
		expect(message('{"Client_Secret" : "abc"}')).toContain('{"Client_Secret" : "…"}');
		expect(message('{"api_key_of_us":"abc"}')).toContain('{"api_key_of_us":"…"}');
		expect(message('{"a":"1000.8cb99d1a2b3c4d5e6f.9be93"}')).toContain('{"a":"…"}');
	});

	it('that is XML gives its first words', () => {
		expect(message('<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>')).toBe(
			'The file is XML ("AccessDenied"), not an image',
		);
		expect(refusal('<Error><Code>NoSuchKey</Code></Error>').description).toMatch(/^Most probably an API answered/);
	});

	it.each([
		'<svg xmlns="http://www.w3.org/2000/svg"/>',
		'<?xml version="1.0"?><svg:svg xmlns:svg="x">',
		'<?xml version="1.0"?><!-- <html> --><SVG>',
		'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg>',
		'<!DOCTYPE svg [ <!ENTITY ns "http://x"> <!ENTITY b ">"> ]><svg>',
		`<!--${' '.repeat(5000)}--><svg>`,
	])('is SVG in the form %j', (text) => {
		expect(refusal(text)).toEqual({
			code: 'UNSUPPORTED_FILE_TYPE',
			message: `The file is SVG, ${TAKEN}`,
			description: CONVERT_BEFORE,
		});
	});

	it.each([
		'<',
		'<3 you',
		'<?xml',
		'<!-- open',
		'<!DOCTYPE x',
		'<!DOCTYPE x [',
		'<!DOCTYPE x [ <!ENTITY a "b">',
		'< svg>',
		'<?a?>',
	])('is no markup without an element: %j', (text) => {
		expect(message(text)).toMatch(/^The file is text/);
	});

	it('gives its first words and the way out', () => {
		expect(refusal('name,photo\nAda,ada.jpg')).toEqual({
			code: 'NOT_AN_IMAGE',
			message: 'The file is text ("name,photo Ada,ada.jpg"), not an image',
			description:
				'Look at the output of the node that provides the photo, and pass on the binary field that holds the image.',
		});
		expect(message('   \n')).toBe('The file is text, not an image');
		expect(message('BMW 320 d')).toBe('The file is text ("BMW 320 d"), not an image');
		expect(message('MZ is a city code')).toContain('is text');
		expect(message('P3 2 bedrooms')).toContain('is text');
		expect(message('IIRO MMOR ID3 tags')).toContain('is text');
	});

	it('is told from binary by control characters and by bytes that are no UTF-8', () => {
		expect(message('Gr\u00fc\u00dfe\t\u001b[0m\f\r\n')).toContain('is text ("Grüße');
		expect(message(latin1('Gr\xfc\xdfe aus dem schneebedeckten Allg\xe4u, wo es sch\xf6n ist'))).toContain(
			'is text ("Gr',
		);
		for (const code of [0, 1, 8, 0x0b, 0x0e, 0x1f, 0x7f]) {
			expect(message(`text${String.fromCharCode(code)}text`)).toContain('is not an image of any known kind');
		}
		expect(message(latin1('abcdefgh\xfc'))).toContain('of any known kind');
		expect(message(latin1('abcdefghi\xfc'))).toContain('is text');
		expect(message(`${'a'.repeat(1023)}\u0001`)).toContain('of any known kind');
		expect(message(`${'a '.repeat(512)}\u0001`)).toContain('is text');
	});

	it('is read in UTF-16, in both byte orders', () => {
		const little = Buffer.from('\ufeff<html><title>Grüße</title>', 'utf16le');
		expect(message(little)).toBe('The file is a web page ("Grüße"), not an image');
		expect(message(Buffer.from(little).swap16())).toBe('The file is a web page ("Grüße"), not an image');
		expect(message(Buffer.concat([Buffer.from(little).swap16(), Buffer.from([0])]))).toContain('"Grüße"');
	});

	it.each([
		'/9j/4AAQSkZJRg',
		'"/9j/4AAQ',
		'iVBORw0KGgoAAAA',
		'R0lGODlhAQAB',
		'R0lGODdhAQAB',
		'data:image/png;base64,iVBO',
		'data:image/svg+xml,<svg>',
	])('is a picture as base64: %s', (text) => {
		expect(refusal(text)).toEqual({
			code: 'NOT_AN_IMAGE',
			message: 'The file is base64 text, not an image',
			description:
				'Put a Convert to File node before this one: Operation "Move Base64 String to File", with only the characters ' +
				'after "base64," if the text begins with "data:".',
		});
	});

	it.each(['rgb.png', 'baseline.jpg', 'exif-rotated.jpg'])('is a picture that was read as text: %s', (name) => {
		const kind = name.endsWith('png') ? 'PNG' : 'JPEG';
		for (const encoding of ['utf8', 'latin1'] as const) {
			expect(refusal(Buffer.from(photo(name).toString(encoding), 'utf8'))).toEqual({
				code: 'CORRUPT_IMAGE',
				message: `The ${kind} was read as text on its way, which destroyed it`,
				description: 'Where it is downloaded, ask for a file: in an HTTP Request node, set Response Format to "File".',
			});
		}
	});
});
