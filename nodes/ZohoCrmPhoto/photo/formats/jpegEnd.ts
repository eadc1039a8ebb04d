import { completeUnlessEmpty, type PictureSize, type Structure } from './structure';

/** The most rows or columns that libjpeg takes, and with it browsers and nearly all programs (jmorecfg.h). */
const LARGEST_SIDE = 65_500;
/** What scanners write for a height that they do not know yet. */
const PLACEHOLDER = 65_535;

/**
 * Whether what stands behind the end marker is nothing, filling, or a further picture, as cameras and phones write it. Anything
 * else may be what stands behind a picture that was cut off, with an end marker in it by chance.
 */
export function isUsualAfterEnd(bytes: Buffer, end: number): boolean {
	if (bytes[end] === 0xff && bytes[end + 1] === 0xd8) return true;
	for (let at = end; at < bytes.length; at += 1) {
		const byte = bytes[at];
		if (byte !== 0 && byte !== 0xff && byte !== 0x0a && byte !== 0x0d && byte !== 0x20) return false;
	}
	return true;
}

/** The last word on a picture whose end marker was found. */
export function jpegWithEnd({ width, height }: PictureSize, isDoubtful: boolean): Structure {
	if (height === PLACEHOLDER) {
		const reason = 'its height is given as 65,535, which a scanner writes until it knows the real one';
		return { state: 'unreadable', reason };
	}
	if (width > LARGEST_SIDE || height > LARGEST_SIDE) {
		return { state: 'unreadable', reason: `it says that the picture is ${width} x ${height} pixels` };
	}
	const verdict = completeUnlessEmpty(width, height);
	return isDoubtful && verdict.state === 'complete' ? { ...verdict, isDoubtful: true } : verdict;
}
