import { damaged } from '../../refusal';
import { boxesIn } from './boxes';
import { ByteReader } from './byteReader';

/** What an item is: four letters, and for files of other kinds their MIME type. */
export interface ItemInfo {
	type: string;
	mimeType: string;
	/** How its bytes are compressed; empty where they are not. */
	encoding: string;
}

/**
 * Reads what items are (ISO/IEC 14496-12, 8.11.6: `iinf`), by their numbers. Entries of the first versions name no type and are
 * left out.
 * @throws Damaged for what makes no sense
 */
export function readItems(body: Uint8Array): Map<number, ItemInfo> {
	const reader = new ByteReader(body);
	const { version } = reader.versionAndFlags();
	reader.number(version === 0 ? 2 : 4);
	const items = new Map<number, ItemInfo>();
	for (const box of boxesIn(body.subarray(reader.position))) {
		if (box.type !== 'infe') continue;
		const entry = new ByteReader(box.body);
		const { version: own } = entry.versionAndFlags();
		if (own < 2) continue;
		const id = entry.number(own === 2 ? 2 : 4);
		entry.number(2);
		const type = entry.code();
		entry.text();
		const isFile = type === 'mime';
		items.set(id, { type, mimeType: isFile ? entry.text() : '', encoding: isFile ? entry.text() : '' });
	}
	return items;
}

/** A reference from an item to others. */
export interface ItemReference {
	type: string;
	from: number;
	to: readonly number[];
}

/** References at most. */
const MOST_REFERENCES = 200_000;

/**
 * Reads how items refer to each other (ISO/IEC 14496-12, 8.11.12: `iref`).
 * @throws Damaged for what makes no sense
 */
export function readReferences(body: Uint8Array): ItemReference[] {
	const reader = new ByteReader(body);
	const size = reader.versionAndFlags().version === 0 ? 2 : 4;
	let total = 0;
	return Array.from(boxesIn(body.subarray(reader.position)), (box) => {
		const entry = new ByteReader(box.body);
		const from = entry.number(size);
		const count = entry.number(2);
		total += count;
		if (total > MOST_REFERENCES) throw damaged('its items refer to far too many others');
		return { type: box.type, from, to: Array.from({ length: count }, () => entry.number(size)) };
	});
}
