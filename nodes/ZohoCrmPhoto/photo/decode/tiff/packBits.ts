import type { ByteStream } from '../byteStream';

const STEP = 16_384;

/** Decompresses PackBits (TIFF 6.0, section 9). What is missing at the end, the reader of rows finds. */
export class PackBits implements ByteStream {
	private readonly out = new Uint8Array(STEP + 128);
	private at = 0;

	constructor(private readonly data: Uint8Array) {}

	get ended(): boolean {
		return this.at >= this.data.length;
	}

	next(): Uint8Array {
		const { data, out } = this;
		let filled = 0;
		while (filled < STEP && this.at < data.length) {
			const count = data[this.at++] ?? 0;
			if (count < 128) {
				const literal = data.subarray(this.at, this.at + count + 1);
				out.set(literal, filled);
				filled += literal.length;
				this.at += count + 1;
			} else if (count > 128) {
				out.fill(data[this.at++] ?? 0, filled, filled + 257 - count);
				filled += 257 - count;
			}
		}
		return out.subarray(0, filled);
	}
}
