import { corpusPhoto, numberedPhoto, otherFile, photoItem } from './photos.cts';
import { byItem, CORES, startStageOn, type PhotoNodeSettings, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('Download Photo and Delete Photo on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	const lead = (): string => stage.zoho.records.add('Leads');
	const download = async (ids: string[], more: object = {}, node: PhotoNodeSettings = {}) =>
		await stage.run(
			ids.map((id) => ({ json: { id } })),
			{ parameters: byItem({ operation: 'download', ...more }), ...node },
		);
	const remove = async (ids: string[], node: PhotoNodeSettings = {}) =>
		await stage.run(
			ids.map((id) => ({ json: { id } })),
			{ parameters: byItem({ operation: 'delete' }), ...node },
		);

	it.each([
		['baseline.jpg', 'image/jpeg', 'jpg'],
		['rgb.png', 'image/png', 'png'],
		['still.gif', 'image/gif', 'gif'],
		['v3-24bit.bmp', 'image/bmp', 'bmp'],
	])(
		'gives back the bytes of %s that were uploaded, with their type and name',
		async (name, mimeType, fileExtension) => {
			const id = lead();
			const bytes = corpusPhoto(name);
			await stage.run([photoItem(id, bytes, name)]);
			const { success, status } = await download([id]);
			expect(status).toBe('success');
			const [item] = success;
			expect(item?.binary?.data?.data.equals(bytes)).toBe(true);
			expect(item?.binary?.data).toMatchObject({ mimeType, fileName: name, fileExtension });
			expect(item?.json).toEqual({
				module: 'Leads',
				recordId: id,
				hasPhoto: true,
				photo: {
					fileName: name,
					mimeType,
					fileSize: bytes.length,
					width: expect.any(Number),
					height: expect.any(Number),
				},
			});
			expect(item?.pairedItem).toEqual({ item: 0 });
		},
	);

	it('goes by the bytes where Zoho declares another type and name, as its documentation promises image/png', async () => {
		const id = lead();
		const bytes = corpusPhoto('baseline.jpg');
		const declared = { mimeType: 'image/png', fileName: 'ada.png', width: 1, height: 1, storedAt: 0 };
		stage.zoho.photos.put({ module: 'Leads', recordId: id, bytes, ...declared });
		const { success } = await download([id]);
		expect(success[0]?.binary?.data).toMatchObject({ mimeType: 'image/jpeg', fileName: 'ada.jpg' });
		expect(success[0]?.json.photo).toMatchObject({ mimeType: 'image/jpeg', fileName: 'ada.jpg' });
		expect(success[0]?.binary?.data?.data.equals(bytes)).toBe(true);
	});

	it('hands over what is no photo as Zoho declares it', async () => {
		const id = lead();
		const declared = { mimeType: 'image/webp', fileName: 'ada.webp', width: 1, height: 1, storedAt: 0 };
		stage.zoho.photos.put({ module: 'Leads', recordId: id, bytes: otherFile('lossy.webp'), ...declared });
		const { success } = await download([id]);
		expect(success[0]?.binary?.data).toMatchObject({ mimeType: 'image/webp', fileName: 'ada.webp' });
		expect(success[0]?.json.photo).not.toHaveProperty('width');
	});

	it('puts the photo into the field that each item names', async () => {
		const ids = [lead(), lead()];
		await stage.run(ids.map((id, n) => photoItem(id, numberedPhoto(n))));
		const { success } = await download(ids, { binaryPropertyName: '={{ "photo" + $itemIndex }}' });
		expect(success.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['photo0'], ['photo1']]);
		expect(success[1]?.binary?.photo1?.data.equals(numberedPhoto(1))).toBe(true);
	});

	it('says of a record without a photo that it has none, on the success branch', async () => {
		const [with1, without, with2] = [lead(), lead(), lead()];
		await stage.run([with1, with2].map((id) => photoItem(id)));
		const { success, failure } = await download([with1, without, with2], {}, { onError: 'continueErrorOutput' });
		expect(failure).toEqual([]);
		expect(success.map(({ json }) => json.hasPhoto)).toEqual([true, false, true]);
		expect(success[1]).toEqual({
			json: { module: 'Leads', recordId: without, hasPhoto: false },
			pairedItem: { item: 1 },
		});
	});

	it.each([
		['imagePending', 'RECORD_LOCKED', 'held back by Zoho CRM until it is approved'],
		['imageRejected', 'NOT_APPROVED', 'not approved yet'],
		['noPermission', 'NO_PERMISSION', 'download the photo of'],
		['deleted', 'INVALID_DATA', 'did not find record'],
	] as const)('explains the photo of a record "%s"', async (condition, code, says) => {
		const recordId = stage.zoho.records.magicId(condition);
		const { failure } = await download([recordId], {}, { onError: 'continueErrorOutput' });
		expect(failure).toEqual([
			{
				json: {
					id: recordId,
					error: expect.objectContaining({
						code,
						module: 'Leads',
						recordId,
						attempts: 1,
						message: expect.stringContaining(says),
					}),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('names the scope that a download lacks', async () => {
		const items = [{ json: { id: lead() } }];
		const credential = stage.zoho.connect({ scopes: 'ZohoCRM.modules.CREATE' });
		const node = { parameters: byItem({ operation: 'download' }), onError: 'continueErrorOutput' as const };
		const { failure } = await stage.run(items, node, { credential });
		expect(failure[0]?.json.error).toMatchObject({
			code: 'OAUTH_SCOPE_MISMATCH',
			message: expect.stringContaining('ZohoCRM.modules.leads.READ'),
		});
	});

	it("deletes the photo of each record and gives Zoho's answer", async () => {
		const ids = [lead(), lead()];
		await stage.run(ids.map((id, n) => photoItem(id, numberedPhoto(n))));
		expect(stage.zoho.photos.count).toBe(2);
		const { success } = await remove(ids);
		expect(success).toEqual(
			ids.map((recordId, item) => ({
				json: { code: 'SUCCESS', message: 'Photo deleted', status: 'success', module: 'Leads', recordId },
				pairedItem: { item },
			})),
		);
		expect(stage.zoho.photos.count).toBe(0);
		expect((await download(ids)).success.map(({ json }) => json.hasPhoto)).toEqual([false, false]);
	});

	it('deletes the photo of a record that has none as Zoho answers it, and explains what Zoho refuses', async () => {
		const { success, failure, node } = await remove([lead(), stage.zoho.records.magicId('locked'), '3000000000009'], {
			onError: 'continueErrorOutput',
		});
		expect(success.map(({ json }) => json.code)).toEqual(['SUCCESS']);
		expect(failure.map(({ json }) => json.error)).toEqual([
			expect.objectContaining({ code: 'RECORD_LOCKED' }),
			expect.objectContaining({ code: 'INVALID_DATA', message: expect.stringContaining('record 3000000000009') }),
		]);
		expect(node.hints[0]?.message).toMatch(/^1 of 3 photos deleted, 2 not deleted: /);
	});

	it('sends the option of uploads with no other operation', async () => {
		const id = lead();
		const options = { restrictTriggers: true, apiVersion: 'v7' };
		await stage.run([{ json: { id } }], { parameters: byItem({ operation: 'delete', options }) });
		expect(stage.zoho.calls).toEqual([
			expect.objectContaining({ method: 'DELETE', path: `/crm/v7/Leads/${id}/photo`, query: {} }),
		]);
	});
});
