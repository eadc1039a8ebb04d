/**
 * What walking a file from its first byte to its proper end gave. `width` and `height` in pixels as stored.
 * - `complete`: the header is sound and the picture's end is there; what follows the end is nobody's business.
 * - `cutOff`: the file stops before that; `missing` names what is not there ("its end marker").
 * - `unreadable`: the file contradicts its format; `reason` is a clause ("its width is 0").
 * - `unsupported`: a variant under the same signature that Zoho CRM does not take, by name.
 */
export type Structure =
	| { state: 'complete'; width: number; height: number }
	| { state: 'cutOff'; missing: string }
	| { state: 'unreadable'; reason: string }
	| { state: 'unsupported'; name: string };

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
