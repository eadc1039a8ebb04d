import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** One request. */
export interface HttpRequest {
	/** `https` alone. */
	url: string;
	/** Default GET. */
	method?: string;
	headers?: Record<string, string>;
	body?: Buffer;
	/** The body goes without a length, in chunks. */
	isChunked?: boolean;
}

/** What came back, whatever its status. */
export interface HttpAnswer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** What sends requests; a connection for each, so that none meets one that was closed meanwhile. */
export interface Transport {
	/**
	 * Sends one request.
	 * @throws Error when no answer came: the connection broke, two minutes went by, or `signal` said stop
	 */
	send(wanted: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer>;
}

/** Milliseconds in which nothing moves before a call is given up: 10 MB take long on a slow line. */
const patience = 120_000;

/**
 * Makes what sends requests.
 * @param options `proxyUrl` an HTTP proxy that is to be asked for a tunnel, `ca` a certificate to trust alone (PEM)
 */
export function openTransport(options: { proxyUrl?: string; ca?: string } = {}): Transport {
	const agent = options.proxyUrl ? new HttpsProxyAgent(options.proxyUrl) : new Agent();
	return {
		send: async ({ url, method = 'GET', headers = {}, body, isChunked = false }, signal) =>
			await new Promise((resolve, reject) => {
				const length = body && !isChunked ? { 'content-length': String(body.length) } : {};
				const call = request(url, {
					method,
					agent,
					headers: { ...length, ...headers },
					timeout: patience,
					...(signal && { signal }),
					...(options.ca !== undefined && { ca: options.ca }),
				});
				call.once('timeout', () => call.destroy(new Error('no answer within two minutes')));
				call.once('error', reject);
				call.once('response', (response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.once('error', reject);
					response.once('end', () => {
						const { statusCode = 0, headers: given } = response;
						resolve({ status: statusCode, headers: given, body: Buffer.concat(chunks) });
					});
				});
				if (isChunked && body) call.write(body);
				call.end(isChunked ? undefined : body);
			}),
	};
}
