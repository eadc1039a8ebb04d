import { HuffmanTable } from './huffman';
import { CHROMINANCE_AC, CHROMINANCE_DC, LUMINANCE_AC, LUMINANCE_DC, type HuffmanSpec } from '../../formats/jpegTables';

/** The tables of ITU-T T.81, K.3, at the places where encoders put them. */
const SPECS: ReadonlyArray<{ ac: boolean; slot: number; spec: HuffmanSpec }> = [
	{ ac: false, slot: 0, spec: LUMINANCE_DC },
	{ ac: true, slot: 0, spec: LUMINANCE_AC },
	{ ac: false, slot: 1, spec: CHROMINANCE_DC },
	{ ac: true, slot: 1, spec: CHROMINANCE_AC },
];

/** Those that were needed so far: most files have them, and to make them anew takes as long as to read 10 KB of picture. */
const made = new Map<HuffmanSpec, HuffmanTable>();

function ready(spec: HuffmanSpec): HuffmanTable {
	const table = made.get(spec) ?? new HuffmanTable(spec);
	made.set(spec, table);
	return table;
}

/** The table that most encoders put into a slot; undefined for slots that they do not use. */
export function standardTable(ac: boolean, slot: number): HuffmanTable | undefined {
	const found = SPECS.find((one) => one.ac === ac && one.slot === slot);
	return found === undefined ? undefined : ready(found.spec);
}

/** The table that a file gives: one that serves for all files where it is one of the standard's. @throws Damaged when it makes no code */
export function tableOf({ counts, symbols }: HuffmanSpec): HuffmanTable {
	const found = SPECS.find(({ spec }) => isSame(spec.counts, counts) && isSame(spec.symbols, symbols));
	return found === undefined ? new HuffmanTable({ counts, symbols }) : ready(found.spec);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
	return Buffer.compare(one, other) === 0;
}
