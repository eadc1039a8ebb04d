import { damaged } from '../refusal';

/** The filters that there are (PNG specification, third edition, section 9.2). */
const MOST = 4;

/** @throws Damaged for a filter that there is not */
export function checkFilter(filter: number): void {
	if (filter > MOST) throw damaged('its picture data makes no sense');
}

/**
 * Takes the filter of a row back, in place (PNG specification, third edition, section 9.2).
 * @param filter 0 to 4
 * @param row filtered bytes
 * @param above the row before it, unfiltered; zeros for the first one
 * @param step bytes of a pixel, at least 1
 * @throws Damaged for a filter that there is not
 */
export function unfilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
	checkFilter(filter);
	const { length } = row;
	if (filter === 1) {
		for (let i = step; i < length; i++) row[i] = byteAt(row, i) + byteAt(row, i - step);
	} else if (filter === 2) {
		for (let i = 0; i < length; i++) row[i] = byteAt(row, i) + byteAt(above, i);
	} else if (filter === 3) {
		for (let i = 0; i < step; i++) row[i] = byteAt(row, i) + (byteAt(above, i) >> 1);
		for (let i = step; i < length; i++) row[i] = byteAt(row, i) + ((byteAt(row, i - step) + byteAt(above, i)) >> 1);
	} else if (filter === 4) {
		for (let i = 0; i < step; i++) row[i] = byteAt(row, i) + byteAt(above, i);
		for (let i = step; i < length; i++) {
			row[i] = byteAt(row, i) + paeth(byteAt(row, i - step), byteAt(above, i), byteAt(above, i - step));
		}
	}
}

/** Of left, above and above left the one that is nearest to left + above - above left (section 9.4). */
function paeth(left: number, up: number, corner: number): number {
	const fromLeft = Math.abs(up - corner);
	const fromUp = Math.abs(left - corner);
	const fromCorner = Math.abs(left + up - 2 * corner);
	if (fromLeft <= fromUp && fromLeft <= fromCorner) return left;
	return fromUp <= fromCorner ? up : corner;
}

/** A byte at a place within the row. (Not shared with other files: V8 inlines it for one kind of array only.) */
function byteAt(bytes: Uint8Array, place: number): number {
	return bytes[place] ?? 0;
}
