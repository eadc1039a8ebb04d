import { damaged } from '../../refusal';
import { boxesIn, type Box } from './boxes';
import { ByteReader } from './byteReader';

/** Properties of items at most, each counted as often as it is used. */
const MOST = 500_000;

/**
 * Reads the properties of items (ISO/IEC 23008-12, 9.3: `iprp`): of each item's number the boxes in the order in which they count.
 * @throws Damaged for what makes no sense
 */
export function readProperties(body: Uint8Array): Map<number, Box[]> {
	const boxes: Box[] = [];
	const associations: Uint8Array[] = [];
	for (const box of boxesIn(body)) {
		if (box.type === 'ipco') boxes.push(...boxesIn(box.body));
		if (box.type === 'ipma') associations.push(box.body);
	}
	const properties = new Map<number, Box[]>();
	let total = 0;
	for (const association of associations) {
		const reader = new ByteReader(association);
		const { version, flags } = reader.versionAndFlags();
		const indexSize = (flags & 1) === 0 ? 1 : 2;
		const mask = indexSize === 1 ? 0x7f : 0x7fff;
		for (let count = reader.number(4); count > 0; count--) {
			const id = reader.number(version === 0 ? 2 : 4);
			const own = properties.get(id) ?? [];
			for (let left = reader.number(1); left > 0; left--) {
				if (++total > MOST) throw damaged('its items have far too many properties');
				const box = boxes[(reader.number(indexSize) & mask) - 1];
				if (box !== undefined) own.push(box);
			}
			properties.set(id, own);
		}
		if (properties.size > MOST) throw damaged('it has far too many items');
	}
	return properties;
}
