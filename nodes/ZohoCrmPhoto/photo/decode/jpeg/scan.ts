import { damaged } from '../refusal';
import type { Component, Frame } from './frame';
import type { HuffmanTable } from './huffman';
import { readHuffmanTables } from './huffmanSegment';
import { standardTable } from './standardTables';
import { MARKER } from '../../formats/jpegSegments';
import { ZIGZAG } from '../../formats/jpegTables';

/** What a scan header chooses (ITU-T T.81, B.2.3). */
export interface Scan {
	components: Array<{
		/** Which of the frame's components, from 0. */
		index: number;
		component: Component;
		dc: HuffmanTable | undefined;
		ac: HuffmanTable | undefined;
		steps: Uint16Array | undefined;
	}>;
	/** First and last coefficient, in zigzag order. */
	from: number;
	to: number;
	/** The bit that was the lowest so far, and the one that is now (0 and 0 in a sequential file). */
	high: number;
	low: number;
	/** Minimum coded units between restart markers; 0 for none. */
	restartInterval: number;
	/** Where the entropy-coded data begins. */
	start: number;
}

/** Huffman tables in a file at most: eight for each of a hundred scans are more than any encoder writes. */
const MOST_TABLES = 1000;

/** The tables that segments set for the scans after them (ITU-T T.81, B.2.4). */
export class ScanTables {
	/** By kind and slot, e.g. `ac0`. */
	private readonly huffman = new Map<string, HuffmanTable>();
	private readonly steps = new Map<number, Uint16Array>();
	private restartInterval = 0;
	private huffmanTables = 0;
	/** Components that had a scan: where several have one name, their order tells them apart. */
	private readonly scanned = new Set<number>();

	/**
	 * @param isSequential whether the tables that most encoders take are meant where a file has none, as in the frames of Motion JPEG
	 */
	constructor(private readonly isSequential = false) {}

	/**
	 * Takes a segment; those that set no table change nothing.
	 * @throws Damaged for a table that is cut short or makes no sense
	 */
	take(marker: number, body: Uint8Array): void {
		if (marker === MARKER.DHT) {
			for (const { ac, slot, table } of readHuffmanTables(body)) {
				if (++this.huffmanTables > MOST_TABLES) throw damaged('it has far more Huffman tables than scans');
				this.huffman.set(nameOf(ac, slot), table);
			}
		}
		if (marker === MARKER.DQT) this.takeSteps(body);
		if (marker === MARKER.DRI) this.takeRestartInterval(body);
	}

	/**
	 * What a scan header chooses, with the tables as they are now.
	 * @param start where the scan's data begins in the file
	 * @throws Damaged when it names what the frame does not have
	 */
	scan(frame: Frame, body: Uint8Array, start: number): Scan {
		const [count] = body;
		if (count === undefined || count < 1 || count > 4 || body.length < 4 + 2 * count) {
			throw damaged('one of its scan headers is cut short');
		}
		const view = viewOf(body);
		const chosen = new Set<number>();
		const components = Array.from({ length: count }, (_, i) => {
			const index = this.chosen(frame, view.getUint8(1 + 2 * i), chosen);
			chosen.add(index);
			const component = frame.components[index];
			if (component === undefined) throw damaged('one of its scans is for a component that it does not have');
			const slots = view.getUint8(2 + 2 * i);
			return {
				index,
				component,
				dc: this.table(false, slots >> 4),
				ac: this.table(true, slots & 15),
				steps: this.steps.get(component.table),
			};
		});
		if (chosen.size !== count) throw damaged('one of its scans has a component twice');
		for (const index of chosen) this.scanned.add(index);
		const bits = view.getUint8(3 + 2 * count);
		return {
			components,
			from: view.getUint8(1 + 2 * count),
			to: view.getUint8(2 + 2 * count),
			high: bits >> 4,
			low: bits & 15,
			restartInterval: this.restartInterval,
			start,
		};
	}

	/**
	 * The component of a name, and where several have it, the first that is not chosen yet, as libjpeg-turbo has it.
	 * @returns its place in the frame; that of the first one where all are chosen, and -1 where there is none
	 */
	private chosen({ components }: Frame, name: number, chosen: ReadonlySet<number>): number {
		const places = [...components.keys()].filter((place) => components[place]?.id === name);
		const free = places.filter((place) => !chosen.has(place));
		return free.find((place) => !this.scanned.has(place)) ?? free[0] ?? places[0] ?? -1;
	}

	private table(ac: boolean, slot: number): HuffmanTable | undefined {
		return this.huffman.get(nameOf(ac, slot)) ?? (this.isSequential ? standardTable(ac, slot) : undefined);
	}

	private takeRestartInterval(body: Uint8Array): void {
		if (body.length < 2) throw damaged('its restart interval is cut short');
		this.restartInterval = viewOf(body).getUint16(0);
	}

	private takeSteps(body: Uint8Array): void {
		const view = viewOf(body);
		for (let at = 0; at < body.length; ) {
			const head = view.getUint8(at++);
			const width = head >> 4 === 0 ? 1 : 2;
			if (head >> 4 > 1 || (head & 15) > 3 || at + 64 * width > body.length) {
				throw damaged('one of its quantisation tables is cut short');
			}
			const steps = new Uint16Array(64);
			for (const place of ZIGZAG) {
				steps[place] = width === 1 ? view.getUint8(at) : view.getUint16(at);
				at += width;
			}
			this.steps.set(head & 15, steps);
		}
	}
}

function nameOf(ac: boolean, slot: number): string {
	return `${ac ? 'ac' : 'dc'}${slot}`;
}

function viewOf(body: Uint8Array): DataView {
	return new DataView(body.buffer, body.byteOffset, body.length);
}
