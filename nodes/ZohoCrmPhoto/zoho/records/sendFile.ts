import type { Outcome } from '../../outcome';
import type { HttpAnswer } from '../answers/answer';
import type { ZohoClient, ZohoRequest } from '../calls/client';
import { FormWithFile } from '../calls/formWithFile';

/** A file as Zoho wants it: one part named `file`. */
export interface FilePart {
	bytes: Buffer;
	fileName: string;
	mimeType: string;
}

/**
 * Sends a file in a form ("Upload a Photo", "Upload Files"), and gives its bytes back when it will not be sent again.
 *
 * @param request all of the call but its method, its body and the kind of its answer
 * @returns the answer, which holds Zoho's envelope
 */
export async function sendFile(
	zoho: ZohoClient,
	{ bytes, fileName, mimeType }: FilePart,
	request: Omit<ZohoRequest, 'method' | 'body' | 'expects'>,
): Promise<Outcome<HttpAnswer>> {
	const form = new FormWithFile('file', bytes, fileName, mimeType);
	try {
		return await zoho.send({ ...request, method: 'POST', body: form, expects: 'envelope' });
	} finally {
		form.release();
	}
}
