import { ImageStage, imageItem, numbered } from './imageField.cts';
import { corpusPhoto, numberedPhoto, otherFile } from './photos.cts';
import { CORES, startStageOn, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('Upload Images, on n8n-core %s', (core) => {
	let stage: Stage;
	let images: ImageStage;
	let id: string;

	beforeAll(async () => {
		stage = await startStageOn(core);
		images = new ImageStage(stage);
	}, 180_000);
	beforeEach(() => {
		stage.zoho.reset();
		id = stage.zoho.records.add('Leads');
	});
	afterAll(async () => await stage.close());

	const three = { binaryPropertyName: 'front, back,garden' };
	const held = () => stage.zoho.imageFields.images('Leads', id, 'House_Photos');

	it('puts the files of several binary fields into the field in one update, and tells what it holds then', async () => {
		const files = numbered('front', 'back', 'garden');
		const { success, failure } = await images.run('upload', [imageItem(id, files)], three);
		expect(failure).toEqual([]);
		expect(held().map(({ bytes }) => bytes)).toEqual(Object.values(files));
		expect(success).toEqual([
			{
				json: {
					code: 'SUCCESS',
					details: expect.objectContaining({ id }),
					message: 'record updated',
					status: 'success',
					module: 'Leads',
					recordId: id,
					imageField: 'House_Photos',
					uploaded: Object.entries(files).map(([name, { length }], n) => ({
						...{ fileName: `${name}.png`, mimeType: 'image/png', fileSize: length, width: n + 2, height: 2 },
					})),
					images: held().map(({ id: imageId, fileName, size }, n) => ({
						...{ id: imageId, fileName, fileSize: size, sequenceNumber: n + 1 },
					})),
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(images.called()).toEqual([
			'GET /settings/fields',
			`GET /Leads/${id}`,
			...Array<string>(3).fill('POST /files'),
			`PUT /Leads/${id}`,
			`GET /Leads/${id}`,
		]);
	});

	it('asks for the fields of a module once in a run', async () => {
		const ids = stage.zoho.records.addMany('Leads', 8);
		const { success } = await images.run(
			'upload',
			ids.map((one) => imageItem(one, numbered('data'))),
		);
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		expect(images.called().filter((call) => call === 'GET /settings/fields')).toHaveLength(1);
		expect(ids.map((one) => images.names(one))).toEqual(ids.map(() => ['data.png']));
	});

	it('makes fit what Zoho would not take, as for photos', async () => {
		const files = { data: otherFile('lossy.webp') };
		const { success } = await images.run('upload', [imageItem(id, files)], { options: { fileName: 'house.webp' } });
		expect(success[0]?.json.uploaded).toMatchObject([
			{ fileName: 'house.jpg', mimeType: 'image/jpeg', original: { mimeType: 'image/webp' } },
		]);
		expect(held()[0]).toMatchObject({ fileName: 'house.jpg', mimeType: 'image/jpeg' });
	});

	it('fetches the image behind a URL', async () => {
		stage.zoho.sites.set('https://houses.example/front.jpg', { body: corpusPhoto('baseline.jpg') });
		const parameters = { photoSource: 'url', photoUrl: 'https://houses.example/front.jpg' };
		const { failure } = await images.run('upload', [{ json: { id } }], parameters);
		expect(failure).toEqual([]);
		expect(held()[0]?.bytes.equals(corpusPhoto('baseline.jpg'))).toBe(true);
		expect(images.names(id)).toEqual(['front.jpg']);
	});

	it('gives the files of one item different names under the option File Name', async () => {
		const parameters = { ...three, options: { fileName: 'house.png' } };
		await images.run('upload', [imageItem(id, numbered('front', 'back', 'garden'))], parameters);
		expect(images.names(id)).toEqual(['house.png', 'house-2.png', 'house-3.png']);
	});

	it.each([
		['add', ['old.png', 'new.png'], 'SUCCESS'],
		['replace', ['new.png'], 'SUCCESS'],
		['keep', ['old.png'], 'SKIPPED'],
	])('with images in the field and the option set to %s leaves %j', async (existing, names, code) => {
		await images.fill(id, numbered('old'));
		const parameters = { binaryPropertyName: 'new', options: { existing } };
		const { success } = await images.run('upload', [imageItem(id, numbered('new'))], parameters);
		expect(images.names(id)).toEqual(names);
		expect(success[0]?.json).toMatchObject({ code, images: names.map((fileName) => ({ fileName })) });
		expect(images.called().filter((call) => call === 'POST /files')).toHaveLength(code === 'SKIPPED' ? 0 : 1);
	});

	it('works on the same field of the same record one after another', async () => {
		const items = Array.from({ length: 6 }, (_, n) => imageItem(id, { data: numberedPhoto(n) }));
		const { success } = await images.run('upload', items, { options: { fileName: '', parallelUploads: 5 } });
		expect(success.map(({ json }) => (Array.isArray(json.images) ? json.images.length : 0))).toEqual([
			1, 2, 3, 4, 5, 6,
		]);
		expect(held().map(({ bytes }) => bytes)).toEqual(items.map((_, n) => numberedPhoto(n)));
	});

	it('starts no workflows with the option Skip Workflow Triggers', async () => {
		const fired = () => stage.zoho.records.get('Leads', id)?.workflowsFired;
		await images.run('upload', [imageItem(id, numbered('data'))], { options: { restrictTriggers: true } });
		expect(fired()).toBe(0);
		await images.run('upload', [imageItem(id, numbered('data'))]);
		expect(fired()).toBe(1);
	});

	describe('tells before anything is sent', () => {
		const sent = () => images.called().filter((call) => !call.startsWith('GET'));
		const door = { imageField: { __rl: true, mode: 'name', value: 'Door_Photos' } };

		it('that the item has more images than the field holds', async () => {
			const parameters = { ...door, binaryPropertyName: 'a,b,c,d' };
			const { failure } = await images.run('upload', [imageItem(id, numbered('a', 'b', 'c', 'd'))], parameters);
			expect(failure[0]?.json.error).toEqual({
				code: 'LIMIT_EXCEEDED',
				message: 'The field Door_Photos of Leads holds at most 3 images; this item has 4 [item 0]',
				description: expect.stringContaining("Give at most 3 images in 'Input Binary Fields'"),
				module: 'Leads',
				recordId: id,
			});
			expect(sent()).toEqual([]);
		});

		it('that the field is full', async () => {
			await images.run('upload', [imageItem(id, numbered('a', 'b'))], { ...door, binaryPropertyName: 'a,b' });
			stage.zoho.clearLog();
			const two = [imageItem(id, numbered('a', 'b'))];
			const full = await images.run('upload', two, { ...door, binaryPropertyName: 'a,b' });
			expect(full.failure[0]?.json.error).toMatchObject({
				code: 'LIMIT_EXCEEDED',
				message: `The field Door_Photos of Leads holds at most 3 images; this item has 2, and record ${id} holds 2 already [item 0]`,
				description: expect.stringContaining("'If the Field Has Images' to Replace or Keep"),
			});
			expect(sent()).toEqual([]);
			const options = { existing: 'replace' };
			const { failure } = await images.run('upload', two, { ...door, binaryPropertyName: 'a,b', options });
			expect(failure).toEqual([]);
			expect(images.names(id, 'Door_Photos')).toEqual(['a.png', 'b.png']);
		});

		it('which of three files is no picture, and the record stays as it was', async () => {
			const files = { ...numbered('front', 'back'), garden: Buffer.from('<html>not found</html>') };
			const other = stage.zoho.records.add('Leads');
			const { success, failure } = await images.run(
				'upload',
				[imageItem(id, files), imageItem(other, numbered('front', 'back', 'garden'))],
				three,
			);
			expect(failure[0]?.json.error).toMatchObject({
				code: 'NOT_AN_IMAGE',
				message: expect.stringMatching(/^Binary field 'garden' \('garden\.png'\): .*\[item 0\]$/),
				recordId: id,
			});
			expect(held()).toEqual([]);
			expect(success.map(({ json }) => json.recordId)).toEqual([other]);
			expect(sent()).toHaveLength(4);
		});

		it('that the item has no such file, and which it has', async () => {
			const { failure } = await images.run('upload', [imageItem(id, numbered('front', 'back'))], three);
			expect(failure[0]?.json.error).toMatchObject({
				code: 'BINARY_NOT_FOUND',
				description: expect.stringContaining('front, back'),
			});
			expect(sent()).toEqual([]);
		});

		it.each([
			['No_Such_Field', 'The module Leads has no image field with the API name No_Such_Field'],
			['Email', 'The module Leads has no image field with the API name Email'],
			['Photos of the house', "'Photos of the house' cannot be the API name of a field"],
			['', "The parameter 'Image Field' is empty"],
		])('that there is no image field %j', async (value, message) => {
			const item = imageItem(id, numbered('data'));
			const parameters = { imageField: { __rl: true, mode: 'name', value: '={{ $json.field }}' } };
			const { failure } = await images.run('upload', [{ ...item, json: { id, field: value } }], parameters);
			expect(failure[0]?.json.error).toMatchObject({
				code: 'IMAGE_FIELD_NOT_FOUND',
				message: `${message} [item 0]`,
				description: expect.stringContaining('House_Photos'),
			});
			expect(sent()).toEqual([]);
		});
	});

	it('names the switch where the credential lacks the scopes, and asks once', async () => {
		const ids = stage.zoho.records.addMany('Leads', 4);
		const { failure } = await images.run(
			'upload',
			ids.map((one) => imageItem(one, numbered('data'))),
			{},
			{},
			{ credential: stage.zoho.connect() },
		);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'OAUTH_SCOPE_MISMATCH',
			message: expect.stringContaining('ZohoCRM.settings.fields.READ'),
			description: expect.stringContaining("turn the switch 'Image Fields' on"),
		});
		expect(failure.slice(1).map(({ json }) => Object(json.error).code)).toEqual(Array<string>(3).fill('NOT_ATTEMPTED'));
		expect(stage.zoho.calls.length).toBeLessThanOrEqual(2);
	});

	it.each([
		['ZohoCRM.files.CREATE', 'ZohoCRM.modules.UPDATE'],
		['ZohoCRM.modules.leads.UPDATE', 'ZohoCRM.files.CREATE'],
	])('names the scope %s where it is the one that lacks', async (lacking, granted) => {
		const scopes = `ZohoCRM.modules.READ,ZohoCRM.settings.fields.READ,${granted}`;
		const credential = stage.zoho.connect({ scopes });
		const { failure } = await images.run('upload', [imageItem(id, numbered('data'))], {}, {}, { credential });
		expect(failure[0]?.json.error).toMatchObject({
			code: 'OAUTH_SCOPE_MISMATCH',
			message: expect.stringContaining(lacking),
			description: expect.stringContaining("'Image Fields'"),
		});
		expect(held()).toEqual([]);
	});

	it('says that the record is not there', async () => {
		const { failure } = await images.run('upload', [imageItem('3409643000000000009', numbered('data'))]);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'INVALID_DATA',
			message: 'Zoho CRM did not find record 3409643000000000009 of Leads [item 0]',
		});
	});

	it('sends nothing more of a node that is set to stop after its first failure', async () => {
		const items = [imageItem(id, { data: Buffer.alloc(0) }), imageItem(id, numbered('data'))];
		const run = await images.run('upload', items, {}, { onError: 'stopWorkflow' });
		expect(run.error?.message).toContain('empty');
		expect(held()).toEqual([]);
	});
});
