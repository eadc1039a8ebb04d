/** A segment of a JPEG: its marker's second byte and the bytes after the length field. */
export interface Segment {
	marker: number;
	body: Buffer;
}

/** The segments before the first scan. */
export function segmentsOf(file: Buffer): Segment[] {
	const found: Segment[] = [];
	for (let at = 2; file[at + 1] !== 0xda; at += 2 + file.readUInt16BE(at + 2)) {
		if (file[at] !== 0xff) throw new Error(`No marker at byte ${at}`);
		found.push({ marker: file[at + 1] ?? 0, body: file.subarray(at + 4, at + 2 + file.readUInt16BE(at + 2)) });
	}
	return found;
}

/** A file with segments put in before the others. */
export function withSegments(file: Buffer, ...segments: Segment[]): Buffer {
	return Buffer.concat([file.subarray(0, 2), ...segments.map(written), file.subarray(2)]);
}

/** A file with the first segment of a marker changed, or gone. @param change makes the new body of the old one */
export function changed(file: Buffer, marker: number, change: (body: Buffer) => Buffer | undefined): Buffer {
	for (let at = 2; at + 4 <= file.length; at += 2 + file.readUInt16BE(at + 2)) {
		if (file[at + 1] !== marker) continue;
		const end = at + 2 + file.readUInt16BE(at + 2);
		const body = change(Buffer.from(file.subarray(at + 4, end)));
		const parts = body === undefined ? [] : [written({ marker, body })];
		return Buffer.concat([file.subarray(0, at), ...parts, file.subarray(end)]);
	}
	throw new Error(`There is no segment ${marker.toString(16)}`);
}

/** A file without the segments of a marker before its first scan. */
export function without(file: Buffer, marker: number): Buffer {
	const count = segmentsOf(file).filter((one) => one.marker === marker).length;
	return Array.from({ length: count }).reduce<Buffer>((left) => changed(left, marker, () => undefined), file);
}

/** The bytes of a segment. */
export function written({ marker, body }: Segment): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(body.length + 2, 2);
	return Buffer.concat([head, body]);
}

/** The values with one number each in IFD0 and in the Exif IFD, by tag. */
export function exifNumbers(body: Buffer): Map<number, number> {
	const tiff = body.subarray(6);
	const little = tiff.toString('latin1', 0, 2) === 'II';
	const u16 = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
	const u32 = (at: number): number => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
	const values = new Map<number, number>();
	const directories = [u32(4)];
	for (const directory of directories) {
		for (let i = 0; i < u16(directory); i++) {
			const entry = directory + 2 + 12 * i;
			if (u32(entry + 4) !== 1) continue;
			if (u16(entry + 2) === 3) values.set(u16(entry), u16(entry + 8));
			if (u16(entry + 2) === 4) values.set(u16(entry), u32(entry + 8));
			if (u16(entry) === 0x8769) directories.push(u32(entry + 8));
		}
	}
	return values;
}
