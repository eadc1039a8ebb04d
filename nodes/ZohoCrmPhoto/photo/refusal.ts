/** Why a file is not sent. Zoho's own codes where Zoho has one (`FILE_SIZE_MORE_THAN_ALLOWED_SIZE`), ours otherwise. */
export type PhotoRefusalCode =
	| 'EMPTY_FILE'
	| 'NOT_AN_IMAGE'
	| 'UNSUPPORTED_FILE_TYPE'
	| 'CORRUPT_IMAGE'
	| 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE';

/**
 * A file that must not go to Zoho CRM.
 * `message` says in one sentence what was seen, with the file's own values and without a final period (the caller may
 * add "[item 3]"); `description` says what to do, in whole sentences.
 */
export interface PhotoRefusal {
	code: PhotoRefusalCode;
	message: string;
	description: string;
}
