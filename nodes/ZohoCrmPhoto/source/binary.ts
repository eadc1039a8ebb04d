import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { isTool } from '../asTool';
import { done, refused, type Failure, type Outcome } from '../outcome';
import { front, quoted } from '../text';
import { declaredFileIn, fileFields, fileIn, fileNamed, listed, type FileField } from './binaryFields';
import { picturesOwn, withoutDataUrl } from './dataUrl';
import type { RefuseSize, Room, SourceFile } from './file';
import { picturesAmong, type IsPicture } from './pictures';
import { isNotFound, reasonOf } from './storage';

/** Characters of a file's name that are kept: more than any file system stores. */
const LONGEST_NAME = 1000;

/** The name that n8n's nodes give a field with one file, and the default of the parameter. */
const USUAL_FIELD = 'data';

/**
 * The file in an item's binary field.
 *
 * n8n keeps the bytes in memory, on disk, in the database or elsewhere, and by workflow setting inside the item's JSON;
 * only its own functions read them all. The size is looked up first, so that a video wired in by mistake is not loaded.
 *
 * Where the parameter is left at `data` and the item has no such field, the one field that holds a picture is taken, and
 * told: n8n's mails give `attachment_0`, its forms a field for each question.
 *
 * @param item index of the item
 * @param field value of the parameter: the field's name, or in combined binary mode also its path or the data itself
 * @param refuseSize says why a file of so many bytes is not wanted, or undefined
 * @param room is waited for before the bytes are loaded
 * @param isPicture tells by its first bytes whether a file is a picture; left out: no other field is looked for
 * @returns BINARY_NOT_FOUND where there is no such field, or its bytes are gone, or two others hold a picture;
 * BINARY_NOT_READ where n8n cannot read them
 */
export async function fileFromBinary(
	context: IExecuteFunctions,
	item: number,
	field: unknown,
	refuseSize: RefuseSize,
	room: Room,
	isPicture?: IsPicture,
): Promise<Outcome<SourceFile>> {
	const name = nameOf(field);
	const named = declaredFileIn(field) ?? fileNamed(context, item, name) ?? fileIn(field);
	if (named !== undefined) return await loaded(context, item, named, refuseSize, room);

	const fields = fileFields(context.getInputData()[item]);
	if (isPicture === undefined || name.trim() !== USUAL_FIELD) return refused(notFound(context, name, fields));
	const pictures = await picturesAmong(context, fields, isPicture);
	const [picture] = pictures;
	if (picture === undefined) return refused(notFound(context, name, fields));
	if (pictures.length > 1) return refused(several(pictures));
	const file = await loaded(context, item, picture.file, refuseSize, room);
	return file.ok ? done({ ...file.value, takenFrom: picture.name }) : file;
}

async function loaded(
	context: IExecuteFunctions,
	item: number,
	binary: IBinaryData,
	refuseSize: RefuseSize,
	room: Room,
): Promise<Outcome<SourceFile>> {
	const { mimeType, fileName } = binary;
	const refuse = (size: number): Failure | undefined => {
		const refusal = refuseSize(size, mimeType);
		return refusal === undefined ? undefined : { ...refusal, fileName };
	};
	try {
		const size = await sizeOf(context, binary, (noted) => refuse(noted) === undefined);
		const tooLarge = refuse(size);
		if (tooLarge !== undefined) return refused(tooLarge);
		await room.need(size);
		const file = binary.id === undefined ? { ...binary, data: withoutDataUrl(binary.data) } : binary;
		const bytes = picturesOwn(await context.helpers.getBinaryDataBuffer(item, file));
		// A size that somebody has noted need not be true.
		room.hold(bytes.length);
		const larger = refuse(bytes.length);
		return larger === undefined ? done({ bytes, fileName: front(fileName ?? '', LONGEST_NAME) }) : refused(larger);
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
 * Bytes of a file without loading it: as n8n noted them, else from the length of the base64 text that it is.
 *
 * @param isBelieved whether a noted size needs no second look: one that would be refused does
 */
async function sizeOf(
	context: IExecuteFunctions,
	{ id, data, bytes }: IBinaryData,
	isBelieved: (noted: number) => boolean,
): Promise<number> {
	if (id === undefined) return sizeOfBase64(data);
	// Newer n8n notes the size with the item too, which saves reading a file for each photo.
	if (bytes !== undefined && isBelieved(bytes)) return bytes;
	return (await context.helpers.getBinaryMetadata(id)).fileSize;
}

/** A loop, as a pattern for the padding tries each run of equals signs from each of its characters. */
function sizeOfBase64(text: string): number {
	let end = text.length;
	while (end > 0 && text.charAt(end - 1) === '=') end--;
	return Math.floor((end * 3) / 4);
}

function notFound(context: IExecuteFunctions, field: string, fields: readonly FileField[]): Failure {
	return {
		code: 'BINARY_NOT_FOUND',
		message:
			field === ''
				? "The parameter 'Input Binary Field' is empty"
				: `The item has no binary field '${quoted(field, 100)}'`,
		description: isTool(context)
			? "Files do not reach a node that an AI agent calls as a tool: set 'Photo Source' to 'URL' and let the agent give the photo's address."
			: fields.length > 0
				? `Choose one of the binary fields it has in 'Input Binary Field': ${listed(fields)}.`
				: "It has no binary field at all. Connect the node that gives the photo directly before this one (some nodes, e.g. Edit Fields, drop files), or set 'Photo Source' to 'URL'.",
	};
}

function several(pictures: readonly FileField[]): Failure {
	return {
		code: 'BINARY_NOT_FOUND',
		message: `The item has no binary field '${USUAL_FIELD}', and ${pictures.length} others hold a picture: ${listed(pictures)}`,
		description: "Set 'Input Binary Field' to the one that is the record's photo.",
		short: 'with several pictures and none chosen',
	};
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
