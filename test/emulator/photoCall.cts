import type { Emulator } from './emulator.cts';
import { type ProxiedAnswer, proxiedRequest } from './proxiedRequest.cts';

/** A multipart body written byte by byte, so that each of its flaws can be chosen. */
export interface PhotoBody {
	bytes: Buffer;
	/** Default `photo.png`; null: no file name at all. */
	fileName?: string | null;
	/** Default `file`. */
	name?: string;
	/** Further header lines of the part. */
	partHeaders?: string[];
	/** Whole parts before or behind the photo. */
	before?: string;
	behind?: string;
	/** What stands at the end, instead of the final boundary. */
	end?: string;
	/** What stands before the first boundary. */
	preamble?: string;
}

/** The boundary of `photoBody`. */
export const boundary = 'a-boundary-of-the-tests';

/** Writes a multipart body. */
export function photoBody(wanted: PhotoBody): Buffer {
	const fileName = wanted.fileName === undefined ? 'photo.png' : wanted.fileName;
	const named = fileName === null ? '' : `; filename="${fileName}"`;
	const disposition = `form-data; name="${wanted.name ?? 'file'}"${named}`;
	const head = [
		`${wanted.preamble ?? ''}${wanted.before ?? ''}--${boundary}`,
		`Content-Disposition: ${disposition}`,
		...(wanted.partHeaders ?? ['Content-Type: image/png']),
		'',
		'',
	].join('\r\n');
	const end = `\r\n${wanted.behind ?? ''}${wanted.end ?? `--${boundary}--\r\n`}`;
	return Buffer.concat([Buffer.from(head), wanted.bytes, Buffer.from(end)]);
}

/** One call to a photo address. */
export interface PhotoCall {
	/** `POST` (default), `GET`, `DELETE`. */
	method?: string;
	/** Default `v8`. */
	version?: string;
	/** Default `Leads`. */
	module?: string;
	recordId: string;
	token: string;
	body?: Buffer;
	headers?: Record<string, string>;
	/** With the question mark. */
	query?: string;
	/** Default `www.zohoapis.com`. */
	host?: string;
}

/** Makes a photo call on a connection of its own. */
export async function photoCall(emulator: Emulator, call: PhotoCall): Promise<ProxiedAnswer> {
	const { version = 'v8', module = 'Leads', host = 'www.zohoapis.com', method = 'POST' } = call;
	return await proxiedRequest(emulator, {
		url: `https://${host}/crm/${version}/${module}/${call.recordId}/photo${call.query ?? ''}`,
		method,
		headers: {
			authorization: `Zoho-oauthtoken ${call.token}`,
			...(call.body ? { 'content-type': `multipart/form-data; boundary=${boundary}` } : {}),
			...call.headers,
		},
		body: call.body,
	});
}
