import { inspectPhoto } from '../../../nodes/ZohoCrmPhoto/photo/inspect';
import { otherFile, photo } from '../corpus.cts';
import { fixture } from '../fit/fixture.cts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const behind = (front: string, file: Buffer) => Buffer.concat([latin1(front), file]);

const FORM =
	'--x9\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n';
const PHP = '<br />\n<b>Warning</b>:  Undefined variable $x in <b>/var/www/p.php</b> on line <b>3</b><br />\n';

const FRONTS: Array<[front: string, before: string]> = [
	['\xef\xbb\xbf', 'A byte order mark stands'],
	['\xff\xfe', 'A byte order mark stands'],
	['\n', 'A line end stands'],
	['\r\n\r\n', 'A line end stands'],
	['\xef\xbb\xbf\r\n', 'White space stands'],
	['  \t', 'White space stands'],
	[PHP, 'A warning of PHP ("Warning : Undefined variable $x in /var/www/p.php on line 3") stands'],
	[FORM, 'The head of a multipart body stands'],
	['Content-Type: image/jpeg\r\nContent-Transfer-Encoding: binary\r\n\r\n', 'The head of a MIME part stands'],
	['HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n', 'The head of an HTTP answer stands'],
	['Connected to the database.', 'Text ("Connected to the database.") stands'],
	['\0\x01\x02\0', '4 bytes that are no part of it stand'],
];

describe.each(FRONTS)('%j', (front, before) => {
	it.each([
		['JPEG', fixture('420')],
		['PNG', photo('rgb.png')],
		['GIF', photo('still.gif')],
	])('before a whole %s is what is told, with where the picture begins', (label, file) => {
		expect(inspectPhoto(behind(front, file))).toEqual({
			ok: false,
			start: front.length,
			refusal: {
				code: 'CORRUPT_IMAGE',
				message: `${before} before the ${label}, so that programs do not know it as a picture`,
				description:
					"Look at what writes the file: nothing may come before the picture. Or set this node's option 'If Zoho CRM Would Not Take the Photo' to 'Make It Fit'.",
			},
		});
	});
});

it('is told of BMP and WebP behind a byte order mark or a line end', () => {
	expect(inspectPhoto(behind('\xef\xbb\xbf', photo('rgb565.bmp')))).toMatchObject({ start: 3 });
	expect(inspectPhoto(behind('\n', otherFile('lossy.webp')))).toMatchObject({ start: 1 });
});

it('is told of a picture that is too large, and of one that decoding has to decide on', () => {
	const front = '\xef\xbb\xbf';
	const large = fixture('420');
	large.writeUInt16BE(9000, large.indexOf(Buffer.of(0xff, 0xc0)) + 5);
	large.writeUInt16BE(9000, large.indexOf(Buffer.of(0xff, 0xc0)) + 7);
	expect(inspectPhoto(behind(front, large))).toMatchObject({ start: 3 });
	expect(inspectPhoto(behind(front, fixture('420').subarray(0, -2)))).toMatchObject({ start: 3 });
});

it('is not told where the picture is none, or the file is of another kind', () => {
	const said = (bytes: Buffer) => {
		const inspection = inspectPhoto(bytes);
		return inspection.ok ? 'sound' : inspection.refusal.message;
	};
	expect(said(latin1('An article about the GIF89a format, in which pictures have a palette.'))).toMatch(
		/is text \("An art/,
	);
	expect(said(behind('\xef\xbb\xbf', fixture('420').subarray(0, 60)))).not.toMatch(/byte order mark/);
	expect(said(Buffer.concat([Buffer.alloc(3000, 'x\0'), fixture('420')]))).toMatch(/not an image of any known kind/);
	expect(said(Buffer.concat([Buffer.alloc(70_000, 'x'), fixture('420')]))).toMatch(/ is text /);
	expect(said(Buffer.concat([latin1('ID3\x03'), Buffer.alloc(40), fixture('420')]))).toMatch(/is an MP3 sound/);
});
