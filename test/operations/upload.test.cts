import { Readable } from 'node:stream';

import { openPng } from '../../nodes/ZohoCrmPhoto/photo/decode/png/open';
import { inspectPhoto } from '../../nodes/ZohoCrmPhoto/photo/inspect';
import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { blackPng } from '../emulator/photoSamples.cts';
import { corpusPhoto, numberedPhoto } from '../engine/photos.cts';
import { differences, finished, fixture as picture, reference, samplesOf } from '../photo/decode/samples.cts';
import { execution, UPLOADED, withFile, zohoAnswer, type ExecutionSetup } from '../run/execution.cts';

/** A sound JPEG of more than 10 MiB: with a film behind its end, as phones write moving photos. */
function bulky(photo: Buffer): Buffer {
	return Buffer.concat([photo, Buffer.alloc(11 * 1024 * 1024, 0x20)]);
}

async function run(setup: ExecutionSetup) {
	const done = execution({ answer: () => UPLOADED, ...setup });
	return { ...done, output: await runItems(done.context) };
}

async function sentIn(body: unknown): Promise<{ bytes: Buffer; name: string; type: string }> {
	const file = body instanceof FormData ? body.get('file') : null;
	if (!(file instanceof File)) throw new Error('There is no file in the body');
	return { bytes: Buffer.from(await file.arrayBuffer()), name: file.name, type: file.type };
}

describe('uploadOperation', () => {
	it('sends the file as it is, and tells what was sent', async () => {
		const photo = corpusPhoto('baseline.jpg');
		const { requests, output } = await run({ items: [withFile('7', photo, 'ada.png')] });
		expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://www.zohoapis.com/crm/v8/Leads/7/photo' });
		expect(await sentIn(requests[0]?.body)).toEqual({ bytes: photo, name: 'ada.jpg', type: 'image/jpeg' });
		expect(output[0]?.json.photo).not.toHaveProperty('original');
	});

	it('names a file without a name "photo", with the extension of its bytes', async () => {
		const binary = { data: { mimeType: 'image/png', data: numberedPhoto(1).toString('base64') } };
		const { requests } = await run({ items: [{ json: { id: '7' }, binary }] });
		expect((await sentIn(requests[0]?.body)).name).toBe('photo.png');
	});

	it("sends the name of the option in place of the file's, and Zoho's workflows as told", async () => {
		const { requests } = await run({
			items: [withFile('7', numberedPhoto(1), 'own.png')],
			parameters: { options: { fileName: 'ada.gif', restrictTriggers: 'true', timeout: '5000' } },
		});
		expect((await sentIn(requests[0]?.body)).name).toBe('ada.png');
		expect(requests[0]).toMatchObject({ qs: { restrict_triggers: 'workflow' }, timeout: 5000 });
	});

	describe('makes what Zoho CRM would not take fit', () => {
		const parameters = { options: { parallelUploads: 5 } };

		it('scales a photo down, and tells what it was', async () => {
			const large = bulky(corpusPhoto('baseline.jpg'));
			const before = inspectPhoto(large);
			expect(before).toMatchObject({ ok: false, refusal: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' } });
			const { requests, output } = await run({ items: [withFile('7', large, 'ada.jpg')], parameters });
			const sent = await sentIn(requests[0]?.body);
			expect(inspectPhoto(sent.bytes)).toMatchObject({ ok: true, facts: { kind: 'jpeg' } });
			expect(output[0]?.json.photo).toEqual({
				fileName: 'ada.jpg',
				mimeType: 'image/jpeg',
				fileSize: sent.bytes.length,
				width: before.facts?.width,
				height: before.facts?.height,
				original: {
					mimeType: 'image/jpeg',
					fileSize: large.length,
					width: before.facts?.width,
					height: before.facts?.height,
				},
			});
		});

		it('leaves alone what fits', async () => {
			const photo = corpusPhoto('baseline.jpg');
			const { requests, output } = await run({ items: [withFile('7', photo)], parameters });
			expect((await sentIn(requests[0]?.body)).bytes.equals(photo)).toBe(true);
			expect(output[0]?.json.photo).not.toHaveProperty('original');
		});

		it('leaves a photo alone that lacks its end marker and no row, and does not send a torn one', async () => {
			const photo = corpusPhoto('baseline.jpg').subarray(0, -2);
			const { requests, output } = await run({ items: [withFile('7', photo)], parameters });
			expect((await sentIn(requests[0]?.body)).bytes.equals(photo)).toBe(true);
			expect(output[0]?.json.photo).not.toHaveProperty('original');
			const torn = Buffer.concat([photo.subarray(0, photo.length / 2), Buffer.of(0xff, 0xd9)]);
			const { requests: none, output: refused } = await run({ items: [withFile('7', torn)], parameters });
			expect(none).toEqual([]);
			expect(refused[0]?.json.error).toMatchObject({ code: 'CORRUPT_IMAGE' });
		});

		it('leaves out what stands before a photo, and nothing else', async () => {
			const photo = corpusPhoto('baseline.jpg');
			const file = Buffer.concat([Buffer.from('\ufeff\r\n'), photo]);
			const { requests, output } = await run({ items: [withFile('7', file)], parameters });
			expect((await sentIn(requests[0]?.body)).bytes.equals(photo)).toBe(true);
			expect(output[0]?.json.photo).toMatchObject({
				fileSize: photo.length,
				original: { mimeType: 'image/jpeg', fileSize: file.length, width: 47, height: 31 },
			});
		});

		it('turns a large PNG into a JPEG', async () => {
			const { requests, output } = await run({ items: [withFile('7', blackPng(4000, 3000), 'ada.png')], parameters });
			const sent = await sentIn(requests[0]?.body);
			expect(sent).toMatchObject({ name: 'ada.jpg', type: 'image/jpeg' });
			expect(inspectPhoto(sent.bytes)).toMatchObject({ ok: true, facts: { kind: 'jpeg', width: 3651, height: 2738 } });
			expect(output[0]?.json.photo).toMatchObject({
				mimeType: 'image/jpeg',
				original: { mimeType: 'image/png', width: 4000, height: 3000 },
			});
		});

		it('scales to the largest side', async () => {
			const { requests, output } = await run({
				items: [withFile('7', corpusPhoto('baseline.jpg'))],
				parameters: { options: { largestSide: 20 } },
			});
			const { bytes } = await sentIn(requests[0]?.body);
			expect(inspectPhoto(bytes)).toMatchObject({ ok: true, facts: { width: 20, height: 13 } });
			expect(output[0]?.json.photo).toMatchObject({ width: 20, original: { width: 47, height: 31 } });
		});

		it.each(['exif-rotated.jpg'])('removes the metadata of %s', async (name) => {
			const photo = corpusPhoto(name);
			const { requests } = await run({
				items: [withFile('7', photo)],
				parameters: { options: { removeMetadata: true } },
			});
			const { bytes } = await sentIn(requests[0]?.body);
			expect(inspectPhoto(bytes)).toMatchObject({ ok: true });
			expect(bytes.length).toBeLessThan(photo.length);
		});

		it('turns a WebP into a JPEG, and one that can be seen through into a PNG', async () => {
			const names = ['lossy-q75.webp', 'lossless-alpha-z6.webp'];
			const items = names.map((name, i) => withFile(String(i), picture('webp', name), name));
			const { requests, output } = await run({ items, parameters });
			const sent = await Promise.all(requests.map(async ({ body }) => await sentIn(body)));
			expect(sent.map(({ name, type }) => [name, type])).toEqual([
				['lossy-q75.jpg', 'image/jpeg'],
				['lossless-alpha-z6.png', 'image/png'],
			]);
			expect(output[1]?.json.photo).toMatchObject({
				width: 67,
				original: { mimeType: 'image/webp', width: 67, height: 45 },
			});
			const png = samplesOf(finished(openPng(sent[1]?.bytes ?? Buffer.alloc(0))));
			expect(differences(png, reference('webp', 'lossless-alpha-z6.webp'))).toEqual({ count: 0 });
		});

		it('refuses what is no photo as ever', async () => {
			const { output } = await run({ items: [withFile('7', Buffer.from('text'))], parameters });
			expect(output[0]?.json.error).toMatchObject({ code: 'NOT_AN_IMAGE' });
		});

		it('does not load a file that is too large to be made to fit', async () => {
			const items = [
				{ json: { id: '7' }, binary: { data: { mimeType: 'image/jpeg', data: '', id: 'filesystem-v2:x' } } },
			];
			const { output } = await run({
				items,
				parameters,
				helpers: {
					getBinaryMetadata: async () => ({ fileSize: 2 ** 31 }),
					getBinaryDataBuffer: async () => await Promise.reject(new Error('loaded')),
				},
			});
			expect(output[0]?.json.error).toMatchObject({ code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' });
		});
	});

	it('told to refuse, refuses a large JPEG by its size alone', async () => {
		const { requests, output } = await run({
			items: [withFile('7', bulky(corpusPhoto('baseline.jpg')))],
			parameters: { options: { unfitPhoto: 'refuse' } },
		});
		expect(requests).toEqual([]);
		expect(output[0]?.json.error).toMatchObject({ code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' });
	});

	it.each([
		['image/jpeg', true],
		['video/mp4', false],
	])('names the option for a file that is declared as %s and too large to be loaded: %s', async (mimeType, isNamed) => {
		const file = { mimeType, data: 'filesystem-v2', id: 'filesystem-v2:x', bytes: 12_400_000 };
		const { output } = await run({
			items: [{ json: { id: '7' }, binary: { data: file } }],
			parameters: { options: { unfitPhoto: 'refuse' } },
			helpers: { getBinaryMetadata: async () => ({ fileSize: 12_400_000 }) },
		});
		expect(JSON.stringify(output[0]?.json.error).includes('Make It Fit')).toBe(isNamed);
	});

	it('does not read the parameters of the source for a record that keeps its photo', async () => {
		const { output, requests } = await run({
			items: [{ json: { id: '7' } }],
			parameters: { options: { existingPhoto: 'keep' }, photoSource: () => Promise.reject(new Error('read')) },
			answer: () => zohoAnswer(200, { data: [{ id: '7', Record_Image: 'siwz7' }] }),
		});
		expect(output[0]?.json).toMatchObject({ code: 'SKIPPED', status: 'skipped', recordId: '7' });
		expect(requests).toHaveLength(1);
	});

	it('takes the photo from an address', async () => {
		const { requests } = await run({
			items: [{ json: { id: '7' } }],
			parameters: { photoSource: 'url', photoUrl: 'https://photos.example/ada.png' },
			helpers: {
				httpRequest: async () => ({ statusCode: 200, headers: {}, body: Readable.from([corpusPhoto('rgb.png')]) }),
			},
		});
		expect((await sentIn(requests[0]?.body)).name).toBe('ada.png');
	});

	it('refuses a source that is none', async () => {
		const { output } = await run({ items: [withFile('7', numberedPhoto(0))], parameters: { photoSource: 'toString' } });
		expect(output[0]?.json.error).toMatchObject({
			code: 'INVALID_PARAMETER',
			message: "The parameter 'Photo Source' cannot be 'toString' [item 0]",
		});
	});

	it.each([
		[7, "The parameter 'Photo URL' cannot be 7 [item 0]"],
		[null, "The parameter 'Photo URL' is empty [item 0]"],
	])('refuses the photo address %j, which is no text', async (photoUrl, message) => {
		const { output } = await run({
			items: [{ json: { id: '7' } }],
			parameters: { photoSource: 'url', photoUrl: () => photoUrl },
		});
		expect(output[0]?.json.error).toMatchObject({ message });
	});
});
