import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord, textOf } from '../json';
import { backoff } from '../network/backoff';
import { isByteStream } from '../network/byteStream';
import { GRACE, within } from '../network/deadline';
import { chainOf, readNoAnswer, type NoAnswer } from '../network/noAnswer';
import { wait } from '../network/wait';
import { done, refused, type Failure, type Outcome } from '../outcome';
import { front, quoted } from '../text';
import { decoded, nameFromDisposition } from './contentDisposition';
import type { Room, RefuseSize, SourceFile } from './file';
import { readStream } from './stream';

/** Redirects that are followed; image hosts need two or three. */
const MOST_REDIRECTS = 5;

/** Characters of a file's name that are kept: more than any file system stores. */
const LONGEST_NAME = 1000;

/**
 * What is asked of a host that has a picture in several kinds: first the two that Zoho CRM takes and everybody has. Servers of
 * pictures send WebP or AVIF to whoever takes any image as gladly.
 */
const WANTED = 'image/jpeg, image/png;q=0.9, image/gif;q=0.8, image/bmp;q=0.8, image/*;q=0.5, */*;q=0.1';

/** How a file is fetched. */
export interface FetchSettings {
	/** Milliseconds for the answer to begin, and again for the file to arrive. */
	timeout: number;
	/** Tries after the first one, where the connection was lost or the host is busy or down (HTTP status 429 or 5xx). */
	maxRetries: number;
}

/** What one try brought; `passing`: another one may fare better. */
interface Attempt {
	outcome: Outcome<SourceFile>;
	passing: boolean;
}

/**
 * The file behind a URL, as the Deluge sample of Zoho's "Upload a Photo" fetches it.
 *
 * n8n's own request function is used, so its proxy and SSRF settings apply; no credential goes along. Whatever the host
 * announces, reading stops at the first byte too many.
 *
 * @param url address as the user gave it
 * @returns PHOTO_URL_FAILED for no web address, an answer other than 200, or none
 */
export async function fileFromUrl(
	context: IExecuteFunctions,
	url: string,
	settings: FetchSettings,
	refuseSize: RefuseSize,
	room: Room,
): Promise<Outcome<SourceFile>> {
	const address = url.trim();
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return refused(noAddress(address));
	const cancelled = context.getExecutionCancelSignal();
	for (let tries = 1; ; tries++) {
		const { outcome, passing } = await fetched(context, new URL(address), settings.timeout, refuseSize, room);
		if (!passing || tries > settings.maxRetries || cancelled?.aborted === true) return outcome;
		await wait(backoff(tries, Math.random()), cancelled);
	}
}

async function fetched(
	context: IExecuteFunctions,
	{ href, hostname, pathname }: URL,
	timeout: number,
	refuseSize: RefuseSize,
	room: Room,
): Promise<Attempt> {
	const host = quoted(hostname, 100);
	const final = (outcome: Outcome<SourceFile>): Attempt => ({ outcome, passing: false });
	try {
		const request = context.helpers.httpRequest({
			url: href,
			method: 'GET',
			headers: { Accept: WANTED },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			maxRedirects: MOST_REDIRECTS,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout,
			abortSignal: context.getExecutionCancelSignal(),
		});
		const response: unknown = await within(timeout + GRACE, request);
		const body: unknown = isRecord(response) ? response.body : undefined;
		if (!isRecord(response) || !isByteStream(body)) {
			return final(refused(notFetched(host, 'sent nothing that can be read', OPEN_IT)));
		}
		const headers = isRecord(response.headers) ? response.headers : {};
		const status = Number(response.statusCode);
		if (status !== 200) {
			body.destroy();
			const passing = status === 429 || status >= 500;
			const advice = passing ? COME_BACK : OPEN_IT;
			return { outcome: refused(notFetched(host, `answered with HTTP status ${status}`, advice)), passing };
		}
		const mimeType = textOf(headers['content-type']).split(';')[0];
		const unwanted = refuseSize(Number(headers['content-length']) || 0, mimeType);
		if (unwanted !== undefined) {
			body.destroy();
			return final(refused(unwanted));
		}
		await room.need(Number(headers['content-length']) || 0);
		const wanted: RefuseSize = (size) => {
			room.hold(size);
			return refuseSize(size, mimeType);
		};
		const bytes = await readStream(body, timeout, wanted, tooSlow(host, timeout));
		if (!bytes.ok) return final(bytes);
		const fileName =
			nameFromDisposition(textOf(headers['content-disposition'])) ||
			decoded(front(pathname.slice(pathname.lastIndexOf('/') + 1), 3 * LONGEST_NAME));
		return final(done({ bytes: bytes.value, fileName: front(fileName, LONGEST_NAME) }));
	} catch (fault) {
		const trouble = readNoAnswer(fault);
		if (trouble.code === 'TIMED_OUT') return final(refused(tooSlow(host, timeout)));
		const what =
			WORDS[trouble.code] ?? `could not be asked: ${quoted(trouble.said.replace(/\/\/[^/\s@]{1,500}@/g, '//***@'))}`;
		const advice = isBlocked(fault) ? ALLOW_IT : trouble.passing ? COME_BACK : OPEN_IT;
		return { outcome: refused(notFetched(host, what, advice)), passing: trouble.passing };
	}
}

/**
 * Whether n8n's protection against server-side request forgery keeps the request back (n8n 2.41: SsrfBlockedIpError and
 * SsrfBlockedHostnameError, which n8n's own errors may wrap).
 */
function isBlocked(fault: unknown): boolean {
	return chainOf(fault).some(({ texts }) =>
		texts.some((text) => /\brequest was blocked because (?:it resolves|the destination)\b/i.test(text)),
	);
}

const WORDS: Partial<Record<NoAnswer['code'], string>> = {
	HOST_NOT_FOUND: 'was not found',
	CONNECTION_REFUSED: 'did not take the connection',
	CONNECTION_LOST: 'broke the connection off',
	CERTIFICATE_NOT_TRUSTED: 'has a certificate that is not trusted',
};

/** What to do about an address that does not lead to a file. */
const OPEN_IT =
	"Open the 'Photo URL' in a private browser window: it must show the picture without a log-in. Where it needs one, fetch the file with an HTTP Request node before this one and set 'Photo Source' to 'Input Binary Field'.";

/** What to do about an address that n8n itself keeps its requests from. */
const ALLOW_IT =
	"n8n's SSRF protection keeps requests from addresses of the own network. If the photo may be fetched from there, have an administrator of n8n add the host to N8N_SSRF_ALLOWED_HOSTNAMES or its address to N8N_SSRF_ALLOWED_IP_RANGES.";

/** What to do about a host that is busy, down or hard to reach. */
const COME_BACK =
	"Run the item again later; raise the option 'Max Retries' to ride out longer outages of that host, or lower 'Parallel Uploads' if it does not take so many calls at a time.";

function noAddress(address: string): Failure {
	return {
		code: 'PHOTO_URL_FAILED',
		message:
			address === ''
				? "The parameter 'Photo URL' is empty"
				: `'${quoted(withoutSecrets(address), 100)}' in the parameter 'Photo URL' is not a web address`,
		description: 'Give the address of an image file, starting with https:// or http://.',
	};
}

/** An address that is none, without what it may hold besides a place: a user and password, a query, the file itself. */
function withoutSecrets(address: string): string {
	const start = front(address, 4000);
	if (/^data:/i.test(start)) return start.replace(/,[^]*/, ',...');
	const at = start.lastIndexOf('@');
	const scheme = /^[a-z][a-z0-9+.-]{0,30}:\/{0,4}/i.exec(start)?.[0] ?? '';
	const place = at < scheme.length ? start : `${scheme}***${start.slice(at)}`;
	return place.replace(/[?#][^]*/, '?...');
}

function notFetched(host: string, what: string, description: string): Failure {
	return { code: 'PHOTO_URL_FAILED', message: `The photo was not fetched: ${host} ${what}`, description };
}

function tooSlow(host: string, timeout: number): Failure {
	return {
		code: 'PHOTO_URL_FAILED',
		message: `The photo was not fetched: ${host} took longer than ${timeout / 1000} seconds`,
		description: "Raise the option 'Timeout', or fetch the file with an HTTP Request node before this one.",
	};
}
