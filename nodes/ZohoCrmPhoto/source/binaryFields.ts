import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isRecord, textOf } from '../json';
import { quoted } from '../text';

/** Binary fields that are named to choose from. */
const MOST_NAMED = 20;

/** What a file counts as that says nothing of itself: n8n's functions ask for a type. */
const UNDECLARED = 'application/octet-stream';

/** A field of an item with the file in it. */
export interface FileField {
	/** The field's name; in combined binary mode the path of the file inside the item's JSON. */
	name: string;
	file: IBinaryData;
}

/**
 * The item's file in a field, undefined where there is none; a name such as `constructor` makes n8n give no file.
 *
 * With the workflow setting that keeps files inside the item's JSON, n8n 2.x puts the field `data` at `_files.data`.
 */
export function fileNamed(context: IExecuteFunctions, item: number, field: string): IBinaryData | undefined {
	// A space that came along in an expression is not worth a refusal.
	const names = [...new Set([field, field.trim()])];
	for (const path of names.flatMap((name) => [name, `_files.${name}`])) {
		try {
			const file = fileIn(context.helpers.assertBinaryData(item, path));
			if (file !== undefined) return file;
		} catch {
			// Not there: the next place may have it.
		}
	}
	return undefined;
}

/** An item's binary fields; in combined binary mode the files inside its JSON, which must say that they are files. */
export function fileFields(item: INodeExecutionData | undefined): FileField[] {
	if (item === undefined) return [];
	const inJson = Object.entries(item.json).flatMap(([key, value]) => {
		const file = declaredFileIn(value);
		if (file !== undefined) return [{ name: key, file }];
		if (!isRecord(value)) return [];
		return Object.entries(value).flatMap(([inner, one]) => {
			const innerFile = declaredFileIn(one);
			return innerFile === undefined ? [] : [{ name: `${key}.${inner}`, file: innerFile }];
		});
	});
	const beside = Object.entries(item.binary ?? {}).flatMap(([name, value]) => {
		const file = fileIn(value);
		return file === undefined ? [] : [{ name, file }];
	});
	return [...beside, ...inJson];
}

/**
 * A value that is a file as n8n describes one, as other nodes really leave it: without a type, with a number for a name or a
 * size that is none. `$binary` leaves `data` out, where a stored file has an `id` to go by.
 */
export function fileIn(value: unknown): IBinaryData | undefined {
	if (!isRecord(value)) return undefined;
	const { mimeType, data, id, fileName, bytes } = value;
	if (typeof data !== 'string' && typeof id !== 'string') return undefined;
	return {
		mimeType: textOf(mimeType) || UNDECLARED,
		data: textOf(data),
		id: textOf(id) || undefined,
		fileName: typeof fileName === 'number' ? String(fileName) : textOf(fileName) || undefined,
		bytes: typeof bytes === 'number' && bytes >= 0 ? bytes : undefined,
	};
}

/** A file that says what type it is: in JSON any object may have an `id` or `data`. */
export function declaredFileIn(value: unknown): IBinaryData | undefined {
	return isRecord(value) && typeof value.mimeType === 'string' ? fileIn(value) : undefined;
}

/** The names of fields for a sentence: an item may have thousands, of any length. */
export function listed(fields: readonly FileField[]): string {
	const named = fields.slice(0, MOST_NAMED).map(({ name }) => quoted(name, 60));
	const more = fields.length - named.length;
	return named.join(', ') + (more === 0 ? '' : ` and ${more} more`);
}
