import type { IBinaryData } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { inspectPhoto } from '../photo/inspect';
import { cleanFileName, sentFileName } from '../photo/fileName';
import { nameFromDisposition } from '../source/contentDisposition';
import { reasonOf } from '../source/storage';
import { front } from '../text';
import { downloadPhoto } from '../zoho/records/photo';
import { struckOut } from '../zoho/secrets';
import type { Operation } from './operation';

/**
 * Fetches the photo of the item's record into a binary field.
 *
 * A record without a photo is no failure: its item says `hasPhoto: false`. Type and name follow the bytes, as Zoho's
 * documentation promises image/png for whatever was uploaded.
 *
 * To an AI agent that calls the node as a tool no file can be given: its model is told what the photo is, and so.
 */
export const downloadOperation: Operation = async ({ context, item, address, settings, zoho }) => {
	const given: unknown = context.getNodeParameter('binaryPropertyName', item, 'data');
	const field = typeof given === 'string' && given !== '' ? given : 'data';
	const answer = await downloadPhoto(zoho, address, settings);
	if (!answer.ok) return answer;
	const { body, headers, secrets = [] } = answer.value;
	const isTool = context.getNode().type.endsWith('Tool');
	const told = (message: string): { message?: string } => (isTool ? { message } : {});
	if (body.length === 0) return done({ json: { ...address, hasPhoto: false, ...told('The record has no photo') } });

	const named = nameIn(headers['content-disposition'] ?? '', secrets);
	const inspection = inspectPhoto(body);
	const { facts } = inspection;
	const fileName = facts === undefined ? cleanFileName(named) || 'photo' : sentFileName(named, facts);
	const mimeType = facts?.mimeType ?? typeIn(headers['content-type'] ?? '');
	const json = {
		...address,
		hasPhoto: true,
		...told('The record has a photo, described here; the file itself does not reach a model'),
		photo: {
			fileName,
			mimeType,
			fileSize: body.length,
			...(facts && { width: facts.width, height: facts.height }),
		},
	};
	if (isTool) return done({ json });
	const binary = await stored(async () => await context.helpers.prepareBinaryData(body, fileName, mimeType), fileName);
	if (!binary.ok) return binary;
	return done({ json, binary: { [field]: binary.value } });
};

/** Characters of a file's name that are looked at: a header may have thousands. */
const LONGEST_NAME = 100;

/** The name in a Content-Disposition header, without any secret of the request that somebody may have put into it. */
function nameIn(disposition: string, secrets: readonly string[]): string {
	return front(struckOut(nameFromDisposition(disposition), secrets), LONGEST_NAME);
}

/** The type that a Content-Type header declares, if it is the name of one (RFC 6838, 4.2). */
function typeIn(header: string): string {
	const declared = header.split(';')[0]?.trim() ?? '';
	return /^[\w.+-]{1,127}\/[\w.+-]{1,127}$/.test(declared) ? declared : 'application/octet-stream';
}

async function stored(store: () => Promise<IBinaryData>, fileName: string): Promise<Outcome<IBinaryData>> {
	try {
		return done(await store());
	} catch (fault) {
		return refused({
			code: 'BINARY_NOT_STORED',
			message: `The photo '${fileName}' came from Zoho CRM, but n8n could not store it${reasonOf(fault)}`,
			description: 'Check the binary data storage of n8n (free space, access), then run the item again.',
		});
	}
}
