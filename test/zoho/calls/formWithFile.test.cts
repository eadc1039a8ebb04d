import { FormWithFile } from '../../../nodes/ZohoCrmPhoto/zoho/calls/formWithFile';
import { formSent } from '../../formSent.cts';

/** Bytes that tell their place, of more than two of the pieces in which they are handed out. */
const BYTES = Buffer.from(Array.from({ length: 2_300_001 }, (_, at) => (at * 31) % 251));
const MEBIBYTE = 1_048_576;

function formOf(bytes: Buffer, fileName = 'ada.jpg'): FormWithFile {
	return new FormWithFile('file', bytes, fileName, 'image/jpeg');
}

/** The pieces that a stream gives. */
async function pieces(form: Blob): Promise<Uint8Array[]> {
	const given: Uint8Array[] = [];
	for await (const piece of form.stream()) given.push(piece);
	return given;
}

/** What the platform's own parser finds in a form. */
async function fileIn(form: Blob): Promise<File> {
	const parts = [...(await formSent(form))];
	const file = parts[0]?.[1];
	if (parts.length !== 1 || !(file instanceof File)) throw new Error('There is not one file in the form.');
	expect(parts[0]?.[0]).toBe('file');
	return file;
}

it.each([0, 1, 200_000, MEBIBYTE, MEBIBYTE + 1, 2 * MEBIBYTE, BYTES.length])(
	'is one part with %i bytes, and has the size that it tells, each time it is sent',
	async (size) => {
		const bytes = BYTES.subarray(0, size);
		const form = formOf(bytes);
		for (let time = 0; time < 2; time++) {
			const file = await fileIn(form);
			expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
			expect([file.name, file.type]).toEqual(['ada.jpg', 'image/jpeg']);
			expect(Buffer.concat(await pieces(form))).toHaveLength(form.size);
		}
	},
);

it('goes out in one piece up to 1 MiB, so that its end waits for nothing', async () => {
	expect(await pieces(formOf(BYTES.subarray(0, MEBIBYTE)))).toHaveLength(1);
	expect(await pieces(formOf(BYTES.subarray(0, MEBIBYTE + 1)))).toHaveLength(2);
});

it('lends what lies between the ends of a larger file, without copying it', async () => {
	const given = await pieces(formOf(BYTES));
	expect(given).toHaveLength(3);
	expect(given[1]).toHaveLength(MEBIBYTE);
	expect(given[1]?.buffer).toBe(BYTES.buffer);
});

it('begins and ends as RFC 7578 has it', async () => {
	const form = formOf(Buffer.from('bytes'));
	const [, boundary] = /^multipart\/form-data; boundary=(n8n-[a-z0-9]{32})$/.exec(form.type) ?? [];
	expect(Buffer.concat(await pieces(form)).toString()).toBe(
		`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="ada.jpg"\r\n` +
			`Content-Type: image/jpeg\r\n\r\nbytes\r\n--${boundary}--\r\n`,
	);
	expect(formOf(Buffer.from('bytes')).type).not.toBe(form.type);
});

it.each(['Zoë ä.jpg', 'a "quoted" name.jpg', 'two\nlines\r\n\r\n--.jpg', "写真's; filename=x.jpg"])(
	'keeps the file name %j in its place',
	async (fileName) => {
		const form = formOf(Buffer.from('bytes'), fileName);
		const file = await fileIn(form);
		expect([file.name, await file.text()]).toEqual([fileName, 'bytes']);
	},
);

it('can be read in the other ways that a Blob can', async () => {
	const form = formOf(Buffer.from('héllo'));
	const whole = Buffer.concat(await pieces(form));
	expect(await form.text()).toBe(whole.toString('utf8'));
	expect(Buffer.from(await form.arrayBuffer()).equals(whole)).toBe(true);
	expect(await form.slice(2, 12).text()).toBe(whole.toString('utf8', 2, 12));
	expect(form.slice(0, 1, 'text/html').type).toBe('text/html');
	// n8n takes an object without a property of its own for an empty body.
	expect(Object.keys(form)).toEqual(['size']);
});

it('gives nothing any more after its release, also to who is reading', async () => {
	const form = formOf(BYTES);
	const reader = form.stream().getReader();
	expect((await reader.read()).value?.length).toBeGreaterThan(MEBIBYTE);
	form.release();
	// One piece may have been laid ready before.
	await reader.read();
	expect((await reader.read()).done).toBe(true);
	expect(await pieces(form)).toEqual([]);
});
