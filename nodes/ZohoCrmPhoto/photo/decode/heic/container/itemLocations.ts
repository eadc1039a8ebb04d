import { damaged, unsupported } from '../../refusal';
import { ByteReader } from './byteReader';

/** Where an item's bytes are: stretches of the file, or of what the metadata itself holds. */
export interface ItemLocation {
	isInMetadata: boolean;
	/** Other than these two ways, which is not decoded. */
	isElsewhere: boolean;
	/** A length of 0 stands for all that follows. */
	extents: ReadonlyArray<{ offset: number; length: number }>;
}

/** Items and stretches of them at most. */
const MOST = 100_000;

/** Ways to find an item (ISO/IEC 14496-12, 8.11.3: construction_method). */
const IN_FILE = 0;
const IN_METADATA = 1;

/**
 * Reads where items are (ISO/IEC 14496-12, 8.11.3: `iloc`), by their numbers.
 * @throws Damaged for what makes no sense
 */
export function readItemLocations(body: Uint8Array): Map<number, ItemLocation> {
	const reader = new ByteReader(body);
	const { version } = reader.versionAndFlags();
	if (version > 2) throw unsupported('The photo is a HEIC whose structure is of a kind that nobody has described');
	const sizes = reader.number(2);
	const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
	const indexSize = version === 0 ? 0 : sizes & 15;
	const numberSize = version < 2 ? 2 : 4;
	const locations = new Map<number, ItemLocation>();
	let total = 0;
	for (let count = reader.number(numberSize); count > 0; count--) {
		const id = reader.number(numberSize);
		const method = version === 0 ? IN_FILE : reader.number(2) & 15;
		const isOtherFile = reader.number(2) !== 0;
		const base = reader.number(baseSize);
		const extents = [];
		for (let left = reader.number(2); left > 0; left--) {
			if (++total > MOST) throw damaged('its items are in far too many pieces');
			reader.number(indexSize);
			extents.push({ offset: base + reader.number(offsetSize), length: reader.number(lengthSize) });
		}
		if (locations.size === MOST) throw damaged('it has far too many items');
		const isElsewhere = isOtherFile || method > IN_METADATA;
		locations.set(id, { isInMetadata: method === IN_METADATA, isElsewhere, extents });
	}
	return locations;
}

/**
 * The bytes of an item.
 * @param metadata what the metadata itself holds (`idat`)
 * @throws Damaged where the file ends before it
 */
export function itemBytes(location: ItemLocation, file: Uint8Array, metadata: Uint8Array): Uint8Array {
	if (location.isElsewhere) throw unsupported('The photo is a HEIC whose picture is kept in a way that is not read');
	const source = location.isInMetadata ? metadata : file;
	const parts = location.extents.map(({ offset, length }) => {
		const end = length === 0 ? source.length : offset + length;
		if (end > source.length || offset > end) throw damaged('it is cut off');
		return source.subarray(offset, end);
	});
	const [first] = parts;
	if (first === undefined) throw damaged('a part of its picture is missing');
	if (parts.length === 1) return first;
	// Overlapping pieces could be of any length together.
	if (parts.reduce((sum, part) => sum + part.length, 0) > source.length) throw damaged('its items overlap');
	return Buffer.concat(parts);
}
