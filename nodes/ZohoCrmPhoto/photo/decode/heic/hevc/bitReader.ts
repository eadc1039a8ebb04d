import { damaged } from '../../refusal';

/** The longest prefix of an Exp-Golomb code: no value of the standard needs more (ITU-T H.265, 9.2). */
const LONGEST_PREFIX = 32;

/** Reads the fields of headers, bit by bit from the highest (ITU-T H.265, 7.2 and 9.2). */
export class BitReader {
	/** Where the next bit stands. */
	position: number;

	/**
	 * @param bytes without emulation prevention
	 * @param from the byte to begin at
	 */
	constructor(
		private readonly bytes: Uint8Array,
		from = 0,
	) {
		this.position = 8 * from;
	}

	/** @throws Damaged past the end, as all readers here */
	flag(): boolean {
		return this.bit() === 1;
	}

	/** A number of `count` bits, 32 at most: `u(n)`. */
	bits(count: number): number {
		let value = 0;
		for (let i = 0; i < count; i++) value = 2 * value + this.bit();
		return value;
	}

	/** A number of 0 and above in Exp-Golomb code: `ue(v)`. */
	unsigned(): number {
		let zeros = 0;
		while (this.bit() === 0) if (++zeros > LONGEST_PREFIX) throw damaged('a number in its headers has no end');
		return 2 ** zeros - 1 + this.bits(zeros);
	}

	/** As {@link unsigned}, within bounds. @param what completes "its headers have a ... out of bounds" */
	unsignedWithin(most: number, what: string): number {
		const value = this.unsigned();
		if (value > most) throw damaged(`its headers have a ${what} out of bounds`);
		return value;
	}

	/** A number of either sign in Exp-Golomb code: `se(v)`. */
	signed(): number {
		const code = this.unsigned();
		return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
	}

	/** As {@link signed}, within bounds. @param what completes "its headers have a ... out of bounds" */
	signedWithin(least: number, most: number, what: string): number {
		const value = this.signed();
		if (value < least || value > most) throw damaged(`its headers have a ${what} out of bounds`);
		return value;
	}

	/** Passes over bits. */
	skip(count: number): void {
		this.position += count;
	}

	private bit(): number {
		const byte = this.bytes[this.position >> 3];
		if (byte === undefined) throw damaged('its headers end early');
		return (byte >> (7 - (this.position++ & 7))) & 1;
	}
}
