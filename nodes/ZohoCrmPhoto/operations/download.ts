import type { IBinaryData } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { inspectPhoto } from '../photo/inspect';
import { cleanFileName, sentFileName } from '../photo/fileName';
import { nameFromDisposition } from '../source/contentDisposition';
import { downloadPhoto } from '../zoho/records/photo';
import type { Operation } from './operation';

/**
 * Fetches the photo of the item's record into a binary field.
 *
 * A record without a photo is no failure: its item says `hasPhoto: false`. Type and name follow the bytes, as Zoho's
 * documentation promises image/png for whatever was uploaded.
 */
export const downloadOperation: Operation = async ({ context, item, address, settings, zoho }) => {
	const given: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
	const field = typeof given === 'string' && given !== '' ? given : 'data';
	const answer = await downloadPhoto(zoho, address, settings);
	if (!answer.ok) return answer;
	const { body, headers } = answer.value;
	if (body.length === 0) return done({ json: { ...address, hasPhoto: false } });

	const named = nameFromDisposition(headers['content-disposition'] ?? '');
	const inspection = inspectPhoto(body);
	const { facts } = inspection;
	const fileName = facts === undefined ? cleanFileName(named) || 'photo' : sentFileName(named, facts);
	const mimeType = facts?.mimeType ?? headers['content-type']?.split(';')[0] ?? 'application/octet-stream';
	const binary = await stored(async () => await context.helpers.prepareBinaryData(body, fileName, mimeType), fileName);
	if (!binary.ok) return binary;
	return done({
		json: {
			...address,
			hasPhoto: true,
			photo: {
				fileName,
				mimeType,
				fileSize: body.length,
				...(facts && { width: facts.width, height: facts.height }),
			},
		},
		binary: { [field]: binary.value },
	});
};

async function stored(store: () => Promise<IBinaryData>, fileName: string): Promise<Outcome<IBinaryData>> {
	try {
		return done(await store());
	} catch {
		return refused({
			code: 'BINARY_NOT_STORED',
			message: `The photo '${fileName}' came from Zoho CRM, but n8n could not store it`,
			description: 'Check the binary data storage of n8n (free space, access), then run the item again.',
		});
	}
}
