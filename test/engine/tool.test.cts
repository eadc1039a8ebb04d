import { corpusPhoto } from './photos.cts';
import { CORES, startStageOn, type Stage } from './stage.cts';

const TOOL = 'n8n-nodes-zoho-crm-photo.zohoCrmPhotoTool';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('The node as a tool of an AI agent, on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	/** What the agent gets when its model calls the tool with these arguments. */
	async function call(parameters: object, given: object) {
		const { nodes } = await stage.engine.run({
			workflow: {
				nodes: [
					{ name: 'Source', type: 'harness.source' },
					{ name: 'Agent', type: 'harness.agent', parameters: JSON.parse(JSON.stringify({ arguments: given })) },
					{
						name: 'Photo tool',
						type: TOOL,
						parameters: JSON.parse(JSON.stringify(parameters)),
						credentials: { zohoCrmPhotoOAuth2Api: { id: 'zoho', name: 'Zoho account' } },
					},
				],
				connections: {
					Source: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
					'Photo tool': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
				},
			},
			credentials: { zoho: stage.zoho.connect({ imageFields: true }) },
		});
		const { response, error, description } = nodes.Agent?.output[0]?.[0]?.json ?? {};
		return { response: typeof response === 'string' ? JSON.parse(response) : undefined, error, description };
	}

	const byModel = {
		module: { __rl: true, mode: 'name', value: "={{ $fromAI('module', 'API name of the module', 'string') }}" },
		recordId: { __rl: true, mode: 'id', value: "={{ $fromAI('record', 'Id of the record', 'string') }}" },
	};
	const uploadByModel = {
		...byModel,
		photoSource: 'url',
		photoUrl: "={{ $fromAI('photo', 'Address of the photo', 'string') }}",
	};

	it('puts the photo at the address that the model gives on the record that it gives', async () => {
		const record = stage.zoho.records.add('Contacts');
		const url = 'https://photos.example/ada.jpg';
		stage.zoho.sites.set(url, { body: corpusPhoto('baseline.jpg') });
		const { response, error } = await call(uploadByModel, { module: 'Contacts', record, photo: url });
		expect(error).toBeUndefined();
		expect(response).toEqual([expect.objectContaining({ code: 'SUCCESS', module: 'Contacts', recordId: record })]);
		expect(stage.zoho.photos.get('Contacts', record)?.bytes.equals(corpusPhoto('baseline.jpg'))).toBe(true);
	});

	it("takes a record's address from the model too", async () => {
		const record = stage.zoho.records.add('Leads');
		const parameters = {
			operation: 'delete',
			module: { __rl: true, mode: 'list', value: 'Leads' },
			recordId: { __rl: true, mode: 'url', value: "={{ $fromAI('record', 'Address of the record', 'string') }}" },
		};
		const { response } = await call(parameters, { record: `https://crm.zoho.com/crm/org7/tab/Leads/${record}` });
		expect(response).toEqual([expect.objectContaining({ message: 'Photo deleted', recordId: record })]);
	});

	it('puts a picture on the contact with the e-mail address that the model gives', async () => {
		const record = stage.zoho.records.add('Contacts', { fields: { Email: 'ada@example.com' } });
		const url = 'https://photos.example/ada.jpg';
		stage.zoho.sites.set(url, { body: corpusPhoto('baseline.jpg') });
		const parameters = {
			...uploadByModel,
			module: { __rl: true, mode: 'list', value: 'Contacts' },
			recordId: { __rl: true, mode: 'field', value: "={{ $fromAI('email', 'E-mail address', 'string') }}" },
		};
		const { response } = await call(parameters, { email: 'ada@example.com', photo: url });
		expect(response).toEqual([expect.objectContaining({ code: 'SUCCESS', recordId: record })]);
		const unknown = await call(parameters, { email: 'nobody@example.com', photo: url });
		expect(JSON.stringify(unknown.response ?? unknown.error)).toContain(
			"No record of Contacts has 'nobody@example.com'",
		);
		expect(stage.zoho.photos.count).toBe(1);
	});

	it('puts the image at the address that the model gives into a field, and empties the field', async () => {
		const record = stage.zoho.records.add('Leads');
		const url = 'https://photos.example/house.jpg';
		stage.zoho.sites.set(url, { body: corpusPhoto('baseline.jpg') });
		const imageField = {
			__rl: true,
			mode: 'name',
			value: "={{ $fromAI('field', 'API name of the field', 'string') }}",
		};
		const given = { module: 'Leads', record, photo: url, field: 'House_Photos' };
		const parameters = { ...uploadByModel, resource: 'imageField', imageField };
		const { response } = await call(parameters, given);
		expect(response).toEqual([
			expect.objectContaining({ code: 'SUCCESS', images: [expect.objectContaining({ fileName: 'house.jpg' })] }),
		]);
		const held = () => stage.zoho.imageFields.images('Leads', record, 'House_Photos');
		expect(held()[0]?.bytes.equals(corpusPhoto('baseline.jpg'))).toBe(true);
		const described = await call({ ...byModel, resource: 'imageField', operation: 'download', imageField }, given);
		expect(described.response).toEqual([
			expect.objectContaining({
				hasImages: true,
				message: 'The field has images, described here; the files themselves do not reach a model',
				images: [expect.objectContaining({ fileName: 'house.jpg', mimeType: 'image/jpeg' })],
			}),
		]);
		const emptied = await call({ ...byModel, resource: 'imageField', operation: 'delete', imageField }, given);
		expect(emptied.response).toEqual([expect.objectContaining({ code: 'SUCCESS', images: [] })]);
		expect(held()).toEqual([]);
	});

	it('tells the model whether a record has a photo', async () => {
		const record = stage.zoho.records.add('Leads');
		const { response } = await call({ operation: 'download', ...byModel }, { module: 'Leads', record });
		expect(response).toEqual([
			{ module: 'Leads', recordId: record, hasPhoto: false, message: 'The record has no photo' },
		]);
		const url = 'https://photos.example/ada.jpg';
		stage.zoho.sites.set(url, { body: corpusPhoto('baseline.jpg') });
		await call(uploadByModel, { module: 'Leads', record, photo: url });
		const { response: told } = await call({ operation: 'download', ...byModel }, { module: 'Leads', record });
		expect(told).toEqual([
			expect.objectContaining({
				hasPhoto: true,
				message: expect.stringContaining('the file itself does not reach a model'),
				photo: expect.objectContaining({ mimeType: 'image/jpeg', fileSize: corpusPhoto('baseline.jpg').length }),
			}),
		]);
	});

	it('says without a file that files do not reach a tool, and what to use instead', async () => {
		const record = stage.zoho.records.add('Leads');
		const { response, error } = await call({ ...byModel, photoSource: 'binary' }, { module: 'Leads', record });
		const told = JSON.stringify(response ?? error);
		expect(told).toContain('Files do not reach a node that an AI agent calls as a tool');
		expect(told).toContain("set 'Photo Source' to 'URL'");
		expect(stage.zoho.calls).toEqual([]);
	});

	it('tells the model what Zoho refuses, so that it can do better', async () => {
		const { response, error } = await call(
			{ operation: 'delete', ...byModel },
			{ module: 'Leads', record: '3000000000009' },
		);
		expect(JSON.stringify(response ?? error)).toContain('record 3000000000009');
	});

	it('refuses a record id that the model made up', async () => {
		const { response, error } = await call({ operation: 'delete', ...byModel }, { module: 'Leads', record: 'ada' });
		expect(JSON.stringify(response ?? error)).toContain("'ada' cannot be the id of a record");
		expect(stage.zoho.calls).toEqual([]);
	});

	it('has a description for the model', async () => {
		const { description } = await call({ operation: 'delete', ...byModel }, { module: 'Leads', record: '1' });
		expect(String(description)).toMatch(/photo/i);
	});
});
