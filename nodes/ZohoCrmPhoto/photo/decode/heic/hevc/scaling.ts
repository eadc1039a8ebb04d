/** What levels are multiplied with for each sixth of a doubling (ITU-T H.265, 8.6.4.1: levelScale). */
const STEPS = [40, 45, 51, 57, 64, 72];

/** What the levels of a block are multiplied with, beside their factor. @param quantisation with the depth's offset, from 0 on */
export function levelScale(quantisation: number): number {
	return (STEPS[quantisation % 6] ?? 0) << Math.floor(quantisation / 6);
}

/** By how many bits levels are shifted then (8-309). @param depth bits of a sample @param log log2 of the block's side */
export function levelShift(depth: number, log: number): number {
	return depth + log - 5;
}

const HIGHEST = 32_767;
const LOWEST = -32_768;
const MOST_INTEGER = 2_147_483_647;

/** Scales a level (8-309). */
export function scaledLevel(level: number, scale: number, shift: number): number {
	const exact = level * scale + (1 << (shift - 1));
	const isSmall = exact <= MOST_INTEGER && exact >= -MOST_INTEGER;
	const value = isSmall ? exact >> shift : Math.floor(exact / 2 ** shift);
	return value > HIGHEST ? HIGHEST : value < LOWEST ? LOWEST : value;
}
