import { inspectPhoto } from '../../../nodes/ZohoCrmPhoto/photo/inspect';
import { otherFile, photo } from '../corpus.cts';
import { fixture } from '../fit/fixture.cts';

function refusal(bytes: Buffer | string) {
	const inspection = inspectPhoto(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
	if (inspection.ok) throw new Error('accepted');
	return inspection.refusal;
}

const PICTURES: Array<[name: string, bytes: Buffer]> = [
	['JPEG', fixture('420')],
	['PNG', photo('rgb.png')],
	['GIF', photo('still.gif')],
	['BMP', photo('v3-24bit.bmp')],
	['WebP', otherFile('lossy.webp')],
	['HEIC', otherFile('phone.heic')],
	['AVIF', otherFile('web.avif')],
	['TIFF', otherFile('little.tiff')],
];

const BASE64 = /Operation "Move Base64 String to File", with only the characters after "base64,"/;

describe.each(PICTURES)('%s', (_, bytes) => {
	const base64 = bytes.toString('base64');

	it('as base64 is told as that, also in quotes and in lines', () => {
		for (const text of [base64, `"${base64}"`, base64.replace(/.{76}/g, '$&\r\n'), ` ${base64}\n`]) {
			expect(refusal(text)).toMatchObject({ code: 'NOT_AN_IMAGE', description: expect.stringMatching(BASE64) });
			expect(refusal(text).message).toBe('The file is base64 text, not an image');
		}
	});

	it('as base64url, as the Gmail API gives it', () => {
		const text = bytes.toString('base64url');
		expect(refusal(text).message).toMatch(/^The file is base64(url)? text, not an image$/);
		expect(refusal(text).description).toMatch(BASE64);
	});

	it('in hexadecimal digits', () => {
		const hex = bytes.toString('hex');
		for (const text of [hex, `\\x${hex}`, `0x${hex.toUpperCase()}`, hex.replace(/../g, '$& ')]) {
			expect(refusal(text).message).toBe('The file is a picture in hexadecimal digits, not an image');
			expect(refusal(text).description).toContain('Buffer.from(digits, "hex")');
		}
	});

	it('as a Buffer in JSON', () => {
		for (const text of [JSON.stringify(bytes), JSON.stringify(bytes, undefined, 2)]) {
			expect(refusal(text).message).toBe('The file is a Buffer written as JSON, not an image');
			expect(refusal(text).description).toContain('Buffer.from(numbers)');
		}
	});

	it('as base64 in a MIME part', () => {
		const head = 'Content-Type: image/x; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n';
		for (const text of [head + base64, `--x1\r\n${head}${base64}\r\n--x1--`]) {
			expect(refusal(text).message).toBe('The file is a MIME part in base64, not an image');
			expect(refusal(text).description).toContain('behind the first empty line');
		}
	});

	it('in a data URL that was decoded whole', () => {
		const url = `data:image/${_.toLowerCase()};base64,${base64}`;
		expect(refusal(Buffer.from(url, 'base64'))).toMatchObject({
			code: 'NOT_AN_IMAGE',
			message: 'The file is a data URL that was decoded from base64 with its front, not an image',
			description: expect.stringMatching(BASE64),
		});
	});
});

it('as a list of bytes', () => {
	for (const [, bytes] of PICTURES.slice(0, 4)) {
		for (const text of [JSON.stringify([...bytes]), JSON.stringify({ ...bytes })]) {
			expect(refusal(text).message).toBe('The file is a list of bytes as JSON, not an image');
		}
	}
});

it('in the JSON of an API', () => {
	for (const encoding of ['base64', 'base64url'] as const) {
		const text = JSON.stringify({ size: 1234, data: fixture('420').toString(encoding) });
		expect(refusal(text).message).toBe('The file is JSON that holds a picture as base64 text, not an image');
		expect(refusal(text).description).toMatch(BASE64);
	}
});

it('is told by the kind of JPEG that has - and _ in its first characters', () => {
	expect(refusal(fixture('420').toString('base64url')).message).toBe('The file is base64url text, not an image');
});

it('is not seen in words, numbers or JSON of other things', () => {
	expect(refusal('deadbeefdeadbeefdeadbeefdeadbeef').message).toMatch(/is text/);
	expect(refusal('Donaudampfschifffahrtsgesellschaft').message).toMatch(/is text/);
	expect(refusal('[1,2,3]').message).toMatch(/is text/);
	expect(refusal('{"type":"Buffer"}').message).toMatch(/is JSON/);
});

it('is none of it where macOS wrote a file beside the picture', () => {
	const beside = Buffer.concat([Buffer.from('00051607000200004d6163204f532058', 'hex'), Buffer.alloc(4000)]);
	expect(refusal(beside)).toEqual({
		code: 'NOT_AN_IMAGE',
		message: 'The file is an AppleDouble file (what macOS writes beside a file), not an image',
		description: 'The picture is the file with the same name without "._" in front of it: pass on that one.',
	});
});
