import { damaged } from '../refusal';

/** Bytes of a value, by its type (TIFF 6.0, section 2; BigTIFF adds 16 to 18). */
const SIZES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4, 16: 8 };

/** Values that are looked at as numbers at most: strips of a very large picture have as many. */
const MOST_VALUES = 4_000_000;

/** Directories that are looked at for the first picture that is none of a smaller size. */
const MOST_DIRECTORIES = 100;

const NEW_SUBFILE_TYPE = 254;

interface Entry {
	type: number;
	count: number;
	/** Where in the file the values begin. */
	at: number;
}

/** The directory of a picture in a TIFF or BigTIFF. */
export class Directory {
	private constructor(
		private readonly data: Uint8Array,
		private readonly view: DataView,
		/** Whether numbers begin with their lowest byte. */
		readonly isLittle: boolean,
		private readonly entries: ReadonlyMap<number, Entry>,
	) {}

	/**
	 * The directory of a file's first picture that is not a smaller copy of another.
	 * @param data the whole file
	 * @throws Damaged where there is none
	 */
	static firstOf(data: Uint8Array): Directory {
		const view = new DataView(data.buffer, data.byteOffset, data.length);
		if (data.length < 16) throw damaged('it is cut off');
		const isLittle = view.getUint16(0) === 0x4949;
		const isBig = view.getUint16(2, isLittle) === 43;
		const offset = (at: number) => (isBig ? Number(view.getBigUint64(at, isLittle)) : view.getUint32(at, isLittle));
		let first: Directory | undefined;
		let at = offset(isBig ? 8 : 4);
		for (let count = 0; count < MOST_DIRECTORIES && at > 0; count++) {
			const { entries, end } = readEntries(view, at, isLittle, isBig);
			const directory = new Directory(data, view, isLittle, entries);
			first ??= directory;
			if (((directory.numbers(NEW_SUBFILE_TYPE)[0] ?? 0) & 1) === 0) return directory;
			at = end + (isBig ? 8 : 4) <= data.length ? offset(end) : 0;
		}
		if (first === undefined) throw damaged('it has no directory');
		return first;
	}

	/**
	 * The numbers of a tag; none where it is missing.
	 * @throws Damaged where they reach beyond the file
	 */
	numbers(tag: number): number[] {
		const entry = this.entries.get(tag);
		const size = SIZES[entry?.type ?? 0];
		if (entry === undefined || size === undefined) return [];
		if (entry.count > MOST_VALUES || entry.at + size * entry.count > this.data.length) throw damaged('it is cut off');
		return Array.from({ length: entry.count }, (_, i) => this.number(entry.at + size * i, size));
	}

	/** The first number of a tag, or what stands for it where it is missing. */
	firstNumber(tag: number, otherwise: number): number {
		return this.numbers(tag)[0] ?? otherwise;
	}

	/** The bytes of a tag; undefined where it is missing or reaches beyond the file. */
	bytes(tag: number): Uint8Array | undefined {
		const entry = this.entries.get(tag);
		const size = SIZES[entry?.type ?? 0];
		if (entry === undefined || size === undefined) return undefined;
		const end = entry.at + size * entry.count;
		return end <= this.data.length ? this.data.subarray(entry.at, end) : undefined;
	}

	/** The text of a tag, without what follows its first zero. */
	text(tag: number): string | undefined {
		const bytes = this.bytes(tag);
		return bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1').split('\0')[0];
	}

	private number(at: number, size: number): number {
		if (size === 1) return this.view.getUint8(at);
		if (size === 2) return this.view.getUint16(at, this.isLittle);
		if (size === 4) return this.view.getUint32(at, this.isLittle);
		return Number(this.view.getBigUint64(at, this.isLittle));
	}
}

function readEntries(
	view: DataView,
	at: number,
	isLittle: boolean,
	isBig: boolean,
): { entries: Map<number, Entry>; end: number } {
	const [countLength, entryLength, room] = isBig ? [8, 20, 8] : [2, 12, 4];
	if (at + countLength > view.byteLength) throw damaged('it is cut off');
	const count = isBig ? Number(view.getBigUint64(at, isLittle)) : view.getUint16(at, isLittle);
	const end = at + countLength + entryLength * count;
	if (end > view.byteLength) throw damaged('it is cut off');
	const entries = new Map<number, Entry>();
	for (let entry = at + countLength; entry < end; entry += entryLength) {
		const type = view.getUint16(entry + 2, isLittle);
		const values = isBig ? Number(view.getBigUint64(entry + 4, isLittle)) : view.getUint32(entry + 4, isLittle);
		const value = entry + entryLength - room;
		const isInside = (SIZES[type] ?? room + 1) * values <= room;
		const outside = isBig ? Number(view.getBigUint64(value, isLittle)) : view.getUint32(value, isLittle);
		entries.set(view.getUint16(entry, isLittle), { type, count: values, at: isInside ? value : outside });
	}
	return { entries, end };
}
