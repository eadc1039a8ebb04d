/** A PNG chunk. Its checksum is left 0: no rule of ours reads it. */
export function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
	const bytes = Buffer.alloc(12 + data.length);
	bytes.writeUInt32BE(data.length, 0);
	bytes.write(type, 4, 'latin1');
	data.copy(bytes, 8);
	return bytes;
}

/** The data of a PNG's header chunk. */
export function pngHeader(width: number, height: number, depth = 8, color = 2): Buffer {
	const data = Buffer.alloc(13);
	data.writeUInt32BE(width, 0);
	data.writeUInt32BE(height, 4);
	data.writeUInt8(depth, 8);
	data.writeUInt8(color, 9);
	return data;
}

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG of the given chunks, in order. */
export function png(...chunks: Buffer[]): Buffer {
	return Buffer.concat([PNG_SIGNATURE, ...chunks]);
}

/** A JPEG segment: marker, length, data. */
export function segment(marker: number, data: Buffer = Buffer.alloc(0)): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(data.length + 2, 2);
	return Buffer.concat([head, data]);
}

/** A frame header with one component, for any of the SOF markers. */
export function frame(marker: number, width: number, height: number): Buffer {
	const data = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
	data.writeUInt16BE(height, 1);
	data.writeUInt16BE(width, 3);
	return segment(marker, data);
}

/** A scan header and some coded data. */
export function scan(...data: number[]): Buffer {
	return Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from(data)]);
}

export const SOI = Buffer.from([0xff, 0xd8]);
export const EOI = Buffer.from([0xff, 0xd9]);

/** A JPEG of the given parts after its start marker. */
export function jpeg(...parts: Buffer[]): Buffer {
	return Buffer.concat([SOI, ...parts]);
}

/** A GIF's header and logical screen; with flags 0x80 to 0x87 a color table must follow. */
export function gifScreen(width: number, height: number, flags = 0): Buffer {
	const bytes = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
	bytes.writeUInt16LE(width, 6);
	bytes.writeUInt16LE(height, 8);
	bytes.writeUInt8(flags, 10);
	return bytes;
}

/** A GIF frame of 1 x 1 pixel with its data in the given sub-blocks, closed by an empty one. */
export function gifFrame(flags: number, table: Buffer, ...blocks: Buffer[]): Buffer {
	const sized = blocks.flatMap((block) => [Buffer.from([block.length]), block]);
	return Buffer.concat([
		Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, flags]),
		table,
		Buffer.from([2]),
		...sized,
		Buffer.from([0]),
	]);
}

export const GIF_TRAILER = Buffer.from([0x3b]);

interface BmpFields {
	headerLength?: number;
	width?: number;
	height?: number;
	bitsPerPixel?: number;
	compression?: number;
	imageSize?: number;
	pixelOffset?: number;
}

/** A BMP's headers with 32-bit sizes, followed by the given pixel data. */
export function bmp(fields: BmpFields, pixels: Buffer): Buffer {
	const { headerLength = 40, width = 4, height = 2, bitsPerPixel = 24, compression = 0, imageSize = 0 } = fields;
	const header = Buffer.alloc(Math.max(14 + headerLength, 38));
	header.write('BM', 'latin1');
	header.writeUInt32LE(fields.pixelOffset ?? 14 + headerLength, 10);
	header.writeUInt32LE(headerLength, 14);
	header.writeInt32LE(width, 18);
	header.writeInt32LE(height, 22);
	header.writeUInt16LE(1, 26);
	header.writeUInt16LE(bitsPerPixel, 28);
	header.writeUInt32LE(compression, 30);
	header.writeUInt32LE(imageSize, 34);
	return Buffer.concat([header.subarray(0, 14 + headerLength), pixels]);
}
