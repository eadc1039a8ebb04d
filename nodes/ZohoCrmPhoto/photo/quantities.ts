/** Groups of three digits: 183042 is "183,042". */
export function grouped(count: number): string {
	return count.toLocaleString('en-US');
}

/**
 * A file size as n8n's editor shows it, in decimal units with one decimal: "12.4 MB", "2.1 GB".
 * @param bytes at least a megabyte
 */
export function inMegabytes(bytes: number): string {
	if (bytes >= 1_000_000_000) return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * A number of pixels in millions, with one decimal ("12.2 megapixels") or with as many as it takes to show more than 10
 * ("10.000001 megapixels").
 */
export function inMegapixels(pixels: number): string {
	const millions = pixels / 1_000_000;
	const rounded = millions.toFixed(1);
	return `${rounded === '10.0' ? millions : rounded} megapixels`;
}
