import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isRecord, textOf } from '../json';
import { done, refused, type Failure, type Outcome } from '../outcome';
import { front, quoted } from '../text';
import type { RefuseSize, Room, SourceFile } from './file';
import { isNotFound, reasonOf } from './storage';

/** Characters of a file's name that are kept: more than any file system stores. */
const LONGEST_NAME = 1000;
/** Binary fields that are named to choose from. */
const MOST_NAMED = 20;

/**
 * The file in an item's binary field.
 *
 * n8n keeps the bytes in memory, on disk, in the database or elsewhere, and by workflow setting inside the item's JSON;
 * only its own functions read them all. The size is looked up first, so that a video wired in by mistake is not loaded.
 *
 * @param item index of the item
 * @param field value of the parameter: the field's name, or in combined binary mode also its path or the data itself
 * @param refuseSize says why a file of so many bytes is not wanted, or undefined
 * @param room is waited for before the bytes are loaded
 * @returns BINARY_NOT_FOUND where there is no such field or its bytes are gone, BINARY_NOT_READ where n8n cannot read them
 */
export async function fileFromBinary(
	context: IExecuteFunctions,
	item: number,
	field: unknown,
	refuseSize: RefuseSize,
	room: Room,
): Promise<Outcome<SourceFile>> {
	const binary = fileIn(field) ?? fileNamed(context, item, nameOf(field));
	if (binary === undefined) return refused(notFound(context, item, nameOf(field)));
	try {
		const size = await sizeOf(context, binary);
		const tooLarge = refuseSize(size, binary.mimeType);
		if (tooLarge !== undefined) return refused({ ...tooLarge, fileName: binary.fileName });
		await room.need(size);
		const bytes = await context.helpers.getBinaryDataBuffer(item, binary);
		return done({ bytes, fileName: front(binary.fileName ?? '', LONGEST_NAME) });
	} catch (fault) {
		return refused(isNotFound(fault) ? gone(binary) : unread(binary, fault));
	}
}

/** What the parameter names; of anything but a text and a number only what it is, as it may be of any size and depth. */
function nameOf(field: unknown): string {
	if (field === undefined || field === null) return '';
	if (typeof field === 'string') return field;
	return typeof field === 'object' ? (Array.isArray(field) ? 'a list' : 'an object') : String(field);
}

/**
 * The item's file in a field, undefined where there is none; a name such as `constructor` makes n8n give no file.
 *
 * With the workflow setting that keeps files inside the item's JSON, n8n 2.x puts the field `data` at `_files.data`.
 */
function fileNamed(context: IExecuteFunctions, item: number, field: string): IBinaryData | undefined {
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

/** Bytes of a file without loading it: as n8n noted them, else from the length of the base64 text that it is. */
async function sizeOf(context: IExecuteFunctions, binary: IBinaryData): Promise<number> {
	if (binary.id === undefined) return sizeOfBase64(binary.data);
	// Newer n8n notes the size with the item too, which saves reading a file for each photo.
	return binary.bytes ?? (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
}

/** A loop, as a pattern for the padding tries each run of equals signs from each of its characters. */
function sizeOfBase64(text: string): number {
	let end = text.length;
	while (end > 0 && text.charAt(end - 1) === '=') end--;
	return Math.floor((end * 3) / 4);
}

function notFound(context: IExecuteFunctions, item: number, field: string): Failure {
	const fields = binaryFields(context.getInputData()[item]);
	const asTool = context.getNode().type.endsWith('Tool');
	return {
		code: 'BINARY_NOT_FOUND',
		message:
			field === ''
				? "The parameter 'Input Binary Field' is empty"
				: `The item has no binary field '${quoted(field, 100)}'`,
		description: asTool
			? "Files do not reach a node that an AI agent calls as a tool: set 'Photo Source' to 'URL' and let the agent give the photo's address."
			: fields.length > 0
				? `Choose one of the binary fields it has in 'Input Binary Field': ${listed(fields)}.`
				: "It has no binary field at all. Connect the node that gives the photo directly before this one (some nodes, e.g. Edit Fields, drop files), or set 'Photo Source' to 'URL'.",
	};
}

/** The names of fields for a sentence: an item may have thousands, of any length. */
function listed(fields: readonly string[]): string {
	const named = fields.slice(0, MOST_NAMED).map((field) => quoted(field, 60));
	const more = fields.length - named.length;
	return named.join(', ') + (more === 0 ? '' : ` and ${more} more`);
}

function gone(binary: IBinaryData): Failure {
	return {
		code: 'BINARY_NOT_FOUND',
		message: `The bytes of the file '${shownName(binary)}' are no longer in n8n's binary storage`,
		description:
			'Run the workflow again from the node that gives the photo; stored files of old executions are deleted.',
	};
}

function unread(binary: IBinaryData, fault: unknown): Failure {
	return {
		code: 'BINARY_NOT_READ',
		message: `n8n could not read the file '${shownName(binary)}' from its binary storage${reasonOf(fault)}`,
		description: "Check n8n's binary data storage (is it there, may n8n read it?), then run the item again.",
		short: 'whose file n8n could not read',
	};
}

function shownName({ fileName = 'without a name' }: IBinaryData): string {
	return quoted(fileName, 100);
}

/** Names of an item's binary fields; in combined binary mode the paths of the files inside its JSON. */
function binaryFields(item: INodeExecutionData | undefined): string[] {
	if (item === undefined) return [];
	const inJson = Object.entries(item.json).flatMap(([key, value]) => {
		if (fileIn(value) !== undefined) return [key];
		if (!isRecord(value)) return [];
		return Object.keys(value)
			.filter((inner) => fileIn(value[inner]) !== undefined)
			.map((inner) => `${key}.${inner}`);
	});
	return [...Object.keys(item.binary ?? {}), ...inJson];
}

/** A value that is a file as n8n describes one; `$binary` leaves `data` out, where a stored file has an `id` to go by. */
function fileIn(value: unknown): IBinaryData | undefined {
	if (!isRecord(value)) return undefined;
	const { mimeType, data, id, fileName, bytes } = value;
	if (typeof mimeType !== 'string' || (typeof data !== 'string' && typeof id !== 'string')) return undefined;
	return {
		mimeType,
		data: textOf(data),
		id: textOf(id) || undefined,
		fileName: textOf(fileName) || undefined,
		bytes: typeof bytes === 'number' ? bytes : undefined,
	};
}
