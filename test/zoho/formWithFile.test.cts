import { formWithFile } from '../../nodes/ZohoCrmPhoto/zoho/formWithFile';

/** Bytes that tell their place, of more than two of the pieces in which they are handed out. */
const BYTES = Buffer.from(Array.from({ length: 2_300_001 }, (_, at) => (at * 31) % 251));

function fileIn(form: FormData): Blob & { name: string } {
	const file = form.get('photo');
	if (file === null || typeof file === 'string') throw new Error('The form has no file.');
	return file;
}

/** The pieces that a stream gives. */
async function pieces(form: FormData): Promise<Uint8Array[]> {
	const given: Uint8Array[] = [];
	for await (const piece of fileIn(form).stream()) given.push(piece);
	return given;
}

it('gives the bytes in pieces, again and again, without copying them', async () => {
	const { form } = formWithFile('photo', BYTES, 'ada.jpg', 'image/jpeg');
	for (let time = 0; time < 2; time++) {
		const given = await pieces(form);
		expect(Buffer.concat(given).equals(BYTES)).toBe(true);
		expect(given.map(({ length }) => length)).toEqual([1_048_576, 1_048_576, 202_849]);
		expect(given.every(({ buffer }) => buffer === BYTES.buffer)).toBe(true);
	}
});

it('tells name, type and size', () => {
	const { form } = formWithFile('photo', BYTES, 'Zoë.jpg', 'image/jpeg');
	expect([...form.keys()]).toEqual(['photo']);
	expect(fileIn(form)).toMatchObject({ name: 'Zoë.jpg', type: 'image/jpeg', size: 2_300_001 });
	expect(fileIn(form)).toBeInstanceOf(File);
});

it('can be read in the other ways that a Blob can', async () => {
	const { form } = formWithFile('photo', Buffer.from('héllo'), 'a.txt', 'text/plain');
	const file = fileIn(form);
	expect(await file.text()).toBe('héllo');
	expect(Buffer.from(await file.arrayBuffer()).toString()).toBe('héllo');
	expect(await file.slice(1, 3).text()).toBe('é');
	expect(file.slice(0, 1, 'text/html').type).toBe('text/html');
});

it.each([0, 1_048_576, 1_048_577, 2_097_152])('gives %i bytes to the last one and not one more', async (size) => {
	const bytes = BYTES.subarray(0, size);
	const given = await pieces(formWithFile('photo', bytes, 'a.jpg', 'image/jpeg').form);
	expect(Buffer.concat(given).equals(bytes)).toBe(true);
	expect(given.every(({ length }) => length > 0)).toBe(true);
});

it('gives nothing any more after its release, also to who is reading', async () => {
	const { form, release } = formWithFile('photo', BYTES, 'ada.jpg', 'image/jpeg');
	const reader = fileIn(form).stream().getReader();
	expect((await reader.read()).value).toHaveLength(1_048_576);
	release();
	// One piece may have been laid ready before.
	await reader.read();
	expect((await reader.read()).done).toBe(true);
	expect(await pieces(form)).toEqual([]);
});

it('falls back on a copy where the platform does not keep the file it is given', async () => {
	const append = jest.spyOn(FormData.prototype, 'append').mockImplementation(function (this: FormData, name: string) {
		this.set(name, new Blob([]), 'other');
	});
	const { form } = formWithFile('photo', BYTES, 'ada.jpg', 'image/jpeg');
	append.mockRestore();
	expect(Buffer.from(await fileIn(form).arrayBuffer()).equals(BYTES)).toBe(true);
	expect(fileIn(form)).toMatchObject({ name: 'ada.jpg', type: 'image/jpeg' });
});
