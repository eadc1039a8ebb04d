/** A place in a block. */
interface Place {
	x: number;
	y: number;
}

/** The places of a square block from the top left, up and to the right along each diagonal (ITU-T H.265, 6.5.3). */
export function diagonal(side: number): Place[] {
	const places: Place[] = [];
	for (let sum = 0; sum <= 2 * (side - 1); sum++) {
		for (let y = Math.min(sum, side - 1); y >= 0 && sum - y < side; y--) places.push({ x: sum - y, y });
	}
	return places;
}

function rows(side: number): Place[] {
	return Array.from({ length: side * side }, (_, i) => ({ x: i % side, y: Math.floor(i / side) }));
}

function columns(side: number): Place[] {
	return rows(side).map(({ x, y }) => ({ x: y, y: x }));
}

/** Orders of scanning (ITU-T H.265, 7.4.9.11: scanIdx). */
export const SCAN = { DIAGONAL: 0, ROWS: 1, COLUMNS: 2 } as const;

/** Places as `x | y << 4`. */
function packed(places: Place[]): Uint8Array {
	return Uint8Array.from(places, ({ x, y }) => x | (y << 4));
}

/** The orders of sub-blocks: by log2 of how many there are side by side (0 to 3), then by scan. */
const SUB_BLOCKS = [1, 2, 4, 8].map((side) => [diagonal, rows, columns].map((order) => packed(order(side))));

const NONE = new Uint8Array(0);

/**
 * The order of a block's sub-blocks of 4 x 4, or of the places within one (`log` 2).
 * @param log log2 of how many stand side by side, 0 to 3
 * @param scan of {@link SCAN}
 * @returns places as `x | y << 4`
 */
export function scanOrder(log: number, scan: number): Uint8Array {
	return SUB_BLOCKS[log]?.[scan] ?? NONE;
}
