import type { ByteStream } from '../network/byteStream';
import { wait } from '../network/wait';
import { done, refused, type Failure, type Outcome } from '../outcome';
import type { RefuseSize } from './file';

/**
 * Reads a stream to its end, and no further than it is wanted: it is left at the first byte too many, or when time is up,
 * as the client's own time-out ends with the first byte.
 *
 * @param milliseconds for all of it
 * @param refuseSize says why so many bytes are not wanted, or undefined
 * @param tooSlow the failure where time is up
 * @returns the bytes; rejects where the stream breaks off
 */
export async function readStream(
	stream: ByteStream,
	milliseconds: number,
	refuseSize: RefuseSize,
	tooSlow: Failure,
): Promise<Outcome<Buffer>> {
	const ended = new AbortController();
	const late = wait(milliseconds, ended.signal).then(() => 'late' as const);
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		const reading = stream[Symbol.asyncIterator]();
		for (;;) {
			const next = await Promise.race([reading.next(), late]);
			if (next === 'late') return refused(tooSlow);
			if (next.done === true) return done(Buffer.concat(chunks, size));
			if (!Buffer.isBuffer(next.value)) continue;
			chunks.push(next.value);
			size += next.value.length;
			const refusal = refuseSize(size);
			if (refusal !== undefined) return refused(refusal);
		}
	} finally {
		ended.abort();
		stream.destroy();
	}
}
