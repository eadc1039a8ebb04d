import type { PhotoFacts } from './photoKinds';

/** A width and height in whole pixels. */
export type Size = Pick<PhotoFacts, 'width' | 'height'>;

/** The largest square below 10 megapixels with some room: a picture that fits into it is within the limit. */
const SAFE_SQUARE: Size = { width: 3100, height: 3100 };

/** The other way out, where it is set to refuse: this node's own option "unfitPhoto". */
export const FIT_OPTION = "Or set this node's option 'If Zoho CRM Would Not Take the Photo' to 'Make It Fit'.";

/**
 * How to set n8n's Edit Image node, in the words of its panel (n8n-nodes-base 2.41, EditImage).
 * "Maximum Area" takes width times height as the area and keeps the picture's proportions, so it is right for photos
 * that the node turns upright first, too. Without a size the picture is only made smaller when it has to be.
 * @param size the size to resize to
 * @param asJpeg whether to set the output format to JPEG as well
 * @returns whole sentences
 */
export function editImageBefore(size: Size | undefined, asJpeg: boolean): string {
	const { width, height } = size ?? SAFE_SQUARE;
	const option = size === undefined ? 'Only if Larger' : 'Maximum Area';
	const resize = `Operation 'Resize', Width ${width}, Height ${height}, Option '${option}'`;
	const format = asJpeg ? ", and under Options add Format 'jpeg'" : '';
	return `Put an Edit Image node before this one: ${resize}${format}.`;
}
