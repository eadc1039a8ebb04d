import type { Work } from '../../work';
import { Inflater } from '../inflate';
import { damaged } from '../refusal';
import type { PngHeader } from './header';
import { checkFilter, unfilter } from './unfilter';

/** Reads the rows of the image data one after another, unfiltered (PNG specification, third edition, sections 9 and 10). */
export class PngRows {
	private readonly inflater: Inflater;
	private readonly step: number;
	private readonly bitsPerPixel: number;
	private chunk = new Uint8Array(0);
	private used = 0;
	private row: Uint8Array;
	private above: Uint8Array;

	/**
	 * @param data of all IDAT chunks
	 * @throws Damaged where it is no zlib data
	 */
	constructor(data: Uint8Array, { width, depth, channels }: PngHeader) {
		this.inflater = new Inflater(data);
		this.bitsPerPixel = depth * channels;
		this.step = Math.max(1, this.bitsPerPixel >> 3);
		this.row = new Uint8Array(this.lengthOf(width));
		this.above = new Uint8Array(this.lengthOf(width));
	}

	/** Begins a picture of its own: each pass of an interlaced one is (section 8.1). @param width in pixels */
	begin(width: number): void {
		this.row = new Uint8Array(this.lengthOf(width));
		this.above = new Uint8Array(this.lengthOf(width));
	}

	/**
	 * The next row, which is there until the one after the next.
	 * @throws Damaged for data that ends early or makes no sense
	 */
	*next(): Work<Uint8Array> {
		const { above: row, row: above } = this;
		this.row = row;
		this.above = above;
		const filter = yield* this.byte();
		for (let filled = 0; filled < row.length; ) {
			if (this.used === this.chunk.length) yield* this.more();
			const part = this.chunk.subarray(this.used, this.used + row.length - filled);
			row.set(part, filled);
			filled += part.length;
			this.used += part.length;
		}
		unfilter(filter, row, above, this.step);
		return row;
	}

	/**
	 * Passes over the next row.
	 * @throws as `next` does
	 */
	*pass(): Work<void> {
		const filter = yield* this.byte();
		for (let left = this.row.length; left > 0; ) {
			if (this.used === this.chunk.length) yield* this.more();
			const part = Math.min(left, this.chunk.length - this.used);
			left -= part;
			this.used += part;
		}
		checkFilter(filter);
	}

	private *byte(): Work<number> {
		while (this.used === this.chunk.length) yield* this.more();
		return this.chunk[this.used++] ?? 0;
	}

	private *more(): Work<void> {
		if (this.inflater.ended) throw damaged('its picture data ends early');
		this.chunk = this.inflater.next();
		this.used = 0;
		yield 256 + (this.chunk.length >> 2);
	}

	private lengthOf(pixels: number): number {
		return Math.ceil((pixels * this.bitsPerPixel) / 8);
	}
}
