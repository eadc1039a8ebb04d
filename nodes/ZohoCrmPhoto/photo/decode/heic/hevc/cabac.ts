import { CONTEXT_COUNT, freshContexts } from './contexts';
import { AFTER_LIKELY_VALUE, AFTER_UNLIKELY_VALUE, UNLIKELY_RANGES } from './probabilities';

/** Bytes past the end that the arithmetic decoder may look at before data counts as cut off. */
const LOOKAHEAD = 4;

/**
 * The arithmetic decoder (ITU-T H.265, 9.3.4.3), with seven bits more in hand than the standard has, so that bytes are loaded
 * whole.
 */
export class Cabac {
	/** The state of each context. @see freshContexts */
	readonly contexts = new Uint8Array(CONTEXT_COUNT);

	private data = new Uint8Array(0);
	private at = 0;
	private value = 0;
	private range = 510;
	/** Bits until the next byte is needed, below 0. */
	private need = -8;

	/** Sets all contexts to what a slice begins with. @param quantisation of the slice */
	reset(quantisation: number): void {
		freshContexts(this.contexts, quantisation);
	}

	/** Begins with data at a byte (9.3.2.5). */
	start(data: Uint8Array, at: number): void {
		this.data = data;
		this.value = (byteAt(data, at) << 8) | byteAt(data, at + 1);
		this.at = at + 2;
		this.range = 510;
		this.need = -8;
	}

	/** The data that is read. */
	get source(): Uint8Array {
		return this.data;
	}

	/** Where the bytes go on after a terminating value of 1: all before were read by then. */
	get position(): number {
		return this.at;
	}

	/** Whether more was read than there is. */
	get isPastEnd(): boolean {
		return this.at > this.data.length + LOOKAHEAD;
	}

	/** A value of one bit by its context. */
	bin(context: number): number {
		const state = byteAt(this.contexts, context);
		const unlikely = byteAt(UNLIKELY_RANGES, (state << 2) | ((this.range >> 6) & 3));
		const range = this.range - unlikely;
		const scaled = range << 7;
		if (this.value < scaled) {
			this.contexts[context] = byteAt(AFTER_LIKELY_VALUE, state);
			if (range < 256) {
				this.range = range << 1;
				this.value <<= 1;
				if (++this.need === 0) {
					this.need = -8;
					this.value |= byteAt(this.data, this.at++);
				}
			} else this.range = range;
			return state & 1;
		}
		const shift = Math.clz32(unlikely) - 23;
		this.value = (this.value - scaled) << shift;
		this.range = unlikely << shift;
		this.contexts[context] = byteAt(AFTER_UNLIKELY_VALUE, state);
		this.need += shift;
		if (this.need >= 0) {
			this.value |= byteAt(this.data, this.at++) << this.need;
			this.need -= 8;
		}
		return (state & 1) ^ 1;
	}

	/** A bit that is as likely 1 as 0. */
	bypass(): number {
		this.value <<= 1;
		if (++this.need === 0) {
			this.need = -8;
			this.value |= byteAt(this.data, this.at++);
		}
		const scaled = this.range << 7;
		if (this.value < scaled) return 0;
		this.value -= scaled;
		return 1;
	}

	/** A number of such bits, 31 at most. Up to eight are found by one division, as each halves what is left of the range. */
	bits(count: number): number {
		let number = 0;
		for (let left = count; left > 0; left -= 8) {
			const some = left < 8 ? left : 8;
			let value = this.value << some;
			this.need += some;
			if (this.need >= 0) {
				value |= byteAt(this.data, this.at++) << this.need;
				this.need -= 8;
			}
			const scaled = this.range << 7;
			const found = (value / scaled) | 0;
			this.value = value - Math.imul(found, scaled);
			number = (number << some) | found;
		}
		return number;
	}

	/** A value that ends something where it is 1. */
	terminate(): number {
		this.range -= 2;
		if (this.value >= this.range << 7) return 1;
		if (this.range < 256) {
			this.range <<= 1;
			this.value <<= 1;
			if (++this.need === 0) {
				this.need = -8;
				this.value |= byteAt(this.data, this.at++);
			}
		}
		return 0;
	}
}

/** A byte at a place; 0 past the end. */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
