import { inspectPhoto } from '../../../nodes/ZohoCrmPhoto/photo/inspect';
import { otherFile, photo, PHOTOS } from '../corpus.cts';
import { fixture as picture } from '../decode/samples.cts';
import { fixture } from '../fit/fixture.cts';
import { seeded } from '../mutate.cts';
import { bmp } from '../pieces.cts';

/** The ways through text that people have reported, as Node, Python, PHP or FTP go them. */
const WAYS: Record<string, (bytes: Buffer) => Buffer> = {
	'read as UTF-8': (bytes) => Buffer.from(bytes.toString('utf8'), 'utf8'),
	'read as Latin-1, written as UTF-8': (bytes) => Buffer.from(bytes.toString('latin1'), 'utf8'),
	'read as Windows-1252, written as UTF-8': (bytes) =>
		Buffer.from(new TextDecoder('windows-1252').decode(bytes), 'utf8'),
	'question marks': (bytes) => bytes.map((byte) => (byte > 127 ? 0x3f : byte)) as Buffer,
	'LF to CRLF': (bytes) => Buffer.from(bytes.toString('latin1').replace(/\n/g, '\r\n'), 'latin1'),
	'a byte order mark and UTF-8': (bytes) => Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf8'),
};

function said(bytes: Buffer): string {
	const inspection = inspectPhoto(bytes);
	return inspection.ok ? 'sound' : inspection.refusal.message;
}

/** A BMP of noise, as long as its header says. */
function noise(width: number, height: number, random: () => number, most = 256): Buffer {
	const row = Math.floor((width * 24 + 31) / 32) * 4;
	const whole = bmp(
		{ width, height },
		Buffer.from(Array.from({ length: row * height }, () => Math.floor(random() * most))),
	);
	whole.writeUInt32LE(whole.length, 2);
	return whole;
}

const PICTURES: Array<[name: string, bytes: Buffer]> = [
	['JPEG', fixture('420')],
	['JPEG', fixture('progressive')],
	['JPEG', fixture('profile')],
	['PNG', picture('scenes', 'scene.png')],
	['GIF', picture('scenes', 'scene.gif')],
	['BMP', picture('scenes', 'scene.bmp')],
	['WebP', picture('scenes', 'lossy.webp')],
	['WebP', picture('scenes', 'lossless.webp')],
];

describe.each(Object.entries(WAYS))('%s', (way, changed) => {
	it.each(PICTURES)('is told of a %s', (name, bytes) => {
		// Of a byte order mark, what is left is the kind's first letters.
		if (way.startsWith('a byte order mark') && name === 'BMP') return;
		expect(said(changed(bytes))).toBe(`The ${name} was read as text on its way, which destroyed it`);
	});
});

test('a JPEG is told by whatever segment it begins with', () => {
	const file = fixture('420');
	const rest = file.subarray(2 + 2 + 16);
	for (const front of ['Adobe\0\x64\0\0\0\0\x01', 'Exif\0\0MM\0*\0\0\0\x08\0\0']) {
		const body = Buffer.from(front, 'latin1');
		for (const marker of [0xe1, 0xee]) {
			const head = Buffer.from([0xff, 0xd8, 0xff, marker, 0, body.length + 2]);
			const whole = Buffer.concat([head, body, rest]);
			for (const [way, changed] of Object.entries(WAYS)) {
				expect([way, said(changed(whole))]).toEqual([way, 'The JPEG was read as text on its way, which destroyed it']);
			}
		}
	}
	const bare = Buffer.concat([Buffer.from([0xff, 0xd8]), rest]);
	for (const [way, changed] of Object.entries(WAYS)) {
		expect([way, said(changed(bare))]).toEqual([way, 'The JPEG was read as text on its way, which destroyed it']);
	}
});

test('UTF-8 that was written as Latin-1 is told, and UTF-16', () => {
	for (const [name, bytes] of PICTURES.slice(0, 4)) {
		const once = Buffer.from(bytes.toString('utf8'), 'latin1');
		expect(said(once)).toBe(`The ${name} was read as text on its way, which destroyed it`);
	}
	for (const [name, bytes] of PICTURES.slice(0, 5)) {
		const wide = Buffer.from(`\ufeff${bytes.toString('latin1')}`, 'utf16le');
		expect(said(wide)).toBe(`The ${name} was read as text on its way, which destroyed it`);
	}
});

const seed = Math.floor(Math.random() * 2 ** 32);

test(`BMPs of any size are told, and sound ones are sound (seed ${seed})`, () => {
	const random = seeded(seed);
	for (let count = 0; count < 60; count += 1) {
		const file = noise(20 + Math.floor(random() * 90), 20 + Math.floor(random() * 90), random);
		expect(said(file)).toBe('sound');
		for (const way of ['read as UTF-8', 'read as Latin-1, written as UTF-8', 'question marks', 'LF to CRLF']) {
			const changed = WAYS[way]?.(file) ?? file;
			// A small picture may have nothing that this way changes.
			if (changed.equals(file)) continue;
			expect([way, said(changed)]).toEqual([way, 'The BMP was read as text on its way, which destroyed it']);
		}
	}
});

describe('a sound picture', () => {
	it.each(PHOTOS)('of the corpus is not taken for one that was changed: $name', ({ bytes }) => {
		expect(said(bytes)).toBe('sound');
	});

	it('may be of one colour, dark, or look like text', () => {
		const random = seeded(1);
		const pixels = (...colour: number[]) => Buffer.alloc(16 * 16 * 3, Buffer.from(colour));
		for (const colour of [
			[0xef, 0xbf, 0xbd],
			[0xc3, 0xa9, 0x20],
			[0x3f, 0x3f, 0x3f],
			[0x0d, 0x0a, 0x00],
			[0, 0, 0],
		]) {
			const file = bmp({ width: 16, height: 16 }, pixels(...colour));
			expect(said(file)).toBe('sound');
			file.writeUInt32LE(file.length, 2);
			expect(said(file)).toBe('sound');
		}
		expect(said(noise(50, 50, random, 128))).toBe('sound');
	});

	it('may have text with Windows line ends in it', () => {
		const file = fixture('420');
		const body = Buffer.from('a line\r\n'.repeat(500));
		const head = Buffer.from([0xff, 0xfe, 0, 0]);
		head.writeUInt16BE(body.length + 2, 2);
		expect(said(Buffer.concat([file.subarray(0, 2), head, body, file.subarray(2)]))).toBe('sound');
	});

	it('of a kind that is text is not damaged by being text', () => {
		for (const name of ['page.pdf', 'page.eps', 'pixels.ppm'])
			expect(said(otherFile(name))).not.toMatch(/read as text/);
	});

	it('whose signature lost its line ends is told as read as text', () => {
		const file = photo('rgb.png');
		const unix = Buffer.concat([Buffer.from('\x89PNG\n\x1a\n', 'latin1'), file.subarray(8)]);
		expect(said(unix)).toBe('The PNG was read as text on its way, which destroyed it');
	});
});
