import { blackBmp } from '../emulator/photoSamples.cts';
import type { RunResult } from './harness/engine.cts';
import { corpusPhoto, numberedPhoto, photoItem } from './photos.cts';
import { byItem, CORES, startStageOn, type Stage } from './stage.cts';

/** The look of Zoho's tokens. */
const TOKEN = /1000\.[0-9a-f]{32}\.[0-9a-f]{32}/;

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('Upload Photo on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	/** A new lead in the org of the default connection. */
	const lead = (): string => stage.zoho.records.add('Leads');
	const stored = (id: string, module = 'Leads') => stage.zoho.photos.get(module, id);

	it('puts a photo on the record byte for byte, and gives one paired result', async () => {
		const id = lead();
		const bytes = corpusPhoto('baseline.jpg');
		const { status, success, node } = await stage.run([photoItem(id, bytes, 'ada.jpg')]);
		expect(status).toBe('success');
		expect(stored(id)?.bytes.equals(bytes)).toBe(true);
		expect(stored(id)).toMatchObject({ fileName: 'ada.jpg', mimeType: 'image/jpeg', uploads: 1 });
		const { width, height } = stored(id) ?? {};
		expect(success).toEqual([
			{
				json: {
					module: 'Leads',
					recordId: id,
					photo: { fileName: 'ada.jpg', mimeType: 'image/jpeg', fileSize: bytes.length, width, height },
					code: 'SUCCESS',
					message: 'photo uploaded successfully',
					status: 'success',
				},
				pairedItem: { item: 0 },
			},
		]);
		const keys = ['module', 'recordId', 'photo', 'code', 'message', 'status'];
		expect(Object.keys(success[0]?.json ?? {})).toEqual(keys);
		expect(node.hints).toEqual([]);
		expect(stage.zoho.calls).toHaveLength(1);
		expect(stage.zoho.tokenCalls).toEqual([]);
	});

	it('sends one part named "file" with the file\'s name and type, its length told, signed as Bearer', async () => {
		const id = lead();
		await stage.run([photoItem(id, corpusPhoto('rgb.png'), 'ada.png')]);
		const [call] = stage.zoho.calls;
		expect(call).toMatchObject({ method: 'POST', path: `/crm/v8/Leads/${id}/photo`, query: {}, authScheme: 'Bearer' });
		expect(call?.parts).toEqual([
			expect.objectContaining({ name: 'file', fileName: 'ada.png', contentType: 'image/png' }),
		]);
		expect(call?.transferEncoding).toBeUndefined();
		expect(Number(call?.contentLength)).toBeGreaterThan(corpusPhoto('rgb.png').length);
	});

	it('renews an expired token once, and the photo arrives once', async () => {
		const id = lead();
		const bytes = corpusPhoto('progressive.jpg');
		const { status, tokenUpdates } = await stage.run(
			[photoItem(id, bytes)],
			{},
			{
				credential: stage.zoho.connect({ expired: true }),
			},
		);
		expect(status).toBe('success');
		expect(tokenUpdates).toBe(1);
		expect(stage.zoho.tokenCalls.map(({ grantType, outcome }) => [grantType, outcome])).toEqual([
			['refresh_token', 'ok'],
		]);
		expect(stage.zoho.calls.map(({ status: http, tokenGeneration }) => [http, tokenGeneration])).toEqual([
			[401, 1],
			[200, 2],
		]);
		expect(stored(id)).toMatchObject({ uploads: 1 });
		expect(stored(id)?.bytes.equals(bytes)).toBe(true);
	});

	it('renews once for fifty photos when the token runs out in the middle of the run', async () => {
		const ids = stage.zoho.records.addMany('Leads', 50);
		const credential = stage.zoho.connect();
		stage.zoho.tokens.expireAfterCalls(20);
		const { status, success } = await stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			{},
			{ credential },
		);
		expect(status).toBe('success');
		expect(success.map(({ json }) => json.recordId)).toEqual(ids);
		expect(stage.zoho.tokenCalls).toHaveLength(1);
		ids.forEach((id, n) => expect(stored(id)?.bytes.equals(numberedPhoto(n))).toBe(true));
	});

	it.each([
		['rgb.png', 'image/png'],
		['cmyk.jpg', 'image/jpeg'],
		['animated.gif', 'image/gif'],
		['v4-32bit.bmp', 'image/bmp'],
	])('takes %s', async (name, mimeType) => {
		const id = lead();
		const { success } = await stage.run([photoItem(id, corpusPhoto(name), name)]);
		expect(stored(id)?.bytes.equals(corpusPhoto(name))).toBe(true);
		expect(success[0]?.json.photo).toMatchObject({ fileName: name, mimeType });
		expect(stage.zoho.calls[0]?.parts[0]?.contentType).toBe(mimeType);
	});

	it('takes a photo of nearly ten megabytes', async () => {
		const id = lead();
		const bytes = blackBmp(1850, 1860);
		expect(bytes.length).toBeGreaterThan(10_000_000);
		expect((await stage.run([photoItem(id, bytes, 'large.bmp')])).status).toBe('success');
		expect(stored(id)?.bytes.equals(bytes)).toBe(true);
	});

	it.each([
		['Zoë Müller.png', 'Zoë Müller.png'],
		['山田 太郎.png', '山田 太郎.png'],
		['👩‍🚀.png', '👩‍🚀.png'],
		['../../etc/passwd', 'passwd.png'],
		['a"b\r\nX-Evil: 1.png', 'a_bX-Evil_ 1.png'],
		['photo.exe', 'photo.png'],
		['.png', 'photo.png'],
		[`${'x'.repeat(300)}.png`, `${'x'.repeat(96)}.png`],
	])('sends the file name %j as %j', async (given, sent) => {
		const id = lead();
		const { success } = await stage.run([photoItem(id, numberedPhoto(1), given)]);
		expect(stored(id)?.fileName).toBe(sent);
		expect(success[0]?.json.photo).toMatchObject({ fileName: sent });
	});

	it("sends the name of the option instead of the file's, with the extension of the bytes", async () => {
		const ids = [lead(), lead()];
		const items = ids.map((id, n) => photoItem(id, numberedPhoto(n), 'own.png', { name: ['ada', 'grace.jpeg'][n] }));
		await stage.run(items, { parameters: byItem({ options: { fileName: '={{ $json.name }}' } }) });
		expect(ids.map((id) => stored(id)?.fileName)).toEqual(['ada.png', 'grace.png']);
	});

	it.each([
		['a wrong type and extension', { fileName: 'ada.webp', mimeType: 'image/webp' }, 'ada.jpg'],
		['octet-stream without a name', { mimeType: 'application/octet-stream' }, 'photo.jpg'],
		['text', { fileName: 'ada.txt', mimeType: 'text/plain' }, 'ada.jpg'],
	])('goes by the bytes where a file is declared as %s', async (_, declared, fileName) => {
		const id = lead();
		const data = corpusPhoto('baseline.jpg');
		const { success } = await stage.run([{ json: { id }, binary: { data: { data, ...declared } } }]);
		expect(stage.zoho.calls[0]?.parts[0]).toMatchObject({ fileName, contentType: 'image/jpeg' });
		expect(success[0]?.json.photo).toMatchObject({ fileName, mimeType: 'image/jpeg' });
	});

	it('keeps Zoho from starting workflows when told so, also by the text "true", and not by "false"', async () => {
		const ids = [lead(), lead(), lead()];
		const items = ids.map((id, n) => photoItem(id, numberedPhoto(n), 'a.png', { skip: [true, 'true', 'false'][n] }));
		await stage.run(items, { parameters: byItem({ options: { restrictTriggers: '={{ $json.skip }}' } }) });
		const queries = ids.map((id) => stage.zoho.calls.find(({ recordId }) => recordId === id)?.query);
		expect(queries).toEqual([{ restrict_triggers: 'workflow' }, { restrict_triggers: 'workflow' }, {}]);
		expect(ids.map((id) => stage.zoho.records.get('Leads', id)?.workflowsFired)).toEqual([0, 0, 1]);
	});

	it('calls the version of the API that is asked for', async () => {
		const versions = ['v2', 'v2.1', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8'];
		const ids = versions.map(lead);
		const items = ids.map((id, n) => photoItem(id, numberedPhoto(n), 'a.png', { version: versions[n] }));
		const parameters = byItem({ options: { apiVersion: '={{ $json.version }}' } });
		const { status } = await stage.run(items, { parameters });
		expect(status).toBe('success');
		expect(stage.zoho.calls.map(({ path }) => path).sort()).toEqual(
			ids.map((id, n) => `/crm/${versions[n]}/Leads/${id}/photo`).sort(),
		);
	});

	it('takes module, record and field of each item from its expressions', async () => {
		const { zoho } = stage;
		const targets = ['Leads', 'Contacts', 'Pets', 'Deals'].map((module) => ({ module, id: zoho.records.add(module) }));
		const items = targets.map(({ module, id }, n) => ({
			json: { module, record: { id }, field: `field${n}` },
			binary: {
				[`field${n}`]: { data: numberedPhoto(n), fileName: 'right.png' },
				other: { data: numberedPhoto(99), fileName: 'wrong.png' },
			},
		}));
		const { success } = await stage.run(items, {
			parameters: {
				module: { __rl: true, mode: 'name', value: '={{ $json.module }}' },
				recordId: { __rl: true, mode: 'id', value: '={{ $json.record.id }}' },
				binaryPropertyName: '={{ $json.field }}',
			},
		});
		expect(success.map(({ json }) => [json.module, json.recordId])).toEqual(
			targets.map(({ module, id }) => [module, id]),
		);
		targets.forEach(({ module, id }, n) => expect(stored(id, module)?.bytes.equals(numberedPhoto(n))).toBe(true));
	});

	it('takes the file itself from an expression', async () => {
		const id = lead();
		const parameters = byItem({ binaryPropertyName: '={{ $binary.data }}' });
		const { status } = await stage.run([photoItem(id, numberedPhoto(7))], { parameters });
		expect(status).toBe('success');
		expect(stored(id)?.bytes.equals(numberedPhoto(7))).toBe(true);
	});

	describe('of files as other nodes leave them', () => {
		const photo = numberedPhoto(5);
		const base64 = photo.toString('base64');

		it.each([
			['without a type', { data: base64 }, 'photo.png'],
			['with a number for a name and an untrue size', { data: base64, fileName: 7, bytes: 1e12 }, '7.png'],
			['with a data URL in front', { data: `data:image/png;base64,${base64}`, fileName: 'ada.png' }, 'ada.png'],
			['with a type that is untrue', { data: base64, mimeType: 'video/mp4', fileName: 'ada.mp4' }, 'ada.png'],
		])('in memory %s', async (_, file, fileName) => {
			const id = lead();
			const { success } = await stage.run([{ json: { id }, rawBinary: { data: file } }]);
			expect(stored(id)?.bytes.equals(photo)).toBe(true);
			expect(success[0]?.json.photo).toMatchObject({ fileName, mimeType: 'image/png', fileSize: photo.length });
		});

		it('stored with the front of a data URL decoded, as Convert to File does it', async () => {
			const id = lead();
			const decoded = Buffer.from(`data:image/png;base64,${base64}`, 'base64');
			await stage.run([{ json: { id }, binary: { data: { data: decoded } } }]);
			expect(stored(id)?.bytes.equals(photo)).toBe(true);
		});

		it('in a field of another name: the one picture of the item, told in the result', async () => {
			const id = lead();
			const binary = {
				attachment_0: { data: Buffer.from('%PDF-1.7 x'), fileName: 'offer.pdf' },
				attachment_1: { data: photo, fileName: 'ada.bin', mimeType: 'application/octet-stream' },
			};
			const { success } = await stage.run([{ json: { id }, binary }]);
			expect(stored(id)?.bytes.equals(photo)).toBe(true);
			expect(success[0]?.json.photo).toMatchObject({ fileName: 'ada.png', binaryField: 'attachment_1' });
		});

		it('in two fields: neither is taken, both are named', async () => {
			const id = lead();
			const binary = { front: { data: photo }, back: { data: numberedPhoto(6) }, data2: { data: Buffer.from('text') } };
			const { failure } = await stage.run([{ json: { id }, binary }], { onError: 'continueErrorOutput' });
			expect(failure[0]?.json.error).toMatchObject({
				code: 'BINARY_NOT_FOUND',
				message: "The item has no binary field 'data', and 2 others hold a picture: front, back [item 0]",
				recordId: id,
			});
			expect(stage.zoho.calls).toEqual([]);
		});
	});

	// The setting is one of n8n 2.x, after 2.0.
	if (core === 'root') {
		describe('with the workflow setting binaryMode "combined"', () => {
			it.each(['data', '_files.data', '={{ $json._files.data }}'])(
				'finds the file by %j',
				async (binaryPropertyName) => {
					const id = lead();
					const { status } = await stage.run([photoItem(id, numberedPhoto(3), 'ada.png')], {
						parameters: byItem({ binaryPropertyName }),
						settings: { binaryMode: 'combined' },
					});
					expect(status).toBe('success');
					expect(stored(id)?.bytes.equals(numberedPhoto(3))).toBe(true);
					expect(stored(id)?.fileName).toBe('ada.png');
				},
			);

			it('names the paths there are where the one asked for is not', async () => {
				const { failure } = await stage.run([photoItem(lead())], {
					parameters: byItem({ binaryPropertyName: 'portrait' }),
					settings: { binaryMode: 'combined' },
					onError: 'continueErrorOutput',
				});
				expect(failure[0]?.json.error).toMatchObject({
					code: 'BINARY_NOT_FOUND',
					description: expect.stringContaining('_files.data'),
				});
			});
		});
	}

	it.each(['sandbox', 'developer'] as const)('sends to the %s of the org that was connected', async (environment) => {
		const id = stage.zoho.records.add('Leads', { environment });
		const credential = stage.zoho.connect({ environment });
		expect((await stage.run([photoItem(id)], {}, { credential })).status).toBe('success');
		expect(stage.zoho.calls.map(({ host }) => host)).toEqual([`${environment}.zohoapis.com`]);
		expect(stored(id)?.uploads).toBe(1);
	});

	it('keeps two data centers apart, in runs at the same time, each renewing at its own accounts server', async () => {
		const runs = ['eu', 'ca'].map(async (dataCenter) => {
			const id = stage.zoho.records.add('Leads', { dataCenter });
			const credential = stage.zoho.connect({ dataCenter, expired: true });
			const more = { credentials: { [dataCenter]: credential } };
			const { status } = await runWith(dataCenter, id, more);
			return { status, bytes: stored(id)?.bytes };
		});
		for (const { status, bytes } of await Promise.all(runs)) {
			expect(status).toBe('success');
			expect(bytes?.equals(numberedPhoto(0))).toBe(true);
		}
		expect([...new Set(stage.zoho.calls.map(({ host }) => host))].sort()).toEqual([
			'www.zohoapis.ca',
			'www.zohoapis.eu',
		]);
		expect(stage.zoho.tokenCalls.map(({ host }) => host).sort()).toEqual(['accounts.zoho.eu', 'accounts.zohocloud.ca']);
		expect(stage.zoho.leaks).toEqual([]);
	});

	/** One upload with a credential of its own in the engine's store. */
	async function runWith(name: string, id: string, more: object): Promise<RunResult> {
		const workflow = {
			nodes: [
				{ name: 'Source', type: 'harness.source' },
				{
					name: 'Photo',
					type: 'n8n-nodes-zoho-crm-photo.zohoCrmPhoto',
					parameters: JSON.parse(JSON.stringify(byItem())),
					credentials: { zohoCrmPhotoOAuth2Api: { id: name, name } },
				},
			],
			connections: { Source: { main: [[{ node: 'Photo', type: 'main', index: 0 }]] } },
		};
		return await stage.engine.run({ workflow, items: [photoItem(id)], ...more });
	}

	it('lets no token or secret into a URL, a log line, an output or the stored execution', async () => {
		const { zoho } = stage;
		const ids = [lead(), zoho.records.magicId('locked'), zoho.records.magicId('internalError'), lead()];
		const credential = zoho.connect({ expired: true });
		zoho.faults.add({ when: { recordId: ids[3], nth: 1 }, answer: { kind: 'reset', at: 'body' } });
		for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
			const parameters = byItem({ options: { maxRetries: 1 } });
			const items = ids.map((id, n) => photoItem(id, numberedPhoto(n)));
			const result = await stage.run(items, { onError, parameters }, { credential, keepExecutionData: true });
			const { executionData = '', logs, credentials, ...rest } = result;
			expect(executionData).toContain(ids[0]);
			expect(logs.join('\n')).toContain('Running node');
			const secrets = Object.values(credentials).flatMap(({ clientSecret, oauthTokenData }) =>
				[clientSecret, ...tokensIn(oauthTokenData)].map(String),
			);
			expect(secrets.length).toBeGreaterThan(2);
			for (const text of [executionData, logs.join('\n'), JSON.stringify(rest)]) {
				expect(text).not.toMatch(TOKEN);
				for (const secret of secrets) expect(text.includes(secret)).toBe(false);
			}
		}
		expect(zoho.leaks).toEqual([]);
		expect(zoho.refusedHosts).toEqual([]);
	});
});

/** Every token-like text in what n8n keeps of Zoho's token answer. */
function tokensIn(data: unknown): string[] {
	return JSON.stringify(data).match(new RegExp(TOKEN, 'g')) ?? [];
}

describe('Upload Photo with binary data in memory', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn('root', { binaryMode: 'default' });
	}, 60_000);
	afterAll(async () => await stage.close());

	it('puts the same bytes on the record, also after the token was renewed', async () => {
		const ids = stage.zoho.records.addMany('Leads', 3);
		const { status } = await stage.run(
			ids.map((id, n) => photoItem(id, numberedPhoto(n))),
			{},
			{
				credential: stage.zoho.connect({ expired: true }),
			},
		);
		expect(status).toBe('success');
		ids.forEach((id, n) => {
			expect(stage.zoho.photos.get('Leads', id)).toMatchObject({ uploads: 1 });
			expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(numberedPhoto(n))).toBe(true);
		});
	});

	it('refuses a file that is too large by the length of its text', async () => {
		const [id = ''] = stage.zoho.records.addMany('Leads', 1);
		const { failure } = await stage.run([photoItem(id, Buffer.alloc(11_000_000), 'film.mp4')], {
			parameters: byItem({ options: { unfitPhoto: 'refuse' } }),
			onError: 'continueErrorOutput',
		});
		expect(failure[0]?.json.error).toMatchObject({ code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' });
		expect(JSON.stringify(failure[0]?.json.error)).toContain('11');
	});
});
