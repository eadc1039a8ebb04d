import { damaged } from '../../refusal';
import { ByteReader } from './byteReader';
import type { HeifFile } from './heif';

/** A picture made of tiles of the same size. */
export interface Grid {
	rows: number;
	columns: number;
	/** Size of the picture: what the last tiles have beyond it is cut away. */
	width: number;
	height: number;
	/** The items of the tiles, row by row. */
	tiles: readonly number[];
}

/**
 * Reads how a picture is made of tiles (ISO/IEC 23008-12, 6.6.2.3.2: `grid`).
 * @param id of the item
 * @throws Damaged where tiles are missing
 */
export function readGrid(file: HeifFile, id: number): Grid {
	const reader = new ByteReader(file.bytesOf(id));
	reader.number(1);
	const size = (reader.number(1) & 1) === 0 ? 2 : 4;
	const rows = reader.number(1) + 1;
	const columns = reader.number(1) + 1;
	const width = reader.number(size);
	const height = reader.number(size);
	const tiles = file.referredFrom('dimg', id);
	if (tiles.length !== rows * columns) throw damaged('a part of its picture is missing');
	if (width === 0 || height === 0) throw damaged('its headers leave no picture');
	return { rows, columns, width, height, tiles };
}
