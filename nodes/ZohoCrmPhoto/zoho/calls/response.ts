import { isRecord } from '../../json';
import { isByteStream, readAtMost } from '../../network/byteStream';
import type { HttpAnswer } from '../answers/answer';

/**
 * The parts of n8n's full response that count, whatever else a version puts into it.
 *
 * @param most bytes of the body that are read, counted unpacked
 * @throws TooMuch where the body has more, and what its stream throws where it breaks off
 */
export async function readResponse(response: unknown, most: number): Promise<HttpAnswer> {
	if (!isRecord(response)) return { status: 0, headers: {}, body: Buffer.alloc(0) };
	const headers: Record<string, string> = {};
	if (isRecord(response.headers)) {
		for (const [name, value] of Object.entries(response.headers)) headers[name.toLowerCase()] = String(value);
	}
	return {
		status: typeof response.statusCode === 'number' ? response.statusCode : 0,
		headers,
		body: await bytesOf(response.body, most),
	};
}

async function bytesOf(body: unknown, most: number): Promise<Buffer> {
	if (Buffer.isBuffer(body)) return body;
	if (isByteStream(body)) return await readAtMost(body, most);
	return Buffer.from(typeof body === 'string' ? body : '');
}
