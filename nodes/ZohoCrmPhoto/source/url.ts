import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord, textOf } from '../json';
import { backoff } from '../network/backoff';
import { GRACE, within } from '../network/deadline';
import { readNoAnswer, type NoAnswer } from '../network/noAnswer';
import { wait } from '../network/wait';
import { done, refused, type Failure, type Outcome } from '../outcome';
import { decoded, nameFromDisposition } from './contentDisposition';
import type { Room, RefuseSize, SourceFile } from './file';
import { isByteStream, readStream } from './stream';

/** Redirects that are followed; image hosts need two or three. */
const MOST_REDIRECTS = 5;

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
	const final = (outcome: Outcome<SourceFile>): Attempt => ({ outcome, passing: false });
	try {
		const request = context.helpers.httpRequest({
			url: href,
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
		const response: unknown = await within(timeout + GRACE, request);
		const body: unknown = isRecord(response) ? response.body : undefined;
		if (!isRecord(response) || !isByteStream(body)) {
			return final(refused(notFetched(hostname, 'sent nothing that can be read', OPEN_IT)));
		}
		const headers = isRecord(response.headers) ? response.headers : {};
		const status = Number(response.statusCode);
		if (status !== 200) {
			body.destroy();
			const passing = status === 429 || status >= 500;
			const advice = passing ? COME_BACK : OPEN_IT;
			return { outcome: refused(notFetched(hostname, `answered with HTTP status ${status}`, advice)), passing };
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
		const bytes = await readStream(body, timeout, wanted, tooSlow(hostname, timeout));
		if (!bytes.ok) return final(bytes);
		const fileName =
			nameFromDisposition(textOf(headers['content-disposition'])) ||
			decoded(pathname.slice(pathname.lastIndexOf('/') + 1));
		return final(done({ bytes: bytes.value, fileName }));
	} catch (fault) {
		const trouble = readNoAnswer(fault);
		if (trouble.code === 'TIMED_OUT') return final(refused(tooSlow(hostname, timeout)));
		const what = WORDS[trouble.code] ?? `could not be asked: ${trouble.said.slice(0, 200)}`;
		const advice = trouble.passing ? COME_BACK : OPEN_IT;
		return { outcome: refused(notFetched(hostname, what, advice)), passing: trouble.passing };
	}
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

/** What to do about a host that is busy, down or hard to reach. */
const COME_BACK =
	"Run the item again later; raise the option 'Max Retries' to ride out longer outages of that host, or lower 'Parallel Uploads' if it does not take so many calls at a time.";

function noAddress(address: string): Failure {
	// What follows the comma of a data URL is the file itself.
	const shown = (/^data:/i.test(address) ? address.replace(/,[^]*/, ',...') : address).slice(0, 100);
	return {
		code: 'PHOTO_URL_FAILED',
		message:
			address === ''
				? "The parameter 'Photo URL' is empty"
				: `'${shown}' in the parameter 'Photo URL' is not a web address`,
		description: 'Give the address of an image file, starting with https:// or http://.',
	};
}

function notFetched(hostname: string, what: string, description: string): Failure {
	return { code: 'PHOTO_URL_FAILED', message: `The photo was not fetched: ${hostname} ${what}`, description };
}

function tooSlow(hostname: string, timeout: number): Failure {
	return {
		code: 'PHOTO_URL_FAILED',
		message: `The photo was not fetched: ${hostname} took longer than ${timeout / 1000} seconds`,
		description: "Raise the option 'Timeout', or fetch the file with an HTTP Request node before this one.",
	};
}
