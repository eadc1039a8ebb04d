import { imageSize } from 'image-size';

/** Width and height in pixels. */
export interface Dimensions {
	width: number;
	height: number;
}

/** Frame headers of all coding processes (B.1.1.3 of the JPEG standard): 0xc0 to 0xcf without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The first frame header of a JPEG; the image-size package knows those of baseline and progressive ones alone. */
function ofJpeg(bytes: Buffer): Dimensions | undefined {
	let at = 2;
	while (at + 9 <= bytes.length && bytes[at] === 0xff) {
		const marker = bytes[at + 1] ?? 0;
		if (marker === 0xff) {
			at++;
			continue;
		}
		if (marker === 0xda) return undefined;
		if (isFrame(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
		at += 2 + bytes.readUInt16BE(at + 2);
	}
	return undefined;
}

/** The oldest BMP header, of 12 bytes, has sizes of 16 bits (BITMAPCOREHEADER); image-size reads 32 in each. */
function ofCoreBmp(bytes: Buffer): Dimensions | undefined {
	if (bytes.toString('latin1', 0, 2) !== 'BM' || bytes.length < 26 || bytes.readUInt32LE(14) !== 12) return undefined;
	return { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20) };
}

/**
 * The size of a picture. Assumption: Zoho reads every coding process of JPEG and every header of BMP.
 * @throws Error when it cannot be read
 */
export function dimensionsOf(bytes: Buffer): Dimensions {
	const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
	const { width, height } = (isJpeg ? ofJpeg(bytes) : ofCoreBmp(bytes)) ?? imageSize(bytes);
	return { width, height: Math.abs(height) };
}
