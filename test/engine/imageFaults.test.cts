import type { FaultAnswer } from '../emulator/faults/faultAnswers.cts';
import { ImageStage, imageItem, numbered } from './imageField.cts';
import { CORES, startStageOn, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('Writing an image field when things go wrong, on n8n-core %s', (core) => {
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

	const two = { binaryPropertyName: 'front,back' };
	const files = numbered('front', 'back');
	const count = (call: string): number => images.called().filter((one) => one === call).length;
	const put = (): string => `PUT /Leads/${id}`;

	/** Zoho does the work, and nobody hears of it. */
	const unheard: Array<[string, FaultAnswer]> = [
		['the connection breaks off within the answer', { kind: 'reset', at: 'answer' }],
		[
			'a gateway answers in its place',
			{ kind: 'http', status: 502, body: '<html>Bad gateway</html>', afterWork: true },
		],
		['it says that it broke down', { kind: 'http', status: 500, body: '{"code":"INTERNAL_ERROR"}', afterWork: true }],
		['a page comes with HTTP 200', { kind: 'http', status: 200, body: '<html>hello</html>', afterWork: true }],
	];
	/** Zoho does not do the work. */
	const undone: Array<[string, FaultAnswer]> = [
		['the connection breaks off before', { kind: 'reset', at: 'before' }],
		['the connection breaks off within the call', { kind: 'reset', at: 'body' }],
		['Zoho breaks down', { kind: 'zoho', error: 'internalError' }],
		['a gateway is in the way', { kind: 'html', status: 502 }],
	];

	it.each(unheard)('%s after the write: the images are there once, and the item has gone well', async (_, answer) => {
		stage.zoho.faults.add({ when: { method: 'PUT', times: 1 }, answer });
		const { success, failure } = await images.run('upload', [imageItem(id, files)], two);
		expect(failure).toEqual([]);
		expect(images.names(id)).toEqual(['front.png', 'back.png']);
		expect(success[0]?.json).toMatchObject({
			code: 'SUCCESS',
			images: [{ fileName: 'front.png' }, { fileName: 'back.png' }],
		});
		expect([count(put()), count('POST /files')]).toEqual([1, 2]);
	});

	it.each(undone)('%s, so that nothing is written: it is written again, with the same files', async (_, answer) => {
		stage.zoho.faults.add({ when: { method: 'PUT', times: 2 }, answer });
		const { failure } = await images.run('upload', [imageItem(id, files)], two);
		expect(failure).toEqual([]);
		expect(images.names(id)).toEqual(['front.png', 'back.png']);
		expect([count(put()), count('POST /files')]).toEqual([3, 2]);
	});

	it.each([...unheard, ...undone])('replaces what was there also where %s', async (_, answer) => {
		await images.fill(id, numbered('old', 'older'));
		stage.zoho.faults.add({ when: { method: 'PUT', times: 1 }, answer });
		const parameters = { ...two, options: { existing: 'replace' } };
		const { failure } = await images.run('upload', [imageItem(id, files)], parameters);
		expect(failure).toEqual([]);
		expect(images.names(id)).toEqual(['front.png', 'back.png']);
	});

	it('writes what is missing alone, where the field holds a part of it', async () => {
		stage.zoho.faults.add({ when: { method: 'PUT', times: 1 }, answer: { kind: 'reset', at: 'answer' } });
		// Somebody deletes the first of the two before the node looks.
		stage.zoho.faults.add({ when: { method: 'GET', path: `/Leads/${id}`, nth: 2 }, answer: { kind: 'slow', ms: 1 } });
		const { zoho } = stage;
		const running = images.run('upload', [imageItem(id, files)], two);
		for (let looks = 0; looks < 600 && images.names(id).length < 2; looks++) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		const [first] = zoho.imageFields.images('Leads', id, 'House_Photos');
		const record = zoho.records.get('Leads', id);
		if (first === undefined || record === undefined) throw new Error('Nothing was stored');
		zoho.imageFields.remove(record, 'House_Photos', first.id);
		const { failure } = await running;
		expect(failure).toEqual([]);
		expect(images.names(id)).toEqual(['back.png', 'front.png']);
	});

	it('does not take an image of the same name for its own', async () => {
		await images.fill(id, numbered('front'));
		stage.zoho.faults.add({ when: { method: 'PUT', times: 1 }, answer: { kind: 'reset', at: 'before' } });
		await images.run('upload', [imageItem(id, numbered('front'))], { binaryPropertyName: 'front' });
		expect(images.names(id)).toEqual(['front.png', 'front.png']);
	});

	it('gives up after Max Retries, and says what happened and that nothing is there', async () => {
		stage.zoho.faults.add({ when: { method: 'PUT' }, answer: { kind: 'zoho', error: 'internalError' } });
		const parameters = { ...two, options: { maxRetries: 1 } };
		const { failure } = await images.run('upload', [imageItem(id, files)], parameters);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'INTERNAL_ERROR',
			message: expect.stringContaining(`change the images of record ${id} of Leads`),
			httpStatus: 500,
			attempts: 2,
		});
		expect(count(put())).toBe(2);
		expect(images.names(id)).toEqual([]);
	});

	it('says that it is not known where the field cannot be read after a lost answer', async () => {
		stage.zoho.faults.add({ when: { method: 'PUT', times: 1 }, answer: { kind: 'reset', at: 'answer' } });
		stage.zoho.faults.add({
			when: { method: 'GET', path: `/Leads/${id}`, nth: [2, 3, 4] },
			answer: { kind: 'zoho', error: 'serviceUnavailable' },
		});
		const parameters = { ...two, options: { maxRetries: 1 } };
		const { failure } = await images.run('upload', [imageItem(id, files)], parameters);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'CONNECTION_LOST',
			description: expect.stringContaining(
				`Whether the field House_Photos of record ${id} of Leads was changed is not known`,
			),
		});
		expect(count(put())).toBe(1);
	});

	it('waits out answers of 429 at every call on the way', async () => {
		for (const when of [
			{ path: '/settings/fields', times: 1 },
			{ path: '/files', times: 1 },
			{ method: 'PUT', times: 2 },
			{ method: 'GET', path: `/Leads/${id}`, times: 1 },
		]) {
			stage.zoho.faults.add({ when, answer: { kind: 'zoho', error: 'tooManyRequests' } });
		}
		const parameters = { ...two, options: { maxRetries: 0 } };
		const { failure } = await images.run('upload', [imageItem(id, files)], parameters);
		expect(failure).toEqual([]);
		expect(images.names(id)).toEqual(['front.png', 'back.png']);
		expect(stage.zoho.counters.tooManyRequests).toBe(5);
	});

	it('renews the token that runs out between the files and the write, and writes once', async () => {
		stage.zoho.tokens.expireAfterCalls(4);
		const { failure } = await images.run('upload', [imageItem(id, files)], two);
		expect(failure).toEqual([]);
		expect(images.names(id)).toEqual(['front.png', 'back.png']);
		expect(stage.zoho.tokenCalls).toHaveLength(1);
	});

	it('finds out that Zoho said SUCCESS and stored nothing', async () => {
		stage.zoho.imageFields.storesNothing = 1;
		const { success, failure } = await images.run('upload', [imageItem(id, files)], two);
		expect(success).toEqual([]);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'IMAGES_NOT_STORED',
			message: `Zoho CRM said SUCCESS, but the field House_Photos of record ${id} of Leads lacks 2 images that it was to take [item 0]`,
			httpStatus: 200,
			attempts: 1,
		});
		expect(count(put())).toBe(1);
	});

	it("explains Zoho's refusal of a field that somebody else has filled in the meantime", async () => {
		const body = {
			data: [{ code: 'LIMIT_EXCEEDED', details: { api_name: 'House_Photos' }, message: 'limit', status: 'error' }],
		};
		stage.zoho.faults.add({ when: { method: 'PUT' }, answer: { kind: 'http', status: 400, body } });
		const { failure } = await images.run('upload', [imageItem(id, files)], two);
		expect(failure[0]?.json.error).toMatchObject({
			code: 'LIMIT_EXCEEDED',
			message: `The field House_Photos of record ${id} of Leads does not hold so many images [item 0]`,
			attempts: 1,
		});
		expect(count(put())).toBe(1);
	});

	it.each(['locked', 'noPermission', 'notApproved'] as const)(
		'does not try a record again that is "%s"',
		async (name) => {
			stage.zoho.records.setCondition('Leads', id, name);
			const { failure } = await images.run('upload', [imageItem(id, files)], two);
			expect(failure[0]?.json.error).toMatchObject({ recordId: id, httpStatus: expect.any(Number), attempts: 1 });
			expect(count(put())).toBe(1);
		},
	);

	it('keeps files and fields apart in a storm over many records', async () => {
		const ids = stage.zoho.records.addMany('Leads', 12);
		stage.zoho.faults.add({
			when: { share: 0.3, seed: 7 },
			answer: [
				{ kind: 'zoho', error: 'tooManyRequests' },
				{ kind: 'zoho', error: 'internalError' },
				{ kind: 'html', status: 502 },
				{ kind: 'reset', at: 'before' },
				{ kind: 'reset', at: 'body' },
				{ kind: 'reset', at: 'answer' },
			],
		});
		const { success, failure } = await images.run(
			'upload',
			ids.map((one) => imageItem(one, files)),
			{ ...two, options: { maxRetries: 10 } },
		);
		expect(failure).toEqual([]);
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		expect(ids.map((one) => images.names(one))).toEqual(ids.map(() => ['front.png', 'back.png']));
	});
});
