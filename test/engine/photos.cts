import { readFileSync } from 'node:fs';
import path from 'node:path';

import { blackPng } from '../emulator/photoSamples.cts';
import type { InputItem } from './harness/engine.cts';

/** A photo of the corpus, made by a real encoder (test/photo/corpus/make.sh). */
export function corpusPhoto(name: string): Buffer {
	return readFileSync(path.join(__dirname, '../photo/corpus/photos', name));
}

/** A file of the corpus that is no photo for Zoho CRM. */
export function otherFile(name: string): Buffer {
	return readFileSync(path.join(__dirname, '../photo/corpus/others', name));
}

/** A whole PNG that differs from all others of another number, to see which photo landed where. */
export function numberedPhoto(number: number): Buffer {
	return blackPng(number + 1, 2);
}

/** An item for the record `id` with a photo in the binary field `data`. */
export function photoItem(
	id: string,
	bytes: Buffer = numberedPhoto(0),
	fileName = 'photo.png',
	more: object = {},
): InputItem {
	return { json: { id, ...more }, binary: { data: { data: bytes, fileName } } };
}
