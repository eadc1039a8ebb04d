import type { IExecuteFunctions } from 'n8n-workflow';

import { done, refused, type Failure, type Outcome } from '../outcome';
import { isRecord, textOf } from '../zoho/json';
import { readNoAnswer, type NoAnswer } from '../zoho/network';
import { decoded, nameFromDisposition } from './contentDisposition';
import type { SourceFile } from './file';
import { isByteStream, readStream } from './stream';

/** Redirects that are followed; image hosts need two or three. */
const MOST_REDIRECTS = 5;

/**
 * The file behind a URL, as the Deluge sample of Zoho's "Upload a Photo" fetches it.
 *
 * n8n's own request function is used, so its proxy and SSRF settings apply; no credential goes along. Whatever the host
 * announces, reading stops at the first byte too many.
 *
 * @param url address as the user gave it
 * @param timeout milliseconds for the answer to begin, and again for the file to arrive
 * @param refuseSize says why a file of so many bytes is not wanted, or undefined
 * @returns PHOTO_URL_FAILED for no web address, an answer other than 200, or none
 */
export async function fileFromUrl(
	context: IExecuteFunctions,
	url: string,
	timeout: number,
	refuseSize: (bytes: number) => Failure | undefined,
): Promise<Outcome<SourceFile>> {
	const address = url.trim();
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return refused(noAddress(address));
	const { hostname, pathname } = new URL(address);
	try {
		const response: unknown = await context.helpers.httpRequest({
			url: address,
			method: 'GET',
			headers: { Accept: 'image/*, */*;q=0.5' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			maxRedirects: MOST_REDIRECTS,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout,
			abortSignal: context.getExecutionCancelSignal(),
		});
		if (!isRecord(response)) return refused(notFetched(hostname, 'sent nothing that can be read'));
		const body: unknown = response.body;
		if (!isByteStream(body)) return refused(notFetched(hostname, 'sent nothing that can be read'));
		const headers = isRecord(response.headers) ? response.headers : {};
		const unwanted =
			response.statusCode === 200
				? refuseSize(Number(headers['content-length']) || 0)
				: notFetched(hostname, `answered with HTTP status ${String(response.statusCode)}`);
		if (unwanted !== undefined) {
			body.destroy();
			return refused(unwanted);
		}
		const bytes = await readStream(body, timeout, refuseSize, tooSlow(hostname, timeout));
		if (!bytes.ok) return bytes;
		const fileName =
			nameFromDisposition(textOf(headers['content-disposition'])) ||
			decoded(pathname.slice(pathname.lastIndexOf('/') + 1));
		return done({ bytes: bytes.value, fileName });
	} catch (fault) {
		const trouble = readNoAnswer(fault);
		if (trouble.code === 'TIMED_OUT') return refused(tooSlow(hostname, timeout));
		return refused(notFetched(hostname, WORDS[trouble.code] ?? `could not be asked: ${trouble.said.slice(0, 200)}`));
	}
}

const WORDS: Partial<Record<NoAnswer['code'], string>> = {
	HOST_NOT_FOUND: 'was not found',
	CONNECTION_REFUSED: 'did not take the connection',
	CONNECTION_LOST: 'broke the connection off',
	CERTIFICATE_NOT_TRUSTED: 'has a certificate that is not trusted',
};

function noAddress(address: string): Failure {
	return {
		code: 'PHOTO_URL_FAILED',
		message:
			address === ''
				? "The parameter 'Photo URL' is empty"
				: `'${address.slice(0, 100)}' in the parameter 'Photo URL' is not a web address`,
		description: 'Give the address of an image file, starting with https:// or http://.',
	};
}

function notFetched(hostname: string, what: string): Failure {
	return {
		code: 'PHOTO_URL_FAILED',
		message: `The photo was not fetched: ${hostname} ${what}`,
		description:
			"Open the 'Photo URL' in a private browser window: it must show the picture without a log-in. Where it needs one, fetch the file with an HTTP Request node before this one and set 'Photo Source' to 'Input Binary Field'.",
	};
}

function tooSlow(hostname: string, timeout: number): Failure {
	return {
		code: 'PHOTO_URL_FAILED',
		message: `The photo was not fetched: ${hostname} took longer than ${timeout / 1000} seconds`,
		description: "Raise the option 'Timeout', or fetch the file with an HTTP Request node before this one.",
	};
}
