/** A stream of bytes as n8n's request function gives it. */
export interface ByteStream extends AsyncIterable<unknown> {
	destroy(): unknown;
}

/** Whether a response body is a stream. */
export function isByteStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

/** What {@link readAtMost} throws. */
export class TooMuch extends Error {
	readonly code = 'ANSWER_TOO_LARGE';
}

/**
 * Reads a stream to its end, and leaves it at the first byte too many: what is packed counts unpacked, as n8n's client
 * unpacks it on the way.
 *
 * @param most bytes that are read
 * @throws TooMuch where there are more, and what the stream throws where it breaks off
 */
export async function readAtMost(stream: ByteStream, most: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of stream) {
			if (!Buffer.isBuffer(chunk)) continue;
			size += chunk.length;
			if (size > most) throw new TooMuch(`more than ${most} bytes`);
			chunks.push(chunk);
		}
		return Buffer.concat(chunks, size);
	} finally {
		stream.destroy();
	}
}
