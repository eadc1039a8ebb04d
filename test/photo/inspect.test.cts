import { inspectPhoto, type Inspection } from '../../nodes/ZohoCrmPhoto/photo/inspect';
import { OTHER_NAMES, otherFile, photo, PHOTOS } from './corpus.cts';
import { chunk, EOI, frame, GIF_TRAILER, gifScreen, jpeg, png, pngHeader, scan, segment } from './pieces.cts';

const MIME_TYPES: Record<string, string> = { png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif', bmp: 'image/bmp' };
const EXTENSIONS: Record<string, string> = { png: 'png', jpeg: 'jpg', gif: 'gif', bmp: 'bmp' };

/** The code, message and description, or the word "accepted". */
function verdict(inspection: Inspection): [code: string, message: string, description: string] {
	if (inspection.ok) return ['accepted', '', ''];
	const { code, message, description } = inspection.refusal;
	return [code, message, description];
}

/** A sound JPEG with the given size in its header and, in its metadata, as many bytes as make the file that long. */
function jpegOf(width: number, height: number, fileSize?: number): Buffer {
	const rest = [frame(0xc0, width, height), scan(1, 2, 3), EOI];
	const padding: Buffer[] = [];
	let missing = (fileSize ?? 0) - jpeg(...rest).length;
	while (missing > 0) {
		const length = missing > 70_000 ? 65_537 : Math.min(missing, 65_537);
		padding.push(segment(0xfe, Buffer.alloc(length - 4)));
		missing -= length;
	}
	return jpeg(...padding, ...rest);
}

function pngOf(width: number, height: number, dataLength = 10): Buffer {
	return png(chunk('IHDR', pngHeader(width, height)), chunk('IDAT', Buffer.alloc(dataLength)), chunk('IEND'));
}

describe('a sound photo', () => {
	it.each(PHOTOS)('$name is accepted, as identify sees it', ({ name, kind, width, height, bytes }) => {
		expect(inspectPhoto(bytes)).toEqual({
			ok: true,
			facts: { kind, mimeType: MIME_TYPES[kind], extension: EXTENSIONS[kind], fileSize: bytes.length, width, height },
		});
		expect(name).toBeTruthy();
	});

	it.each(PHOTOS.filter(({ name }) => !/two-pictures|animated/.test(name)))(
		'$name is refused when cut off',
		({ bytes }) => {
			for (const share of [0.25, 0.5, 0.9]) {
				const cut = bytes.subarray(0, Math.floor(bytes.length * share));
				expect(inspectPhoto(cut)).toMatchObject({ ok: false, refusal: { code: 'CORRUPT_IMAGE' } });
			}
		},
	);

	it('may be followed by anything', () => {
		for (const { bytes } of PHOTOS) {
			expect(inspectPhoto(Buffer.concat([bytes, Buffer.from('trailing')])).ok).toBe(true);
		}
	});

	it('is the first of two pictures in one file', () => {
		const both = photo('two-pictures.jpg');
		const first = both.indexOf(Buffer.from([0xff, 0xd9, 0xff, 0xd8])) + 2;
		expect(inspectPhoto(both.subarray(0, first)).ok).toBe(true);
		expect(inspectPhoto(both.subarray(0, first - 1)).ok).toBe(false);
	});
});

describe('a damaged photo', () => {
	it('says after how many bytes it is cut off, and what is missing', () => {
		expect(verdict(inspectPhoto(jpegOf(8, 8, 20_000).subarray(0, 19_999)))).toEqual([
			'CORRUPT_IMAGE',
			'The JPEG is cut off after 19,999 bytes: the end marker after its picture data is missing',
			'Get the file again: its download or upload stopped before the end.',
		]);
	});

	it('says what cannot be right in it', () => {
		expect(verdict(inspectPhoto(pngOf(0, 9)))).toEqual([
			'CORRUPT_IMAGE',
			'The PNG cannot be read: it says that the picture is 0 x 9 pixels',
			'Open the file at its source: if it shows there, get it again; if not, save the photo anew.',
		]);
	});

	it('is told by name for each kind', () => {
		const empty = Buffer.concat([gifScreen(0, 0), GIF_TRAILER]);
		expect(verdict(inspectPhoto(empty))[1]).toMatch(/^The GIF cannot be read: /);
		expect(verdict(inspectPhoto(photo('rgb565.bmp').subarray(0, 60)))[1]).toMatch(
			/^The BMP is cut off after 60 bytes: /,
		);
	});
});

describe('the limits', () => {
	const CODE = 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE';
	const FIT = "Or set this node's option 'If Zoho CRM Would Not Take the Photo' to 'Make It Fit'.";

	it('on pixels are at 10,000,000', () => {
		expect(verdict(inspectPhoto(jpegOf(4000, 2500)))[0]).toBe('accepted');
		expect(verdict(inspectPhoto(jpegOf(4001, 2500)))[0]).toBe(CODE);
		expect(verdict(inspectPhoto(pngOf(10_000_000, 1)))[0]).toBe('accepted');
		expect(verdict(inspectPhoto(pngOf(10_000_001, 1)))[0]).toBe(CODE);
	});

	it('on bytes are at 10 MiB: between 10,000,000 bytes and that, Zoho decides', () => {
		expect(verdict(inspectPhoto(jpegOf(100, 100, 10_000_001)))[0]).toBe('accepted');
		expect(verdict(inspectPhoto(jpegOf(100, 100, 10_485_760)))[0]).toBe('accepted');
		expect(verdict(inspectPhoto(jpegOf(100, 100, 10_485_761)))[0]).toBe(CODE);
	});

	it('come with the facts and the kind, so that making it fit can be decided', () => {
		const bytes = jpegOf(4032, 3024);
		expect(inspectPhoto(bytes)).toMatchObject({
			ok: false,
			kind: 'jpeg',
			facts: {
				kind: 'jpeg',
				mimeType: 'image/jpeg',
				extension: 'jpg',
				fileSize: bytes.length,
				width: 4032,
				height: 3024,
			},
		});
		expect(inspectPhoto(bytes.subarray(0, -1))).not.toHaveProperty('facts');
	});

	it("are told with the photo's numbers, the size to resize to and the option", () => {
		expect(verdict(inspectPhoto(jpegOf(4032, 3024)))).toEqual([
			CODE,
			'The photo has 12.2 megapixels (4032 x 3024); Zoho CRM takes at most 10',
			"Put an Edit Image node before this one: Operation 'Resize', Width 3633, Height 2724, Option 'Maximum Area'. " +
				FIT,
		]);
		expect(verdict(inspectPhoto(pngOf(3024, 4032)))).toEqual([
			CODE,
			'The photo has 12.2 megapixels (3024 x 4032); Zoho CRM takes at most 10',
			"Put an Edit Image node before this one: Operation 'Resize', Width 2724, Height 3633, Option 'Maximum Area'. " +
				FIT,
		]);
	});

	it('are told for bytes alone: a PNG becomes a JPEG of the same size, a JPEG loses pixels', () => {
		expect(verdict(inspectPhoto(pngOf(2000, 1000, 12_345_678)))).toEqual([
			CODE,
			'The photo is 12.3 MB; Zoho CRM takes at most 10 MB',
			"Put an Edit Image node before this one: Operation 'Resize', Width 2000, Height 1000, Option 'Maximum Area', " +
				"and under Options add Format 'jpeg'. " +
				FIT,
		]);
		const [, message, description] = verdict(inspectPhoto(jpegOf(2000, 1000, 20_971_520)));
		expect(message).toBe('The photo is 21.0 MB; Zoho CRM takes at most 10 MB');
		expect(description).toContain("Width 1407, Height 703, Option 'Maximum Area'. Or set");
	});

	it('are told both when both are passed', () => {
		expect(verdict(inspectPhoto(jpegOf(4032, 3024, 11_000_000)))[1]).toBe(
			'The photo has 12.2 megapixels (4032 x 3024) and 11.0 MB; Zoho CRM takes at most 10 megapixels and 10 MB',
		);
	});

	it('are told to the pixel where one decimal would not show the excess', () => {
		expect(verdict(inspectPhoto(pngOf(10_000_001, 1)))[1]).toBe(
			'The photo has 10.000001 megapixels (10000001 x 1); Zoho CRM takes at most 10',
		);
		expect(verdict(inspectPhoto(pngOf(10_050_001, 1)))[1]).toContain(' 10.1 megapixels');
	});

	it('matter after everything else', () => {
		expect(verdict(inspectPhoto(jpegOf(4032, 3024).subarray(0, -1)))[0]).toBe('CORRUPT_IMAGE');
		expect(verdict(inspectPhoto(Buffer.concat([otherFile('lossy.webp'), Buffer.alloc(11_000_000)])))[0]).toBe(
			'UNSUPPORTED_FILE_TYPE',
		);
		expect(verdict(inspectPhoto(Buffer.alloc(11_000_000)))[0]).toBe('NOT_AN_IMAGE');
	});
});

describe('an empty file', () => {
	it('is refused as such', () => {
		expect(inspectPhoto(Buffer.alloc(0))).toEqual({
			ok: false,
			refusal: {
				code: 'EMPTY_FILE',
				message: 'The file is empty (0 bytes)',
				description: 'Look at the node that provides the file: what it read or downloaded had no content.',
			},
		});
	});
});

describe('every refusal', () => {
	it('has a message without a final period and a description with one, both free of filler', () => {
		const files = [
			...PHOTOS.map(({ bytes }) => bytes.subarray(0, bytes.length / 8)),
			...OTHER_NAMES.map(otherFile),
			Buffer.alloc(0),
			Buffer.from('<title>x</title>'),
			jpegOf(9999, 9999),
		];
		for (const file of files) {
			const [, message, description] = verdict(inspectPhoto(file));
			expect(message).toMatch(/[^.]$/);
			expect(description).toMatch(/\.$/);
			expect(`${message} ${description}`).not.toMatch(/error|fail|problem|E[A-Z]{4,}\b/);
		}
	});
});
