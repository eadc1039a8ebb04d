import type { IncomingMessage, ServerResponse } from 'node:http';

/** An HTTP answer before it is sent. */
export interface Answer {
	status: number;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** Zoho's word for the outcome (`SUCCESS`, `INVALID_TOKEN`, `invalid_code`), for the call log. */
	code?: string;
}

/**
 * A JSON answer with the content type that Zoho's APIs send (`application/json;charset=UTF-8`, Zoho's SDK and OAS
 * examples).
 */
export function jsonAnswer(status: number, value: object, code?: string): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json;charset=UTF-8' },
		body: JSON.stringify(value),
		code,
	};
}

/** An HTML answer. */
export function htmlAnswer(status: number, html: string): Answer {
	return { status, headers: { 'content-type': 'text/html;charset=UTF-8' }, body: html };
}

/** An answer with a status and nothing else. */
export function emptyAnswer(status: number, code?: string): Answer {
	return { status, code };
}

/** Sends an answer with its true content-length. 204 has neither body nor content-length (RFC 9110 8.6). */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
	const body = answer.body ?? '';
	const length = answer.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
	response.writeHead(answer.status, { ...answer.headers, ...length });
	response.end(body);
}

/** Reads a request's body to its end without keeping it. Resolves false when the client went away before the end. */
export async function drain(request: IncomingMessage): Promise<boolean> {
	if (request.readableEnded) return true;
	return await new Promise((resolve) => {
		request.once('end', () => resolve(true));
		request.once('close', () => resolve(request.readableEnded));
		request.once('error', () => resolve(false));
		request.resume();
	});
}

/**
 * Reads a small request body.
 * @throws Error when it has more than `limit` bytes or the client went away.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request) {
		const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
		length += bytes.length;
		if (length > limit) throw new Error(`The body has more than ${limit} bytes`);
		chunks.push(bytes);
	}
	return Buffer.concat(chunks);
}
