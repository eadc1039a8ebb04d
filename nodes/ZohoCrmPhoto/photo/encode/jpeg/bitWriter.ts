import { giveBack, memoryFor } from '../../spareMemory';

const CHUNK = 1 << 18;

/** Writes entropy-coded data: bits, first ones highest, with a zero after each byte of ones (ITU-T T.81, F.1.2.3). */
export class BitWriter {
	private readonly full: Uint8Array[] = [];
	private chunk = newChunk();
	private used = 0;
	private bits = 0;
	private count = 0;

	/** Whole bytes written. */
	get length(): number {
		return this.full.length * CHUNK + this.used;
	}

	/** @param value the bits, in its lowest places @param size how many, 0 to 16 */
	write(value: number, size: number): void {
		let bits = (this.bits << size) | value;
		let count = this.count + size;
		while (count >= 8) {
			count -= 8;
			const byte = (bits >>> count) & 0xff;
			this.put(byte);
			if (byte === 0xff) this.put(0);
		}
		bits &= (1 << count) - 1;
		this.bits = bits;
		this.count = count;
	}

	/** Fills the last byte with ones. @returns all bytes, in pieces */
	end(): Uint8Array[] {
		if (this.count > 0) this.write((1 << (8 - this.count)) - 1, 8 - this.count);
		return [...this.full, this.chunk.subarray(0, this.used)];
	}

	/** Gives the memory of all pieces back: they were copied, or nobody wants them. */
	release(): void {
		for (const piece of [...this.full, this.chunk]) giveBack(piece);
	}

	private put(byte: number): void {
		if (this.used === CHUNK) {
			this.full.push(this.chunk);
			this.chunk = newChunk();
			this.used = 0;
		}
		this.chunk[this.used++] = byte;
	}
}

function newChunk(): Uint8Array {
	return new Uint8Array(memoryFor(CHUNK), 0, CHUNK);
}
