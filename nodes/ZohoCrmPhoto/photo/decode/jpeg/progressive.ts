import { inMegapixels } from '../../quantities';
import { damaged, tooLarge, type Refused } from '../refusal';
import type { Work } from '../../work';
import { EntropyReader } from './entropyReader';
import type { Component, Frame } from './frame';
import type { Halvings } from './blockTransform';
import { transformFor } from './transformFor';
import type { RowSink } from '../picture';
import type { Picture } from './picture';
import { ProgressiveBlocks, type BlockChannel, type BlockReader } from './progressiveBlocks';
import type { Scan } from './scan';
import { ZIGZAG } from '../../formats/jpegTables';

/** Blocks read between two looks at whether to pause. */
const STEP = 128;

/** What a block of a progressive scan costs, in the unit of `Work`: a scan brings a part of each coefficient. */
const WORK_PER_BLOCK = 16;

/**
 * Blocks that all scans together may go through: encoders' 10 scans or so over 60 megapixels with full colour are 13 million,
 * and take 5 s.
 */
const MOST_BLOCKS = 16_000_000;

/** A coefficient that no scan has brought yet. */
const NOTHING = 255;

/** The coefficients of one component, which grow from scan to scan. */
interface Channel extends BlockChannel {
	component: Component;
	/** None where the coded data is only looked through. */
	sink: RowSink | undefined;
	/** Blocks in a row, with those that only fill up the last minimum coded unit. */
	across: number;
	/** By zigzag place: the lowest bit that is known. */
	known: Uint8Array;
	/** Taken when the component's first scan comes, as ITU-T T.81, B.2.4.1 has it. */
	steps: Uint16Array | undefined;
}

/** Decodes progressive frames (ITU-T T.81, annex G). All coefficients are held until the last scan: 2 bytes each. */
export class ProgressivePicture implements Picture {
	private readonly channels: Channel[];
	private scans = 0;
	/** Blocks of all scans so far. */
	private blocks = 0;

	constructor(
		private readonly data: Uint8Array,
		private readonly frame: Frame,
		sinks: readonly RowSink[],
		private readonly halvings: Halvings,
	) {
		const unitsAcross = Math.ceil(frame.width / (8 * frame.hMax));
		const unitsDown = Math.ceil(frame.height / (8 * frame.vMax));
		this.channels = frame.components.map((component, index) => {
			const sink = sinks[index];
			const across = unitsAcross * component.h;
			const coefficients = new Int16Array(64 * across * unitsDown * component.v);
			const known = new Uint8Array(64).fill(NOTHING);
			return { component, sink, across, coefficients, known, steps: undefined, level: 0 };
		});
	}

	/** Whether every bit of every coefficient has come, so that nothing can follow. */
	whole(): boolean {
		return this.channels.every(({ known }) => known.every((bit) => bit === 0));
	}

	*scan(scan: Scan): Work<number> {
		this.begin(scan);
		const { width, height, hMax, vMax } = this.frame;
		const reader = new EntropyReader(this.data, scan.start);
		const blocksOf = new ProgressiveBlocks(reader, scan);
		const parts = scan.components.flatMap(({ index, dc, ac }) => {
			const channel = this.channels[index];
			return channel === undefined ? [] : [{ channel, read: blocksOf.blockReader(dc, ac) }];
		});
		const [alone] = parts.length === 1 ? parts : [];
		const unitsAcross = Math.ceil(alone ? alone.channel.component.width / 8 : width / (8 * hMax));
		const unitsDown = Math.ceil(alone ? alone.channel.component.height / 8 : height / (8 * vMax));
		this.scans++;
		this.blocks += parts.reduce(
			(sum, { channel }) => sum + blocksOfScan(channel, unitsAcross * unitsDown, alone !== undefined),
			0,
		);
		if (this.blocks > MOST_BLOCKS) throw this.tooManyScans();
		let blocks = 0;
		let units = 0;
		for (let y = 0; y < unitsDown; y++) {
			for (let x = 0; x < unitsAcross; x++, units++) {
				if (scan.restartInterval > 0 && units > 0 && units % scan.restartInterval === 0) {
					reader.restart((units / scan.restartInterval - 1) & 7);
					blocksOf.restart();
					for (const { channel } of parts) channel.level = 0;
				}
				if (alone) {
					alone.read(alone.channel, 64 * (y * alone.channel.across + x));
					blocks++;
				} else {
					for (const { channel, read } of parts) blocks += readUnit(channel, read, x, y);
				}
				if (blocks >= STEP) {
					yield blocks * WORK_PER_BLOCK;
					blocks = 0;
				}
			}
			reader.checkEnd();
		}
		return reader.end;
	}

	*finish(ended: boolean): Work<void> {
		if ((!ended && !this.whole()) || this.channels.some(({ known }) => known[0] === NOTHING)) {
			throw damaged('its picture data ends early');
		}
		for (const channel of this.channels) {
			yield* handOver(channel, this.halvings);
			channel.coefficients = new Int16Array(0);
		}
	}

	private tooManyScans(): Refused {
		const pixels = inMegapixels(this.frame.width * this.frame.height);
		return tooLarge(
			`The photo is a progressive JPEG of more than ${this.scans - 1} scans, which is too many for ${pixels}`,
		);
	}

	/** Checks that the scan follows those before it (ITU-T T.81, G.1.1.1) and notes what will be known after it. */
	private begin({ components, from, to, high, low }: Scan): void {
		const bounds = from === 0 ? to === 0 : from <= to && to <= 63 && components.length === 1;
		if (!bounds || low > 13 || (high !== 0 && high !== low + 1))
			throw damaged('one of its scan headers makes no sense');
		for (const { index, steps } of components) {
			const channel = this.channels[index];
			if (channel === undefined) continue;
			channel.level = 0;
			channel.steps ??= steps;
			for (let k = from; k <= to; k++) {
				if (channel.known[k] !== (high === 0 ? NOTHING : high)) {
					throw damaged('its scans do not follow one another');
				}
				channel.known[k] = low;
			}
		}
	}
}

/** Blocks of a component that a scan brings a part of. */
function blocksOfScan({ component: { h, v } }: Channel, units: number, isAlone: boolean): number {
	return isAlone ? units : units * h * v;
}

function readUnit(channel: Channel, read: BlockReader, x: number, y: number): number {
	const { h, v } = channel.component;
	for (let row = 0; row < v; row++) {
		for (let column = 0; column < h; column++) {
			read(channel, 64 * ((y * v + row) * channel.across + x * h + column));
		}
	}
	return h * v;
}

function* handOver({ component, sink, across, coefficients, steps }: Channel, halvings: Halvings): Work<void> {
	if (sink === undefined) return;
	const transform = transformFor(steps, halvings);
	const { side } = transform;
	const stride = side * across;
	const strip = new Uint8ClampedArray(side * stride);
	for (let top = 0; top < component.height; top += 8) {
		for (let x = 0; x < across; x++) {
			const at = 8 * top * across + 64 * x;
			transform.block(coefficients, at, lastPlace(coefficients, at), strip, side * x, stride);
			if (x % STEP === STEP - 1) yield 32 * STEP;
		}
		const rows = Math.min(side, Math.ceil((component.height - top) / (1 << halvings)));
		for (let row = 0; row < rows; row++) {
			sink.take(strip, row * stride);
			yield sink.workPerRow;
		}
	}
}

/** The zigzag place of a block's last coefficient that is not 0. */
function lastPlace(coefficients: Int16Array, at: number): number {
	let last = 63;
	while (last > 0 && coefficients[at + rowByRow(last)] === 0) last--;
	return last;
}

/** The place in a block, row by row, of a zigzag place from 0 to 63. */
function rowByRow(k: number): number {
	return ZIGZAG[k] ?? 0;
}
