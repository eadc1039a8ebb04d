import { damaged, unsupported } from '../../refusal';
import { boxesIn, type Box } from './boxes';
import { ByteReader } from './byteReader';
import { itemBytes, readItemLocations, type ItemLocation } from './itemLocations';
import { readItems, readReferences, type ItemInfo, type ItemReference } from './items';
import { readProperties } from './properties';

const NOTHING = new Uint8Array(0);

/** A file of pictures as items (ISO/IEC 23008-12 over ISO/IEC 14496-12). */
export class HeifFile {
	/** The number of the item that is the picture. */
	readonly primary: number;
	private readonly items: Map<number, ItemInfo>;
	private readonly locations: Map<number, ItemLocation>;
	private readonly references: readonly ItemReference[];
	private readonly properties: Map<number, Box[]>;
	private readonly metadata: Uint8Array;

	/**
	 * Takes a file apart.
	 * @param data the whole file
	 * @throws Damaged for a structure that makes no sense or is cut off; Refused for a file without pictures as items
	 */
	constructor(private readonly data: Uint8Array) {
		const types = new Set<string>();
		let meta: Uint8Array | undefined;
		for (const { type, body } of boxesIn(data, true)) {
			types.add(type);
			if (type === 'meta') meta ??= body;
		}
		const boxes = meta === undefined ? [] : [...boxesIn(new ByteReader(meta).bytes.subarray(FULL_BOX))];
		const bodyOf = (type: string) => boxes.find((box) => box.type === type)?.body;
		const primary = bodyOf('pitm');
		if (primary === undefined) {
			if (types.has('moov'))
				throw unsupported('The photo is a HEIC that holds a video or animation and no single picture');
			throw damaged('its structure names no picture');
		}
		const reader = new ByteReader(primary);
		this.primary = reader.versionAndFlags().version === 0 ? reader.number(2) : reader.number(4);
		this.items = readItems(needed(bodyOf('iinf')));
		this.locations = readItemLocations(needed(bodyOf('iloc')));
		const references = bodyOf('iref');
		this.references = references === undefined ? [] : readReferences(references);
		this.properties = readProperties(needed(bodyOf('iprp')));
		this.metadata = bodyOf('idat') ?? NOTHING;
	}

	/** What an item is, in four letters; empty where there is no such item. */
	typeOf(id: number): string {
		return this.items.get(id)?.type ?? '';
	}

	/** The properties of an item, in their order. */
	propertiesOf(id: number): readonly Box[] {
		return this.properties.get(id) ?? [];
	}

	/** The bytes of an item. @throws Damaged where they are missing or cut off */
	bytesOf(id: number): Uint8Array {
		const location = this.locations.get(id);
		if (location === undefined) throw damaged('a part of its picture is missing');
		return itemBytes(location, this.data, this.metadata);
	}

	/** The items that an item refers to in some way. */
	referredFrom(type: string, from: number): readonly number[] {
		return this.references.find((one) => one.type === type && one.from === from)?.to ?? [];
	}

	/** The items that refer to an item in some way. */
	referringTo(type: string, to: number): number[] {
		return this.references.filter((one) => one.type === type && one.to.includes(to)).map(({ from }) => from);
	}

	/**
	 * The first item of a type that describes the picture.
	 * @param mimeType of a file of another kind
	 * @returns its bytes; undefined where there is none that can be read
	 */
	description(type: string, mimeType = ''): Uint8Array | undefined {
		const id = this.referringTo('cdsc', this.primary).find((one) => {
			const info = this.items.get(one);
			return info?.type === type && info.mimeType === mimeType && info.encoding === '';
		});
		const location = id === undefined ? undefined : this.locations.get(id);
		return location === undefined || location.isElsewhere ? undefined : itemBytes(location, this.data, this.metadata);
	}
}

/** Version and flags, which the metadata's box begins with. */
const FULL_BOX = 4;

function needed(body: Uint8Array | undefined): Uint8Array {
	if (body === undefined) throw damaged('its structure is not whole');
	return body;
}
