import type { Lab } from '../lab/lab.cts';

/** One thing that is assumed of Zoho. Each looks at one thing alone, so that one other answer makes one row red. */
export interface Question {
	/** Group and name, such as `sizes.10000000-bytes`: docs/emulator.md names it where the assumption stands. */
	name: string;
	/** What is asked, in a few words. */
	text: string;
	/** What the emulator answers, in the words of `ask`. */
	assumed: string;
	/**
	 * Asks, and says in a few words what was seen.
	 * @throws NotAsked when it cannot be asked here, Error when no answer came
	 */
	ask(lab: Lab): Promise<string>;
}

/** What the documentation and the emulator answer to a file that is none of the four kinds. */
export const NOT_AN_IMAGE = '400 INVALID_DATA: Invalid file type';
/** And to one that is too large, from v3 on. */
export const TOO_LARGE = '415 FILE_SIZE_MORE_THAN_ALLOWED_SIZE: please check if the file size is in the correct range';
export const NO_FILE = '400 INVALID_DATA: The request does not contain any file';
export const NOT_A_FORM = '400 INVALID_REQUEST: invalid request';
export const UNKNOWN_RELATED_ID = '400 INVALID_DATA: the related id given seems to be invalid';
export const UNKNOWN_ID = '400 INVALID_DATA: the id given seems to be invalid';
export const INVALID_DATA = '400 INVALID_DATA: invalid data';
