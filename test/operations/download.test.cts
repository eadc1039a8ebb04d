import type { IBinaryData } from 'n8n-workflow';

import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { corpusPhoto } from '../engine/photos.cts';
import { execution, zohoAnswer, type ExecutionSetup } from '../run/execution.cts';

async function download(bytes: Buffer, headers: Record<string, string>, setup: ExecutionSetup = {}) {
	const stored: Array<[Buffer, string | undefined, string | undefined]> = [];
	const { context, requests } = execution({
		items: [{ json: { id: '7' } }],
		answer: () => zohoAnswer(200, bytes, headers),
		helpers: {
			async prepareBinaryData(data: Buffer, fileName?: string, mimeType?: string): Promise<IBinaryData> {
				stored.push([data, fileName, mimeType]);
				return { data: data.toString('base64'), mimeType: mimeType ?? '' };
			},
		},
		...setup,
		parameters: { operation: 'download', ...setup.parameters },
	});
	const [item] = await runItems(context);
	return { item, stored, requests };
}

describe('downloadOperation', () => {
	it('names and types the photo by its bytes', async () => {
		const photo = corpusPhoto('baseline.jpg');
		const { item, stored } = await download(photo, {
			'content-type': 'image/png;charset=UTF-8',
			'content-disposition': "attachment;filename*=UTF-8''ada%20l.png",
		});
		expect(stored).toEqual([[photo, 'ada l.jpg', 'image/jpeg']]);
		expect(item?.json).toMatchObject({ hasPhoto: true, photo: { fileName: 'ada l.jpg', mimeType: 'image/jpeg' } });
		expect(item?.binary?.data?.data).toBe(photo.toString('base64'));
	});

	it.each([
		[{ 'content-type': 'image/webp;q=1' }, 'photo', 'image/webp'],
		[{ 'content-type': 'image/<b>webp' }, 'photo', 'application/octet-stream'],
		[{ 'content-type': `image/${'x'.repeat(5000)}` }, 'photo', 'application/octet-stream'],
		[
			{ 'content-disposition': `attachment; filename=${'x'.repeat(5000)}` },
			'x'.repeat(100),
			'application/octet-stream',
		],
		[
			{ 'content-disposition': 'attachment; filename="Bearer 1000.0123456789abcdef.webp"' },
			'Bearer ___',
			'application/octet-stream',
		],
		[{ 'content-disposition': 'attachment; filename=x.webp' }, 'x.webp', 'application/octet-stream'],
		[{ 'content-disposition': 'attachment; filename="../../x y.webp"' }, 'x y.webp', 'application/octet-stream'],
	])('gives what it cannot read as Zoho declares it: %j', async (headers, fileName, mimeType) => {
		const { item, stored } = await download(Buffer.from('RIFF....WEBPVP8 '), headers);
		expect(stored[0]?.slice(1)).toEqual([fileName, mimeType]);
		expect(item?.json.photo).toEqual({ fileName, mimeType, fileSize: 16 });
	});

	it.each([
		['', 'data'],
		[7, 'data'],
		['photo', 'photo'],
		['constructor', 'constructor'],
	])('puts it into the field %j as %j', async (binaryPropertyName, field) => {
		const { item } = await download(
			corpusPhoto('rgb.png'),
			{},
			{ parameters: { binaryPropertyName: () => binaryPropertyName } },
		);
		expect(Object.keys(item?.binary ?? {})).toEqual([field]);
	});

	it("asks nobody where the field's expression cannot be resolved", async () => {
		const binaryPropertyName = (): never => {
			throw new Error('No such node');
		};
		const { item, requests } = await download(corpusPhoto('rgb.png'), {}, { parameters: { binaryPropertyName } });
		expect(item?.json.error).toMatchObject({ code: 'INVALID_PARAMETER' });
		expect(requests).toEqual([]);
	});

	it('says so where n8n cannot store the photo', async () => {
		const prepareBinaryData = async () => await Promise.reject(new Error('ENOSPC: no space left'));
		const { item } = await download(corpusPhoto('rgb.png'), {}, { helpers: { prepareBinaryData } });
		expect(item?.json.error).toMatchObject({
			code: 'BINARY_NOT_STORED',
			message: "The photo 'photo.png' came from Zoho CRM, but n8n could not store it: ENOSPC: no space left [item 0]",
			description: expect.stringContaining('binary data storage'),
		});
	});
});
