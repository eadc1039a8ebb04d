import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { inspectPhoto } from '../photo/inspect';
import { cleanFileName, sentFileName } from '../photo/fileName';
import { nameFromDisposition } from '../source/contentDisposition';
import { reasonOf } from '../source/storage';
import { front } from '../text';
import { struckOut } from '../zoho/secrets';

/** An answer that holds a file. */
interface FileAnswer {
	body: Buffer;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	/** Secrets of the request, which nobody may read. */
	secrets?: readonly string[];
}

/** A file that came from Zoho, stored with n8n. */
export interface DownloadedFile {
	binary: IBinaryData;
	facts: FileFacts;
}

/** Name, type, bytes and, of a picture that is known, its size in pixels. */
interface FileFacts extends IDataObject {
	fileName: string;
	mimeType: string;
	fileSize: number;
}

/**
 * Stores a file that Zoho sent.
 *
 * @param name its name where the answer does not give one
 * @returns BINARY_NOT_STORED where n8n cannot store it
 */
export async function storedFile(
	context: IExecuteFunctions,
	answer: FileAnswer,
	name = '',
): Promise<Outcome<DownloadedFile>> {
	const facts = describedFile(answer, name);
	const { fileName, mimeType } = facts;
	const binary = await stored(
		async () => await context.helpers.prepareBinaryData(answer.body, fileName, mimeType),
		fileName,
	);
	return binary.ok ? done({ binary: binary.value, facts }) : binary;
}

/**
 * What a file is that Zoho sent. Type and name follow the bytes, as Zoho's documentation promises image/png for whatever
 * was uploaded.
 *
 * @param name its name where the answer does not give one
 */
export function describedFile({ body, headers, secrets = [] }: FileAnswer, name = ''): FileFacts {
	const named = nameIn(headers['content-disposition'] ?? '', secrets) || front(struckOut(name, secrets), LONGEST_NAME);
	const { facts } = inspectPhoto(body);
	return {
		fileName: facts === undefined ? cleanFileName(named) || 'photo' : sentFileName(named, facts),
		mimeType: facts?.mimeType ?? typeIn(headers['content-type'] ?? ''),
		fileSize: body.length,
		...(facts && { width: facts.width, height: facts.height }),
	};
}

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
