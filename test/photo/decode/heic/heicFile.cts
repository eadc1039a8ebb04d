/** Writes HEIC files box by box (ISO/IEC 14496-12, ISO/IEC 23008-12, ISO/IEC 14496-15), as real encoders do not write every kind. */

const CODES = 'latin1';

/** A box: its length, its four letters, what it holds. */
export function box(type: string, ...content: Uint8Array[]): Buffer {
	const body = Buffer.concat(content);
	const header = Buffer.alloc(8);
	header.writeUInt32BE(8 + body.length);
	header.write(type, 4, CODES);
	return Buffer.concat([header, body]);
}

/** A number of some bytes. */
export function number(value: number, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
	return bytes;
}

const full = (type: string, version: number, flags: number, ...content: Uint8Array[]) =>
	box(type, Buffer.of(version), number(flags, 3), ...content);

/** Properties, as boxes. */
export const PROPERTY = {
	size: (width: number, height: number) => full('ispe', 0, 0, number(width, 4), number(height, 4)),
	turn: (quarters: number) => box('irot', Buffer.of(quarters)),
	mirror: (axis: number) => box('imir', Buffer.of(axis)),
	/** @param parts width, height, place of the middle across and down: each numerator and denominator */
	cut: (...parts: number[]) => box('clap', ...parts.map((part) => number(part < 0 ? part + 2 ** 32 : part, 4))),
	colours: (primaries: number, transfer: number, matrix: number, isFullRange: boolean) =>
		box(
			'colr',
			Buffer.from('nclx', CODES),
			...[primaries, transfer, matrix].map((code) => number(code, 2)),
			Buffer.of(isFullRange ? 0x80 : 0),
		),
	profile: (icc: Uint8Array) => box('colr', Buffer.from('prof', CODES), icc),
	auxiliary: (what: string) => full('auxC', 0, 0, Buffer.from(`${what}\0`, CODES)),
	/** @param units parameter sets */
	decoder: (units: readonly Uint8Array[]) =>
		box(
			'hvcC',
			Buffer.of(1, ...new Array<number>(20).fill(0), 3, units.length),
			...units.flatMap((unit) => [Buffer.of(((unit[0] ?? 0) >> 1) & 63), number(1, 2), number(unit.length, 2), unit]),
		),
};

/** An item of a file to write. */
export interface Item {
	type: string;
	data: Uint8Array;
	properties?: readonly Buffer[];
	/** What it refers to: four letters, and the places of other items in the list, from 1. */
	references?: Record<string, readonly number[]>;
	/** Of a `mime` item. */
	mimeType?: string;
}

/** How a file is written. */
export interface Layout {
	brand?: string;
	/** Version of `iloc`, 0 to 2. */
	version?: number;
	/** Items whose bytes are in the metadata, by their places from 1. */
	inMetadata?: readonly number[];
	/** Into how many pieces each item's bytes are cut. */
	pieces?: number;
	/** Whether the numbers of items have 32 bits. */
	isWide?: boolean;
}

/**
 * A file of items, the first of which is the picture. They are numbered from 1 in their order.
 * @param more boxes to put beside the others into the metadata
 */
export function heicFile(items: readonly Item[], layout: Layout = {}, more: readonly Buffer[] = []): Buffer {
	const { brand = 'heic', version = 1, inMetadata = [], pieces = 1, isWide = false } = layout;
	const idSize = isWide ? 4 : 2;
	const ftyp = box('ftyp', Buffer.from(`${brand}\0\0\0\0mif1${brand}`, CODES));
	const write = (mediaAt: number) => {
		let [inFile, within] = [mediaAt, 0];
		const locations = items.map(({ data }, i) => {
			const isWithin = inMetadata.includes(i + 1);
			const from = isWithin ? within : inFile;
			if (isWithin) within += data.length;
			else inFile += data.length;
			const cuts = Array.from({ length: pieces + 1 }, (_, k) => Math.floor((k * data.length) / pieces));
			return Buffer.concat([
				number(i + 1, version < 2 ? 2 : 4),
				...(version === 0 ? [] : [number(isWithin ? 1 : 0, 2)]),
				number(0, 2),
				number(pieces, 2),
				...cuts.slice(1).flatMap((end, k) => [number(from + (cuts[k] ?? 0), 4), number(end - (cuts[k] ?? 0), 4)]),
			]);
		});
		const boxes = items.flatMap(({ properties = [] }) => properties);
		let used = 0;
		const uses = items.map(({ properties = [] }, i) => {
			const indices = properties.map(() => number(0x8000 | ++used, 2));
			return Buffer.concat([number(i + 1, idSize), Buffer.of(indices.length), ...indices]);
		});
		const references = items.flatMap(({ references: own = {} }, i) =>
			Object.entries(own).map(([type, to]) =>
				box(type, number(i + 1, idSize), number(to.length, 2), ...to.map((id) => number(id, idSize))),
			),
		);
		return full(
			'meta',
			0,
			0,
			full('pitm', isWide ? 1 : 0, 0, number(1, idSize)),
			full(
				'iinf',
				0,
				0,
				number(items.length, 2),
				...items.map(({ type, mimeType }, i) => {
					const kind = Buffer.from(`${type}\0${mimeType === undefined ? '' : `${mimeType}\0`}`, CODES);
					return full('infe', isWide ? 3 : 2, 0, number(i + 1, idSize), number(0, 2), kind);
				}),
			),
			full('iloc', version, 0, number(0x4400, 2), number(items.length, version < 2 ? 2 : 4), ...locations),
			...(references.length === 0 ? [] : [full('iref', isWide ? 1 : 0, 0, ...references)]),
			box('iprp', box('ipco', ...boxes), full('ipma', isWide ? 1 : 0, 1, number(items.length, 4), ...uses)),
			box('idat', ...items.filter((_, i) => inMetadata.includes(i + 1)).map(({ data }) => data)),
			...more,
		);
	};
	const media = box('mdat', ...items.filter((_, i) => !inMetadata.includes(i + 1)).map(({ data }) => data));
	const metaLength = write(0).length;
	return Buffer.concat([ftyp, write(ftyp.length + metaLength + 8), media]);
}

/** What a grid item holds. */
export function grid(rows: number, columns: number, width: number, height: number): Buffer {
	return Buffer.concat([Buffer.of(0, 0, rows - 1, columns - 1), number(width, 2), number(height, 2)]);
}

/** NAL units of a bitstream with start codes (ITU-T H.265, annex B), without messages and delimiters. */
export function unitsOf(stream: Buffer): { parameterSets: Buffer[]; slices: Buffer[] } {
	const starts: number[] = [];
	for (let at = stream.indexOf('\0\0\x01', 0, CODES); at >= 0; at = stream.indexOf('\0\0\x01', at + 3, CODES))
		starts.push(at);
	const units = starts.map((start, i) => {
		let end = starts[i + 1] ?? stream.length;
		while (end > start + 3 && stream[end - 1] === 0) end--;
		return stream.subarray(start + 3, end);
	});
	const type = (unit: Buffer) => ((unit[0] ?? 0) >> 1) & 63;
	return {
		parameterSets: units.filter((unit) => type(unit) >= 32 && type(unit) <= 34),
		slices: units.filter((unit) => type(unit) < 32),
	};
}

/** The bytes of an item that holds slices: each behind its length. */
export function itemOf(slices: readonly Buffer[]): Buffer {
	return Buffer.concat(slices.flatMap((unit) => [number(unit.length, 4), unit]));
}
