import { ImageStage, imageItem, numbered } from './imageField.cts';
import { CORES, startStageOn, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('Download Images and Delete Images, on n8n-core %s', (core) => {
	let stage: Stage;
	let images: ImageStage;
	let id: string;
	const files = numbered('front', 'back', 'garden');

	beforeAll(async () => {
		stage = await startStageOn(core);
		images = new ImageStage(stage);
	}, 180_000);
	beforeEach(async () => {
		stage.zoho.reset();
		id = stage.zoho.records.add('Leads');
		await images.fill(id, files);
	});
	afterAll(async () => await stage.close());

	const numbers = (imageNumbers: unknown) => ({ whichImages: 'numbers', imageNumbers });
	/** A credential without the switch: reading takes no more than for photos. */
	const least = () => ({ credential: stage.zoho.connect() });

	it('downloads all images into data, data_1 and so on, without further scopes', async () => {
		const { success, failure } = await images.run('download', [{ json: { id } }], {}, {}, least());
		expect(failure).toEqual([]);
		const [item] = success;
		expect(Object.keys(item?.binary ?? {})).toEqual(['data', 'data_1', 'data_2']);
		expect(Object.values(item?.binary ?? {}).map(({ data }) => data)).toEqual(Object.values(files));
		expect(item?.binary?.data_1).toMatchObject({ fileName: 'back.png', mimeType: 'image/png' });
		expect(item?.json).toEqual({
			module: 'Leads',
			recordId: id,
			imageField: 'House_Photos',
			hasImages: true,
			images: Object.entries(files).map(([name, { length }], n) => ({
				id: expect.stringMatching(/^\d+$/),
				...{ fileName: `${name}.png`, mimeType: 'image/png', fileSize: length, width: n + 2, height: 2 },
				sequenceNumber: n + 1,
				binaryField: n === 0 ? 'data' : `data_${n}`,
			})),
		});
	});

	it.each(['3, 1', [1, 3], ' 1 ,3,3'])('downloads the images of the numbers %j, in their order', async (given) => {
		const parameters = { ...numbers(given), binaryPropertyName: 'house' };
		const { success } = await images.run('download', [{ json: { id } }], parameters);
		const { binary } = success[0] ?? {};
		expect(Object.entries(binary ?? {}).map(([field, { data }]) => [field, data])).toEqual([
			['house', files.front],
			['house_1', files.garden],
		]);
	});

	it('gives no file and no failure for a field without images', async () => {
		const empty = stage.zoho.records.add('Leads');
		for (const parameters of [{}, numbers('1')]) {
			const { success } = await images.run('download', [{ json: { id: empty } }], parameters);
			expect(success[0]?.binary).toBeUndefined();
			expect(success[0]?.json).toEqual({
				...{ module: 'Leads', recordId: empty, imageField: 'House_Photos', hasImages: false, images: [] },
			});
		}
	});

	it('deletes all images, tells what went, and starts no workflows where these are skipped', async () => {
		const fired = stage.zoho.records.get('Leads', id)?.workflowsFired;
		const { success } = await images.run('delete', [{ json: { id } }], { options: { restrictTriggers: true } });
		expect(images.names(id)).toEqual([]);
		expect(success[0]?.json).toMatchObject({
			code: 'SUCCESS',
			imageField: 'House_Photos',
			deleted: [{ fileName: 'front.png' }, { fileName: 'back.png' }, { fileName: 'garden.png' }],
			images: [],
		});
		expect(stage.zoho.records.get('Leads', id)?.workflowsFired).toBe(fired);
		expect(images.called()).toEqual([`GET /Leads/${id}`, `PUT /Leads/${id}`, `GET /Leads/${id}`]);
	});

	it('deletes the images of some numbers', async () => {
		const { success } = await images.run('delete', [{ json: { id } }], numbers('2'));
		expect(images.names(id)).toEqual(['front.png', 'garden.png']);
		expect(success[0]?.json).toMatchObject({
			deleted: [{ fileName: 'back.png', sequenceNumber: 2 }],
			images: [{ fileName: 'front.png' }, { fileName: 'garden.png' }],
		});
	});

	it('takes a field without images for one that is empty already', async () => {
		const empty = stage.zoho.records.add('Leads');
		const { success } = await images.run('delete', [{ json: { id: empty } }], {}, {}, least());
		expect(success[0]?.json).toMatchObject({ code: 'SKIPPED', deleted: [], images: [], recordId: empty });
	});

	it.each(['', ' , ', '0', 'two', '1.5', '-1', null, '1;2'])('deletes nothing for the numbers %j', async (given) => {
		const parameters = numbers('={{ $json.numbers }}');
		const { failure } = await images.run('delete', [{ json: { id, numbers: given } }], parameters);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'INVALID_PARAMETER',
			message: expect.stringContaining("The parameter 'Image Numbers' cannot be"),
		});
		expect(images.names(id)).toHaveLength(3);
		expect(stage.zoho.calls).toEqual([]);
	});

	it('names the numbers that the field has where one is asked for that it has not', async () => {
		const { failure } = await images.run('delete', [{ json: { id } }], numbers('2,7,9'));
		expect(failure[0]?.json.error).toMatchObject({
			code: 'IMAGE_NOT_FOUND',
			message: `The field House_Photos of record ${id} of Leads has no image 7, 9 [item 0]`,
			description: expect.stringContaining('1, 2, 3'),
		});
		expect(images.names(id)).toHaveLength(3);
	});

	it.each([
		{ kind: 'reset', at: 'answer' },
		{ kind: 'reset', at: 'before' },
	] as const)('deletes what was to go and no more where the connection breaks off: %j', async (answer) => {
		stage.zoho.faults.add({ when: { method: 'PUT', times: 1 }, answer });
		const { failure } = await images.run('delete', [{ json: { id } }], numbers('1,3'));
		expect(failure).toEqual([]);
		expect(images.names(id)).toEqual(['back.png']);
	});

	it('finds out that Zoho said SUCCESS and deleted nothing', async () => {
		stage.zoho.imageFields.storesNothing = 1;
		const { failure } = await images.run('delete', [{ json: { id } }], numbers('1'));
		expect(failure[0]?.json.error).toMatchObject({
			code: 'IMAGES_NOT_STORED',
			message: expect.stringContaining('still holds 1 image that was to go'),
		});
	});

	it('names the switch where the credential may not change records', async () => {
		const { failure } = await images.run('delete', [{ json: { id } }], {}, {}, least());
		expect(failure[0]?.json.error).toMatchObject({
			code: 'OAUTH_SCOPE_MISMATCH',
			message: expect.stringContaining('ZohoCRM.modules.leads.UPDATE'),
			description: expect.stringContaining("turn the switch 'Image Fields' on"),
		});
	});

	it.each([
		['Email', 'The field Email of Leads holds no images'],
		['Nothing', `shows no image field Nothing`],
	])('explains that %s is no image field that the record shows', async (value, message) => {
		const parameters = { imageField: { __rl: true, mode: 'name', value } };
		const { failure } = await images.run('download', [{ json: { id } }], parameters);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'IMAGE_FIELD_NOT_FOUND',
			message: expect.stringContaining(message),
		});
	});

	it('lets what was downloaded go into the field of another record', async () => {
		const other = stage.zoho.records.add('Leads');
		const { success } = await images.run('download', [{ json: { id } }]);
		const binary = Object.entries(success[0]?.binary ?? {});
		const copy = Object.fromEntries(binary.map(([field, { data }]) => [field, data]));
		await images.run('upload', [imageItem(other, copy)], { binaryPropertyName: Object.keys(copy).join(',') });
		const held = stage.zoho.imageFields.images('Leads', other, 'House_Photos');
		expect(held.map(({ bytes }) => bytes)).toEqual(Object.values(files));
	});
});
