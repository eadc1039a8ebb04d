import type { ByteStream } from '../byteStream';
import { damaged } from '../refusal';

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4096;
const STEP = 16_384;

/** Codes that one call reads at most: a hostile file may have millions that clear the table. */
const MOST_READ = 16_384;

/**
 * Decompresses LZW as TIFF has it (TIFF 6.0, section 13): highest bit first, longer codes one code early. Data without the end code
 * ends with its last whole code, as libtiff has it: some encoders write none.
 */
export class TiffLzw implements ByteStream {
	ended = false;
	private readonly out = new Uint8Array(STEP + MOST_CODES);
	private readonly prefix = new Uint16Array(MOST_CODES);
	private readonly suffix = new Uint8Array(MOST_CODES);
	private readonly first = new Uint8Array(MOST_CODES);
	private readonly lengths = new Uint16Array(MOST_CODES);
	private at = 0;
	private bits = 0;
	private held = 0;
	private size = 9;
	private nextCode = END + 1;
	private previous = -1;

	constructor(private readonly data: Uint8Array) {
		for (let i = 0; i < CLEAR; i++) {
			this.suffix[i] = i;
			this.first[i] = i;
			this.lengths[i] = 1;
		}
	}

	next(): Uint8Array {
		const { data, out, prefix, suffix, first, lengths } = this;
		let filled = 0;
		for (let codes = 0; filled < STEP && codes < MOST_READ; codes++) {
			while (this.held < this.size && this.at < data.length) {
				this.bits = ((this.bits << 8) | byteAt(data, this.at++)) & 0xffffff;
				this.held += 8;
			}
			if (this.held < this.size) {
				this.ended = true;
				break;
			}
			this.held -= this.size;
			const code = (this.bits >>> this.held) & ((1 << this.size) - 1);
			if (code === END) {
				this.ended = true;
				break;
			}
			if (code === CLEAR) {
				this.size = 9;
				this.nextCode = END + 1;
				this.previous = -1;
				continue;
			}
			const { previous, nextCode } = this;
			if (code > nextCode || (code === nextCode && previous < 0)) throw damaged('its compressed data makes no sense');
			if (previous >= 0 && nextCode < MOST_CODES) {
				prefix[nextCode] = previous;
				first[nextCode] = byteAt(first, previous);
				lengths[nextCode] = wordAt(lengths, previous) + 1;
				suffix[nextCode] = byteAt(first, code === nextCode ? previous : code);
				this.nextCode = nextCode + 1;
				if (this.nextCode >= (1 << this.size) - 1 && this.size < 12) this.size++;
			} else if (code >= nextCode) {
				throw damaged('its compressed data makes no sense');
			}
			const length = wordAt(lengths, code);
			let from = code;
			for (let place = filled + length - 1; place >= filled; place--) {
				out[place] = byteAt(suffix, from);
				from = wordAt(prefix, from);
			}
			filled += length;
			this.previous = code;
		}
		return out.subarray(0, filled);
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}

/** As {@link byteAt}, for 16 bits. */
function wordAt(words: Uint16Array, place: number): number {
	return words[place] ?? 0;
}
