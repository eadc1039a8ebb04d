import { damaged } from '../../refusal';
import type { TileGrid } from './pictureParameters';

/** In which order coding tree blocks are coded, and in which tile each is; places count row by row (ITU-T H.265, 6.5.1). */
export interface TreeBlockOrder {
	/** The place of the n-th one that is coded, and the other way round. */
	places: Uint32Array;
	turns: Uint32Array;
	/** By place: the tile's number, and the column that it begins at. */
	tiles: Uint16Array;
	tileLefts: Uint16Array;
}

/**
 * The order of the coding tree blocks of a picture.
 * @param grid undefined for one tile
 * @throws Damaged where tiles have no room
 */
export function treeBlockOrder(columns: number, rows: number, grid: TileGrid | undefined): TreeBlockOrder {
	const lefts = bounds(columns, grid?.columns ?? 1, grid?.sizes?.widths);
	const tops = bounds(rows, grid?.rows ?? 1, grid?.sizes?.heights);
	const count = columns * rows;
	const order = {
		places: new Uint32Array(count),
		turns: new Uint32Array(count),
		tiles: new Uint16Array(count),
		tileLefts: new Uint16Array(count),
	};
	let turn = 0;
	let tile = 0;
	for (const [top, bottom] of stretches(tops)) {
		for (const [left, right] of stretches(lefts)) {
			for (let y = top; y < bottom; y++) {
				for (let x = left; x < right; x++) {
					const place = y * columns + x;
					order.places[turn] = place;
					order.turns[place] = turn++;
					order.tiles[place] = tile;
					order.tileLefts[place] = left;
				}
			}
			tile++;
		}
	}
	return order;
}

function stretches(places: readonly number[]): Array<[number, number]> {
	return places.slice(1).map((end, i) => [places[i] ?? 0, end]);
}

/** Where tiles begin and end (6-3, 6-4). */
function bounds(total: number, count: number, sizes: readonly number[] | undefined): number[] {
	const places = [0];
	for (let i = 1; i < count; i++) {
		const next = sizes === undefined ? Math.floor((i * total) / count) : (places[i - 1] ?? 0) + (sizes[i - 1] ?? 0);
		places.push(next);
	}
	places.push(total);
	if (places.some((place, i) => i > 0 && place <= (places[i - 1] ?? 0))) throw damaged('its tiles have no room');
	return places;
}
