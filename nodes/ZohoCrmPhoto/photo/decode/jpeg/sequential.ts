import { damaged } from '../refusal';
import type { Work } from '../../work';
import { EntropyReader } from './entropyReader';
import type { Component, Frame } from './frame';
import type { HuffmanTable } from './huffman';
import type { BlockTransform, Halvings } from './blockTransform';
import { levelsAlone, transformFor } from './transformFor';
import type { RowSink } from '../picture';
import type { Picture } from './picture';
import type { Scan } from './scan';

/** Samples decoded between two looks at whether to pause. */
const STEP = 4096;

const NOTHING = new Uint8ClampedArray(0);

/** What one component needs while its scan is decoded. */
interface Channel {
	component: Component;
	/** None where the coded data is only looked through. */
	sink: RowSink | undefined;
	dc: HuffmanTable;
	ac: HuffmanTable;
	transform: BlockTransform;
	/** Blocks of it in a minimum coded unit, across and down. */
	across: number;
	down: number;
	/** The samples of one row of minimum coded units. */
	strip: Uint8ClampedArray;
	stride: number;
	/** DC of the block before. */
	level: number;
	/** Rows of the plane, and those handed over. */
	height: number;
	rows: number;
}

/**
 * Decodes sequential frames (ITU-T T.81, annex F) in strips of one row of minimum coded units, so that the picture is
 * never held whole. Without sinks the coded data is only looked through.
 */
export class SequentialPicture implements Picture {
	private readonly missing: Set<number>;
	private readonly block = new Int16Array(64);

	constructor(
		private readonly data: Uint8Array,
		private readonly frame: Frame,
		private readonly sinks: readonly RowSink[],
		private readonly halvings: Halvings,
	) {
		this.missing = new Set(frame.components.keys());
	}

	whole(): boolean {
		return this.missing.size === 0;
	}

	*scan(scan: Scan): Work<number> {
		const alone = scan.components.length === 1;
		const channels = scan.components.map((choice) => this.channel(choice, alone));
		const { width, height, hMax, vMax } = this.frame;
		const [first] = channels;
		const unitsAcross = Math.ceil(alone && first ? first.component.width / 8 : width / (8 * hMax));
		const unitsDown = Math.ceil(alone && first ? first.component.height / 8 : height / (8 * vMax));
		const reader = new EntropyReader(this.data, scan.start);
		const workPerUnit = 64 * channels.reduce((sum, { across, down }) => sum + across * down, 0);
		let work = 0;
		let units = 0;
		for (let y = 0; y < unitsDown; y++) {
			for (let x = 0; x < unitsAcross; x++, units++) {
				if (scan.restartInterval > 0 && units > 0 && units % scan.restartInterval === 0) {
					reader.restart((units / scan.restartInterval - 1) & 7);
					for (const channel of channels) channel.level = 0;
				}
				for (const channel of channels) this.unit(reader, channel, x);
				work += workPerUnit;
				if (work >= STEP) {
					yield work;
					work = 0;
				}
			}
			reader.checkEnd();
			for (const channel of channels) yield* handOver(channel);
		}
		for (const { index } of scan.components) this.missing.delete(index);
		return reader.end;
	}

	finish(): Iterable<number> {
		if (!this.whole()) throw damaged('its picture data ends early');
		return [];
	}

	private channel({ index, component, dc, ac, steps }: Scan['components'][number], alone: boolean): Channel {
		const sink = this.sinks[index];
		if (dc === undefined || ac === undefined) {
			throw damaged('one of its Huffman tables is missing');
		}
		if (!this.missing.has(index)) throw damaged('it has a component twice');
		const across = alone ? 1 : component.h;
		const down = alone ? 1 : component.v;
		const unitsAcross = alone ? Math.ceil(component.width / 8) : Math.ceil(this.frame.width / (8 * this.frame.hMax));
		const transform = sink === undefined ? levelsAlone(steps) : transformFor(steps, this.halvings);
		const stride = transform.side * across * unitsAcross;
		const strip = sink === undefined ? NOTHING : new Uint8ClampedArray(transform.side * down * stride);
		const height = Math.ceil(component.height / (1 << this.halvings));
		return { component, sink, dc, ac, transform, across, down, strip, stride, level: 0, height, rows: 0 };
	}

	private unit(reader: EntropyReader, channel: Channel, x: number): void {
		const { block } = this;
		const { dc, ac, transform, across, down, strip, stride, sink } = channel;
		if (sink === undefined) {
			for (let i = across * down; i > 0; i--) {
				channel.level += reader.difference(dc);
				transform.checkLevel(channel.level);
				reader.pass(ac);
			}
			return;
		}
		for (let v = 0; v < down; v++) {
			for (let h = 0; h < across; h++) {
				block.fill(0);
				channel.level += reader.difference(dc);
				block[0] = channel.level;
				const last = reader.alternating(ac, block);
				transform.block(block, 0, last, strip, transform.side * (v * stride + x * across + h), stride);
			}
		}
	}
}

function* handOver(channel: Channel): Work<void> {
	const { sink, strip, stride, down, height, transform } = channel;
	if (sink === undefined) return;
	for (let row = 0; row < transform.side * down && channel.rows < height; row++, channel.rows++) {
		sink.take(strip, row * stride);
		yield sink.workPerRow;
	}
}
