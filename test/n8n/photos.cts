import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { smallJpeg } from '../emulator/photoSamples.cts';

/**
 * A whole JPEG, different for each number: a real one with a comment segment behind its first marker.
 *
 * @param number goes into the comment
 * @param size bytes to fill the comment with, at most 65,000
 * @source ITU-T T.81 B.2.4.5, COM (FF FE, length of two bytes that counts itself)
 */
export function jpegNumber(number: number, size = 200): Buffer {
	const comment = Buffer.alloc(Math.max(size, 16), `photo ${number} `);
	const marker = Buffer.from([0xff, 0xfe, 0, 0]);
	marker.writeUInt16BE(comment.length + 2, 2);
	return Buffer.concat([smallJpeg.subarray(0, 2), marker, comment, smallJpeg.subarray(2)]);
}

/** Hex. */
export function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** Writes files into a folder, which is made. */
export async function writeFiles(folder: string, files: Readonly<Record<string, Buffer>>): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes);
}
