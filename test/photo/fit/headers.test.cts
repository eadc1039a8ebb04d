import { fitPhoto, type Fitted } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { fixture } from './fixture.cts';
import { changed, segmentsOf, without, written, type Segment } from './segments.cts';

const SOF0 = 0xc0;
const SOF2 = 0xc2;
const DHT = 0xc4;
const SOS = 0xda;
const DQT = 0xdb;
const DRI = 0xdd;

async function shrink(file: Buffer): Promise<Fitted> {
	return await fitPhoto('jpeg', file, { maxPixels: 3000, maxBytes: 1_000_000 }, async () => {});
}

/** A change that sets single bytes of a body. */
function setting(bytes: Record<number, number>): (body: Buffer) => Buffer {
	return (body) => {
		for (const [place, byte] of Object.entries(bytes)) body[Number(place)] = byte;
		return body;
	};
}

/** A change that keeps the first bytes of a body. */
function cut(length: number): (body: Buffer) => Buffer {
	return (body) => body.subarray(0, length);
}

/** A file with bytes put in before its first scan header. */
function beforeScan(file: Buffer, bytes: Buffer): Buffer {
	const scan = file.indexOf(Buffer.of(0xff, SOS));
	return Buffer.concat([file.subarray(0, scan), bytes, file.subarray(scan)]);
}

/** A file whose first scan, header and data, comes twice. */
function scannedTwice(file: Buffer): Buffer {
	const scan = file.indexOf(Buffer.of(0xff, SOS));
	const next = Math.min(
		...[SOS, DHT].map((marker) => file.indexOf(Buffer.of(0xff, marker), scan + 2)).filter((at) => at > 0),
	);
	return Buffer.concat([file.subarray(0, next), file.subarray(scan)]);
}

/**
 * A grey progressive file with as many scans as the format allows for two bits of each coefficient: 1 + 13 for DC, 2 for
 * each of the 63 others. None of them says anything, so that the picture is plain grey.
 */
function scanAfterScan(): Buffer {
	const head = segmentsOf(fixture('progressive-grey')).filter(({ marker }) => [SOF2, DQT].includes(marker));
	const frame = head.find(({ marker }) => marker === SOF2)?.body ?? Buffer.alloc(0);
	const blocks = Math.ceil(frame.readUInt16BE(1) / 8) * Math.ceil(frame.readUInt16BE(3) / 8);
	const scan = (from: number, high: number, low: number, data: Buffer): Buffer =>
		Buffer.concat([
			written({ marker: SOS, body: Buffer.of(1, frame[6] ?? 0, 0, from, from, (high << 4) | low) }),
			data,
		]);
	// One code of one bit each: no difference for DC, for the others "the next 2^14 blocks have nothing more" (14 bits follow).
	const table = (kind: number, symbol: number): Segment => {
		return { marker: DHT, body: Buffer.concat([Buffer.of(kind, 1), Buffer.alloc(15), Buffer.of(symbol)]) };
	};
	const zeros = Buffer.alloc(Math.ceil(blocks / 8));
	const parts = [scan(0, 0, 13, zeros)];
	for (let low = 12; low >= 0; low--) parts.push(scan(0, low + 1, low, zeros));
	for (let k = 1; k < 64; k++) parts.push(scan(k, 0, 1, Buffer.alloc(2)), scan(k, 1, 0, Buffer.alloc(2)));
	return Buffer.concat([
		Buffer.of(0xff, 0xd8),
		...[...head, table(0x00, 0), table(0x10, 0xe0)].map(written),
		...parts,
		Buffer.of(0xff, 0xd9),
	]);
}

const TOO_LARGE = 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE';
const KINDS = 'shrinking takes baseline and progressive ones with 8 bits a sample';

const too = (message: string): [string, string] => [TOO_LARGE, message];
const damaged = (reason: string): [string, string] => ['CORRUPT_IMAGE', `The JPEG cannot be read: ${reason}`];

const file = fixture('420');
const progressive = fixture('progressive');

/** Headers of progressive scans that no encoder may write, as changes of a first scan's header. */
const OUT_OF_RANGE: Record<string, Record<number, number>> = {
	'of AC coefficients of more than one component': { 7: 1, 8: 5 },
	'that begins with DC and goes on': { 8: 1 },
	'of bit 14': { 9: 0x0e },
	'that leaves bits out': { 9: 0x31 },
};

const cases: Array<[what: string, file: Buffer, [code: string, message: string]]> = [
	['a frame header cut short', changed(file, SOF0, cut(8)), damaged('its frame header is cut short')],
	['an empty frame header', changed(file, SOF0, cut(0)), damaged('its frame header is cut short')],
	[
		'no height',
		changed(file, SOF0, setting({ 1: 0, 2: 0 })),
		too('The photo is a JPEG without its height in the header; shrinking needs it'),
	],
	[
		'two components',
		changed(file, SOF0, setting({ 5: 2 })),
		too(`The photo is a JPEG of the 2-component kind; ${KINDS}`),
	],
	...[0x01, 0x10, 0x51, 0x15].map((factors): (typeof cases)[number] => [
		`sampling factors ${factors.toString(16)}`,
		changed(file, SOF0, setting({ 7: factors })),
		damaged('its header gives sampling factors that no JPEG has'),
	]),
	[
		'a quantisation table that cannot be',
		changed(file, SOF0, setting({ 8: 4 })),
		damaged('its header gives sampling factors that no JPEG has'),
	],
	[
		'a component named twice in the frame alone',
		changed(file, SOF0, (body) => setting({ 9: body[6] ?? 0 })(body)),
		damaged('one of its scans is for a component that it does not have'),
	],
	[
		'a second frame',
		beforeScan(
			file,
			written({ marker: SOF0, body: segmentsOf(file).find((one) => one.marker === SOF0)?.body ?? file }),
		),
		damaged('it has a second picture inside the first'),
	],
	['more than 100 scans', scanAfterScan(), too('The photo is a JPEG of more than 100 scans')],
	[
		'Huffman counts that make no code',
		changed(file, DHT, (body) => Buffer.concat([setting({ 1: 3 })(body), Buffer.alloc(3)])),
		damaged('one of its Huffman tables does not make a code'),
	],
	['a Huffman table cut short', changed(file, DHT, cut(20)), damaged('one of its Huffman tables is cut short')],
	['Huffman counts cut short', changed(file, DHT, cut(9)), damaged('one of its Huffman tables is cut short')],
	[
		'a Huffman table of a third kind',
		changed(file, DHT, setting({ 0: 0x20 })),
		damaged('one of its Huffman tables is cut short'),
	],
	[
		'a Huffman table with number 4',
		changed(file, DHT, setting({ 0: 0x04 })),
		damaged('one of its Huffman tables is cut short'),
	],
	['no Huffman tables, progressive', without(progressive, DHT), damaged('one of its Huffman tables is missing')],
	[
		'a quantisation table cut short',
		changed(file, DQT, cut(64)),
		damaged('one of its quantisation tables is cut short'),
	],
	[
		'a quantisation table of 24 bits',
		changed(file, DQT, setting({ 0: 0x20 })),
		damaged('one of its quantisation tables is cut short'),
	],
	['no quantisation tables', without(file, DQT), damaged('one of its quantisation tables is missing')],
	[
		'no quantisation tables, progressive',
		without(progressive, DQT),
		damaged('one of its quantisation tables is missing'),
	],
	[
		'a restart interval cut short',
		beforeScan(file, written({ marker: DRI, body: Buffer.of(1) })),
		damaged('its restart interval is cut short'),
	],
	['a scan header cut short', changed(file, SOS, cut(9)), damaged('one of its scan headers is cut short')],
	['a scan of no component', changed(file, SOS, setting({ 0: 0 })), damaged('one of its scan headers is cut short')],
	['a scan of five components', changed(file, SOS, setting({ 0: 5 })), damaged('one of its scan headers is cut short')],
	[
		'a scan of a strange component',
		changed(file, SOS, setting({ 1: 99 })),
		damaged('one of its scans is for a component that it does not have'),
	],
	[
		'a scan with a component twice',
		changed(file, SOS, (body) => setting({ 3: body[1] ?? 0 })(body)),
		damaged('one of its scans has a component twice'),
	],
	['a component in two scans', scannedTwice(fixture('scan-each')), damaged('it has a component twice')],
	...Object.entries(OUT_OF_RANGE).map(([what, bytes]): (typeof cases)[number] => [
		`a progressive scan ${what}`,
		changed(progressive, SOS, setting(bytes)),
		damaged('one of its scan headers makes no sense'),
	]),
	['a progressive scan that comes twice', scannedTwice(progressive), damaged('its scans do not follow one another')],
	['a marker cut off', Buffer.of(0xff, 0xd8, 0xff), damaged('it has no picture data')],
	['a marker without its length', Buffer.of(0xff, 0xd8, 0xff, 0xe1), damaged('it has no picture data')],
	['a length of one', Buffer.of(0xff, 0xd8, 0xff, 0xe1, 0, 1, 0, 0), damaged('it has no picture data')],
	['an end before the picture', Buffer.of(0xff, 0xd8, 0xff, 0xd9), damaged('it has no picture data')],
];

test.each(cases)('%s', async (_, bytes, [code, message]) => {
	expect(await shrink(bytes)).toEqual({ ok: false, refusal: { code, message, description: expect.any(String) } });
});

test('the most scans there may be are done', async () => {
	const few = scanAfterScan();
	const last = [...few.keys()].filter((at) => few[at] === 0xff && few[at + 1] === SOS)[100];
	expect(await shrink(Buffer.concat([few.subarray(0, last), Buffer.of(0xff, 0xd9)]))).toMatchObject({ ok: true });
});

test('fill bytes before a marker and 16-bit quantisation steps are read', async () => {
	const wide = changed(file, DQT, (body) => {
		const steps = Buffer.alloc(129, 0);
		steps[0] = 0x10 | (body[0] ?? 0);
		for (let k = 0; k < 64; k++) steps.writeUInt16BE(body[1 + k] ?? 0, 1 + 2 * k);
		return Buffer.concat([steps, body.subarray(65)]);
	});
	const filled = beforeScan(wide, Buffer.alloc(3, 0xff));
	expect(await shrink(filled)).toEqual(await shrink(file));
});

test('frames without Huffman tables mean those of the standard, as in Motion JPEG', async () => {
	expect(await shrink(without(file, DHT))).toEqual(await shrink(file));
	const grey = fixture('grey');
	expect(await shrink(without(grey, DHT))).toEqual(await shrink(grey));
});

test('where all components have one name, position counts', async () => {
	const naming = { 6: 7, 9: 7, 12: 7 };
	const together = changed(changed(file, SOS, setting({ 1: 7, 3: 7, 5: 7 })), SOF0, setting(naming));
	expect(await shrink(together)).toEqual(await shrink(file));
	// Scans of one component each come in the order of the frame.
	const apart = changed(fixture('scan-each'), SOF0, setting(naming));
	for (
		let scan = apart.indexOf(Buffer.of(0xff, SOS));
		scan >= 0;
		scan = apart.indexOf(Buffer.of(0xff, SOS), scan + 2)
	) {
		apart[scan + 5] = 7;
	}
	expect(await shrink(apart)).toEqual(await shrink(fixture('scan-each')));
});

test('bytes of FF that fill up before a zero are one of the data', async () => {
	const scan = file.indexOf(Buffer.of(0xff, SOS));
	const stuffed = file.indexOf(Buffer.of(0xff, 0), scan + 14);
	expect(stuffed).toBeGreaterThan(0);
	const filled = Buffer.concat([file.subarray(0, stuffed), Buffer.of(0xff, 0xff), file.subarray(stuffed)]);
	expect(await shrink(filled)).toEqual(await shrink(file));
});
