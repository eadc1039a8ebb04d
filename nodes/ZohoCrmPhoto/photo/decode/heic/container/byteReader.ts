import { damaged } from '../../refusal';

/** Reads the fields of boxes, numbers with the highest byte first (ISO/IEC 14496-12, 4.2). */
export class ByteReader {
	/** Where the next byte is. */
	position = 0;

	constructor(readonly bytes: Uint8Array) {}

	/** Bytes that are left. */
	get left(): number {
		return this.bytes.length - this.position;
	}

	/** A number of some bytes, 0 to 8. @throws Damaged past the end, as all readers here */
	number(length: number): number {
		let value = 0;
		for (let i = 0; i < length; i++) value = value * 256 + this.byte();
		return value;
	}

	/** A number of 32 bits, with a sign. */
	signed(): number {
		return this.number(4) | 0;
	}

	/** A code of four letters. */
	code(): string {
		return String.fromCharCode(this.byte(), this.byte(), this.byte(), this.byte());
	}

	/** A text that ends with a zero byte, or with the bytes. */
	text(): string {
		let text = '';
		while (this.left > 0) {
			const byte = this.byte();
			if (byte === 0) break;
			text += String.fromCharCode(byte);
		}
		return text;
	}

	/** The next bytes. */
	take(length: number): Uint8Array {
		if (length > this.left) throw damaged('its structure ends early');
		this.position += length;
		return this.bytes.subarray(this.position - length, this.position);
	}

	/** The version and flags that many boxes begin with (ISO/IEC 14496-12, 4.2: FullBox). */
	versionAndFlags(): { version: number; flags: number } {
		return { version: this.byte(), flags: this.number(3) };
	}

	private byte(): number {
		const byte = this.bytes[this.position];
		if (byte === undefined) throw damaged('its structure ends early');
		this.position++;
		return byte;
	}
}
