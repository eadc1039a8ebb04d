import type { Work } from '../work';
import { damaged } from './refusal';

/** Decompresses data as it is asked for. */
export interface ByteStream {
	/** Whether all of it was given. */
	readonly ended: boolean;
	/**
	 * The next bytes, some 32 KB at most, which are only there until the next call. There may be none before the end.
	 * @throws Damaged for data that makes no sense or ends early
	 */
	next(): Uint8Array;
}

/** Bytes as they stand. */
export class StoredBytes implements ByteStream {
	ended = false;

	constructor(private readonly data: Uint8Array) {}

	next(): Uint8Array {
		this.ended = true;
		return this.data;
	}
}

/** Cuts what a stream gives into pieces of the lengths that are wished. */
export class Pieces {
	private chunk = new Uint8Array(0);
	private used = 0;

	constructor(private readonly stream: ByteStream) {}

	/**
	 * Fills an array with the next bytes.
	 * @throws Damaged where there are not so many
	 */
	*fill(piece: Uint8Array): Work<void> {
		for (let filled = 0; filled < piece.length; ) {
			while (this.used === this.chunk.length) {
				if (this.stream.ended) throw damaged('its picture data ends early');
				this.chunk = this.stream.next();
				this.used = 0;
				yield 256 + (Math.min(this.chunk.length, 1 << 15) >> 2);
			}
			const part = this.chunk.subarray(this.used, this.used + piece.length - filled);
			piece.set(part, filled);
			filled += part.length;
			this.used += part.length;
		}
	}
}
