import type { IExecuteFunctions } from 'n8n-workflow';

import type { FileField } from './binaryFields';
import { picturesOwn, withoutDataUrl } from './dataUrl';

/** Tells by the first bytes of a file, a few thousand, whether it is a picture of any kind. */
export type IsPicture = (front: Buffer) => boolean;

/** Bytes of a file that are looked at; a multiple of three. */
const FRONT = 4098;
/** Fields that are looked into; of an item with more, none is chosen. */
const MOST_FIELDS = 100;

/**
 * Those of an item's files that are pictures, by what they hold: a declared type is often wrong.
 *
 * @returns none where there are more fields than are looked into
 */
export async function picturesAmong(
	context: IExecuteFunctions,
	fields: readonly FileField[],
	isPicture: IsPicture,
): Promise<FileField[]> {
	if (fields.length > MOST_FIELDS) return [];
	const pictures: FileField[] = [];
	for (const field of fields) {
		const bytes = await frontOf(context, field);
		// What cannot be read is as good as its declaration: no other is taken in its place by guess.
		const counts = bytes === undefined ? field.file.mimeType.startsWith('image/') : isPicture(bytes);
		if (counts) pictures.push(field);
	}
	return pictures;
}

/** The first bytes of a file; undefined where n8n cannot read it. */
async function frontOf(context: IExecuteFunctions, { file }: FileField): Promise<Buffer | undefined> {
	if (file.id === undefined) {
		return picturesOwn(Buffer.from(withoutDataUrl(file.data).slice(0, (FRONT / 3) * 4), 'base64'));
	}
	try {
		const stream = await context.helpers.getBinaryStream(file.id, FRONT);
		const chunks: Buffer[] = [];
		let size = 0;
		try {
			for await (const chunk of stream) {
				if (!Buffer.isBuffer(chunk)) continue;
				chunks.push(chunk);
				size += chunk.length;
				if (size >= FRONT) break;
			}
		} finally {
			stream.destroy();
		}
		return picturesOwn(Buffer.concat(chunks, size).subarray(0, FRONT));
	} catch {
		return undefined;
	}
}
