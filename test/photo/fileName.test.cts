import { sentFileName } from '../../nodes/ZohoCrmPhoto/photo/fileName';
import { PHOTO_KINDS, type PhotoKind } from '../../nodes/ZohoCrmPhoto/photo/photoKinds';

function sent(wanted: string | undefined, kind: PhotoKind = 'jpeg'): string {
	const { mimeType, extension } = PHOTO_KINDS[kind];
	return sentFileName(wanted, { kind, mimeType, extension, fileSize: 9, width: 3, height: 3 });
}

describe('the file name that is sent', () => {
	it.each([undefined, '', ' ', '.', '..', '...', '/', '\\', '.jpg', '.png', '\u200b', '\r\n', '/ /'])(
		'is a plain one for %j',
		(wanted) => {
			expect(sent(wanted)).toBe('photo.jpg');
			expect(sent(wanted, 'png')).toBe('photo.png');
			expect(sent(wanted, 'gif')).toBe('photo.gif');
			expect(sent(wanted, 'bmp')).toBe('photo.bmp');
		},
	);

	it.each([
		'ada.jpg',
		'ada.jpeg',
		'IMG.JPEG',
		'A.Jpg',
		'Größe.jpg',
		'写真.jpg',
		'фото 1.jpg',
		'a b (1).jpg',
		"O'Brien & Söhne; 50%.jpg",
		'a.b.c.jpg',
		'👩‍👩‍👧.jpg',
		'می‌خواهم.jpg',
		'\u00e9.jpg',
	])('stays as it is when it fits: %s', (wanted) => {
		expect(sent(wanted)).toBe(wanted);
	});

	it.each([
		['png', 'a.PNG'],
		['gif', 'a.gif'],
		['bmp', 'a.Bmp'],
	] as const)('stays as it is for %s, too', (kind, wanted) => {
		expect(sent(wanted, kind)).toBe(wanted);
		expect(sent('a.jpg', kind)).toBe(`a.${kind}`);
		expect(sent(wanted)).toBe('a.jpg');
	});

	it.each([
		'photo.jfif',
		'photo.bin',
		'photo.webp',
		'photo.HEIC',
		'photo.tar',
		'photo.html',
		'photo.octet-stream',
		'photo.jpg.exe',
		'photo.jpg.part',
		'photo.',
		'photo..',
		'photo. ',
		'photo.jpg.',
		'photo.jpg .',
		'photo.png..',
	])('gets the right extension in place of a wrong one: %s', (wanted) => {
		expect(sent(wanted)).toBe('photo.jpg');
	});

	it.each([
		['photo', 'photo.jpg'],
		['J.Smith', 'J.Smith.jpg'],
		['v1.2', 'v1.2.jpg'],
		['jpg', 'jpg.jpg'],
		['bin', 'bin.jpg'],
		['report.final', 'report.final.jpg'],
	])('keeps an ending that is no extension: %s', (wanted, expected) => {
		expect(sent(wanted)).toBe(expected);
	});

	it.each([
		['../../etc/x.jpg', 'x.jpg'],
		['C:\\Users\\Ada\\x.jpg', 'x.jpg'],
		['a\\b/c.jpg', 'c.jpg'],
		['a/b/', 'b.jpg'],
		['a.jpg/ ', 'a.jpg'],
		['...hidden.jpg', 'hidden.jpg'],
		[' . x.jpg', 'x.jpg'],
		['x .jpg', 'x.jpg'],
		['x.. .jpg', 'x.jpg'],
	])('is the last part of a path, without leading dots: %s', (wanted, expected) => {
		expect(sent(wanted)).toBe(expected);
	});

	it.each([
		['a"; filename="b.jpg', 'a_; filename=_b.jpg'],
		['a\r\nX-Header: 1.jpg', 'aX-Header_ 1.jpg'],
		['a\0b\tc\x7fd\x85e.jpg', 'abcde.jpg'],
		['a<b>c|d*e?f:g.jpg', 'a_b_c_d_e_f_g.jpg'],
		['a\u2028b\u2029c.jpg', 'abc.jpg'],
		['a\u202egpj.exe', 'agpj.jpg'],
		['a\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\u2066\u2069\ufeff\ufff9b.jpg', 'ab.jpg'],
		['a\ud83db.jpg', 'ab.jpg'],
		['a\udc00b.jpg', 'ab.jpg'],
		['a\u200db.jpg', 'ab.jpg'],
		['\u200dö.jpg', 'ö.jpg'],
		['ö\u200d.jpg', 'ö.jpg'],
		['ö\u200c.jpg', 'ö.jpg'],
	])('cannot break a header or mislead: %j', (wanted, expected) => {
		expect(sent(wanted)).toBe(expected);
	});

	it.each(['CON', 'con', 'prn', 'Aux', 'NUL', 'COM1', 'com9', 'LPT0', 'lpt³'])(
		'is no device of Windows: %s',
		(wanted) => {
			expect(sent(wanted)).toBe(`_${wanted}.jpg`);
			expect(sent(`${wanted}.jpg`)).toBe(`_${wanted}.jpg`);
			expect(sent(`${wanted}.x.jpg`)).toBe(`_${wanted}.x.jpg`);
			expect(sent(`${wanted}x.jpg`)).toBe(`${wanted}x.jpg`);
			expect(sent(`x${wanted}.jpg`)).toBe(`x${wanted}.jpg`);
		},
	);

	describe('is not too long', () => {
		it('with 100 characters, the extension among them', () => {
			expect(sent(`${'a'.repeat(96)}.jpg`)).toBe(`${'a'.repeat(96)}.jpg`);
			expect(sent(`${'a'.repeat(97)}.jpg`)).toBe(`${'a'.repeat(96)}.jpg`);
			expect(sent(`${'a'.repeat(96)}.JPEG`)).toBe(`${'a'.repeat(95)}.JPEG`);
			expect(sent('a'.repeat(5000))).toBe(`${'a'.repeat(96)}.jpg`);
			expect(sent(`${'a'.repeat(95)}. b.jpg`)).toBe(`${'a'.repeat(95)}.jpg`);
		});

		it('with 255 bytes in UTF-8, cutting whole characters', () => {
			expect(sent(`${'写'.repeat(83)}.jpg`)).toBe(`${'写'.repeat(83)}.jpg`);
			expect(sent(`${'写'.repeat(84)}.jpg`)).toBe(`${'写'.repeat(83)}.jpg`);
			expect(sent(`${'😀'.repeat(90)}.jpg`)).toBe(`${'😀'.repeat(62)}.jpg`);
			expect(sent(`aa${'写'.repeat(83)}.jpg`)).toBe(`aa${'写'.repeat(83)}.jpg`);
			expect(sent(`aaa${'写'.repeat(83)}.jpg`)).toBe(`aaa${'写'.repeat(82)}.jpg`);
		});

		it('and does not end in half a joined character', () => {
			expect(sent(`${'a'.repeat(93)}ö\u200d👩x.jpg`)).toBe(`${'a'.repeat(93)}ö\u200d👩.jpg`);
			expect(sent(`${'a'.repeat(94)}ö\u200d👩x.jpg`)).toBe(`${'a'.repeat(94)}ö.jpg`);
		});
	});

	it('is never anything that a header or a file system minds, whatever was wanted', () => {
		for (let code = 0; code < 0x3000; code += 1) {
			const name = sent(`a${String.fromCharCode(code)}b.jpg`);
			expect(name).toMatch(/^[^\u0000-\u001f\u007f-\u009f"\\/]+\.jpg$/);
		}
	});

	it('takes time in proportion to what was wanted', () => {
		const begun = process.cpuUsage();
		expect(sent(`a${'.'.repeat(200_000)}b${' '.repeat(200_000)}c`)).toMatch(/^a\.*\.jpg$/);
		expect(process.cpuUsage(begun).user / 1000).toBeLessThan(5000);
	});
});

describe('a name from elsewhere', () => {
	it.each([
		['e\u0301.jpg', '\u00e9.jpg'],
		['Gro\u0308\u00dfe.jpg', 'Gr\u00f6\u00dfe.jpg'],
		['Screenshot 2026-01-02 at 9.41.07\u202fPM.png', 'Screenshot 2026-01-02 at 9.41.07 PM.jpg'],
		['a\u00a0b\u2009c.jpg', 'a b c.jpg'],
		['photo.jpg?width=200', 'photo.jpg'],
		['https://example.org/a/photo.JPG?file=/b/c.png', 'photo.JPG'],
		['Who?.jpg', 'Who_.jpg'],
		['=?UTF-8?B?Wm/Dqy5qcGc=?=', 'Zo\u00eb.jpg'],
		['=?utf-8?Q?Zo=C3=AB_1.jpg?=', 'Zo\u00eb 1.jpg'],
		['=?iso-8859-1?q?Zo=EB?=.jpg', 'Zo\u00eb.jpg'],
		['=?windows-1251?B?9O7y7i5qcGc=?=', '\u0444\u043e\u0442\u043e.jpg'],
		['=?UTF-8?B?Wm/D?= =?UTF-8?B?qy5qcGc=?=', 'Zo\u00eb.jpg'],
		['=?UTF-8?Q?a?=\r\n =?iso-8859-1?Q?=EB.jpg?=', 'a\u00eb.jpg'],
		['=?UTF-8*de?B?Wm/Dqy5qcGc=?=', 'Zo\u00eb.jpg'],
		['=?x-none?B?Wm8=?=.jpg', '=_x-none_B_Wm8=_=.jpg'],
	])('%j becomes %j', (wanted, expected) => expect(sent(wanted)).toBe(expected));

	it('takes time in proportion to its length, however it is made', () => {
		const begun = performance.now();
		sent('=?a?b?'.repeat(20_000));
		sent('=?utf-8?q?a?= '.repeat(10_000));
		sent('?'.repeat(100_000));
		expect(performance.now() - begun).toBeLessThan(2000);
	});
});
