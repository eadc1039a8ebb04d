/** A picture's size in pixels. */
export interface Size {
	width: number;
	height: number;
}

/**
 * The largest size with at most `maxPixels` pixels and the same shape: both sides within one pixel of the exact ratio.
 * Never larger than the picture is.
 * @param size the picture's size, both sides at least 1
 * @param maxPixels the most that width x height may be, at least 1
 */
export function fitted(size: Size, maxPixels: number): Size {
	const pixels = size.width * size.height;
	if (pixels <= maxPixels) return { width: size.width, height: size.height };
	const scale = Math.sqrt(maxPixels / pixels);
	const long = Math.max(size.width, size.height);
	const short = Math.min(size.width, size.height);
	const newLong = Math.max(1, Math.min(Math.floor(long * scale), maxPixels));
	const newShort = Math.max(1, Math.min(Math.round((short * newLong) / long), Math.floor(maxPixels / newLong)));
	return size.width >= size.height ? { width: newLong, height: newShort } : { width: newShort, height: newLong };
}

/**
 * The largest size of the same shape that is within both bounds; never larger than the picture is.
 * @param size the picture's size, both sides at least 1
 * @param maxPixels the most that width x height may be, at least 1
 * @param largestSide the most that the longer side may be; 0 for any
 */
export function fittedWithin(size: Size, maxPixels: number, largestSide: number): Size {
	const within = fitted(size, maxPixels);
	const long = Math.max(size.width, size.height);
	if (largestSide <= 0 || Math.max(within.width, within.height) <= largestSide) return within;
	const short = Math.max(1, Math.round((Math.min(size.width, size.height) * largestSide) / long));
	return size.width >= size.height ? { width: largestSide, height: short } : { width: short, height: largestSide };
}
