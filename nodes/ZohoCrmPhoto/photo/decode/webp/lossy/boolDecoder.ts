/** Reads the bits of a partition, which are coded with their probabilities (RFC 6386, section 7). */
export class BoolDecoder {
	/** The bits read ahead; `bits` of them lie below the eight that are compared. */
	private value = 0;
	private bits = -8;
	/** The range less one, 127 to 254. */
	private range = 254;

	/**
	 * @param data the whole file
	 * @param position where the partition begins, and `end` where it ends: zeros follow
	 */
	constructor(
		private readonly data: Uint8Array,
		private position: number,
		private readonly end: number,
	) {}

	/** Whether more was read than there is; a few bytes more are read ahead. */
	get isPastEnd(): boolean {
		return this.position > this.end + 4;
	}

	/** A bit. @param probability of a zero, in 256ths */
	bit(probability: number): number {
		if (this.bits < 0) {
			const at = this.position;
			const high = at < this.end ? byteAt(this.data, at) : 0;
			const low = at + 1 < this.end ? byteAt(this.data, at + 1) : 0;
			this.value = (this.value << 16) | (high << 8) | low;
			this.position = at + 2;
			this.bits += 16;
		}
		let range = this.range;
		const split = (range * probability) >> 8;
		let bit = 0;
		if (this.value >> this.bits > split) {
			range -= split + 1;
			this.value -= (split + 1) << this.bits;
			bit = 1;
		} else {
			range = split;
		}
		if (range < 127) {
			const shift = Math.clz32(range + 1) - 24;
			range = ((range + 1) << shift) - 1;
			this.bits -= shift;
		}
		this.range = range;
		return bit;
	}

	/** A number without a sign, its highest bit first. */
	number(size: number): number {
		let value = 0;
		for (let i = 0; i < size; i++) value = (value << 1) | this.bit(128);
		return value;
	}

	/** A number with its sign behind it. */
	signed(size: number): number {
		const value = this.number(size);
		return this.bit(128) === 1 ? -value : value;
	}

	/** Whether the next bit is set. */
	flag(): boolean {
		return this.bit(128) === 1;
	}

	/** A signed number behind a flag, and 0 where the flag is not set. */
	optional(size: number): number {
		return this.flag() ? this.signed(size) : 0;
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
