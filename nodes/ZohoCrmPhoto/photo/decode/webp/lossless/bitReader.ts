import { damaged } from '../../refusal';

/** Reads the bits of a lossless WebP, the lowest of each byte first (RFC 9649, 3.2). */
export class BitReader {
	/** The bits read ahead, the first ones lowest. */
	bits = 0;
	count = 0;

	/** @param position where in the data the bits begin */
	constructor(
		private readonly data: Uint8Array,
		private position: number,
	) {}

	/** @throws Damaged where more was read than there is */
	checkEnd(): void {
		if (this.position - (this.count >> 3) > this.data.length) throw damaged('its picture data ends early');
	}

	/** Reads ahead until at least 25 bits stand ready; zeros past the end, which `checkEnd` finds. */
	fill(): void {
		while (this.count <= 24) {
			this.bits |= byteAt(this.data, this.position++) << this.count;
			this.count += 8;
		}
	}

	/** A number of 0 to 24 bits. */
	number(size: number): number {
		if (this.count < size) this.fill();
		const value = this.bits & ((1 << size) - 1);
		this.bits >>>= size;
		this.count -= size;
		return value;
	}

	/** Whether the next bit is set. */
	flag(): boolean {
		return this.number(1) === 1;
	}
}

/** A byte at a place within the array. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
