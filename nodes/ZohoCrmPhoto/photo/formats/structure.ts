import type { PhotoFacts } from '../photoKinds';

/**
 * What walking a file from its first byte gave. `width` and `height` in pixels as stored.
 * - `complete`: the header is sound and the picture's end is there; what follows the end is nobody's business. `isDoubtful`
 *   where bytes stand about that make it worth a look at the coded data itself.
 * - `cutOff`: the file stops before that; `missing` names what is not there ("its end marker").
 * - `unreadable`: the file contradicts its format; `reason` is a clause ("its width is 0").
 * - `unsupported`: a variant under the same signature that Zoho CRM does not take, by name.
 *
 * `perhaps` comes where every row may be there all the same, which only decoding tells: the size that the picture then has.
 */
export type Structure =
	| { state: 'complete'; width: number; height: number; isDoubtful?: true }
	| { state: 'cutOff'; missing: string; perhaps?: PictureSize }
	| { state: 'unreadable'; reason: string; perhaps?: PictureSize }
	| { state: 'unsupported'; name: string };

/** A width and height in pixels as stored. */
export type PictureSize = Pick<PhotoFacts, 'width' | 'height'>;

/**
 * The last word on a picture whose end was found: `complete`, or `unreadable` when it has no rows or no columns.
 * PNG (section 11.2.1), JPEG (ITU-T T.81, B.2.2) and BMP all call a width or height of 0 invalid.
 */
export function completeUnlessEmpty(width: number, height: number): Structure {
	if (width === 0 || height === 0) {
		return { state: 'unreadable', reason: `it says that the picture is ${width} x ${height} pixels` };
	}
	return { state: 'complete', width, height };
}

/** A verdict that decoding may turn, unless the picture has no rows or no columns anyway. */
export function orPerhaps(
	verdict: Extract<Structure, { state: 'cutOff' | 'unreadable' }>,
	{ width, height }: PictureSize,
): Structure {
	return width === 0 || height === 0 ? verdict : { ...verdict, perhaps: { width, height } };
}
