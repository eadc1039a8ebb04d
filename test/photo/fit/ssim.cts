/** Side of the square windows in which the two pictures are compared, and the distance from one to the next. */
const WINDOW = 8;
const STRIDE = 4;

/** The constants of the paper, for samples of 0 to 255. */
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/**
 * Mean structural similarity of two planes of samples (Wang, Bovik, Sheikh, Simoncelli: "Image Quality Assessment: From
 * Error Visibility to Structural Similarity", 2004), over square windows.
 * @param a samples from 0 to 255, row by row
 * @param b as many of them
 * @param width samples in a row, at least 8
 * @returns 1 for equal planes, near 0 for unrelated ones
 */
export function ssim(a: Uint8Array, b: Uint8Array, width: number): number {
	if (a.length !== b.length || a.length % width !== 0) throw new Error('The planes differ in size');
	const height = a.length / width;
	let total = 0;
	let windows = 0;
	for (let y = 0; y + WINDOW <= height; y += STRIDE) {
		for (let x = 0; x + WINDOW <= width; x += STRIDE, windows++) total += inWindow(a, b, width, y * width + x);
	}
	return total / windows;
}

function inWindow(a: Uint8Array, b: Uint8Array, width: number, corner: number): number {
	const count = WINDOW * WINDOW;
	let sumA = 0;
	let sumB = 0;
	let sumAA = 0;
	let sumBB = 0;
	let sumAB = 0;
	for (let row = 0; row < WINDOW; row++) {
		for (let i = corner + row * width; i < corner + row * width + WINDOW; i++) {
			const p = a[i] ?? 0;
			const q = b[i] ?? 0;
			sumA += p;
			sumB += q;
			sumAA += p * p;
			sumBB += q * q;
			sumAB += p * q;
		}
	}
	const meanA = sumA / count;
	const meanB = sumB / count;
	const varianceA = sumAA / count - meanA * meanA;
	const varianceB = sumBB / count - meanB * meanB;
	const covariance = sumAB / count - meanA * meanB;
	const likeness = (2 * meanA * meanB + C1) * (2 * covariance + C2);
	return likeness / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
}

/**
 * Structural similarity of two pictures, each channel by itself.
 * @param a interleaved samples, such as RGB
 * @param b as many of them
 * @param width pixels in a row
 * @param channels samples for a pixel
 * @returns the mean over the channels
 */
export function pictureSsim(a: Uint8Array, b: Uint8Array, width: number, channels: number): number {
	let total = 0;
	for (let channel = 0; channel < channels; channel++) {
		const plane = (all: Uint8Array): Uint8Array =>
			Uint8Array.from({ length: all.length / channels }, (_, i) => all[i * channels + channel] ?? 0);
		total += ssim(plane(a), plane(b), width);
	}
	return total / channels;
}
