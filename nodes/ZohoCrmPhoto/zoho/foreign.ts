import type { GenericValue, IDataObject } from 'n8n-workflow';

import { front } from '../text';
import { quoted } from './sentences';
import { struckOut } from './secrets';

/** As much of a text as is looked at: a page has its title at the front. In characters. */
export const FRONT = 16_384;

/** The code of an answer whose own is no word. */
export const UNKNOWN_CODE = 'UNKNOWN';

/** What the codes of Zoho's API and the words of its token endpoint look like. */
const WORD = /^[A-Za-z_ ]{1,60}$/;

const ENTITIES: ReadonlyMap<string, string> = new Map(
	Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '' }),
);

/**
 * The door for every text that comes from outside and is to be read by somebody: entities resolved, markup out, secrets
 * out, on one line and cut short. It is to be used on what has been parsed: escapes hide a secret.
 *
 * @param secrets of the credential that the request was signed with
 * @param most characters at most
 */
export function opened(text: string, secrets: readonly string[], most?: number): string {
	return quoted(struckOut(withoutMarkup(text.slice(0, FRONT)), secrets), most);
}

/** A code as it may be handed on: the word itself, or UNKNOWN for anything that is none. */
export function codeWord(code: string): string {
	return WORD.test(code) ? code : UNKNOWN_CODE;
}

/** A text without its tags, and without what stands in scripts and styles. In linear time, whatever the text. */
export function withoutMarkup(text: string): string {
	return text
		.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, entity)
		.replace(/<(?:script|style)\b[^<>]*>[^<]*/gi, ' ')
		.replace(/<(?=[a-z/!?])[^<>]*>?/gi, ' ');
}

function entity(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
	if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole;
	const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
	return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** Levels of a JSON value that are kept. */
const MOST_LEVELS = 5;
/** Characters of all texts and names in a JSON value together that are kept, and values at most. */
const MOST_CHARACTERS = 4000;
const MOST_VALUES = 200;
/** Characters of one text, and of one name. */
const LONGEST_TEXT = 500;
const LONGEST_NAME = 60;

/**
 * A JSON object from outside as it may be kept and handed on: every text has passed the door, and it is as deep and as
 * large as anybody looks at, so that it can be written as JSON and a thousand of them fit into memory.
 *
 * @param secrets of the credential that the request was signed with
 */
export function openedJson(json: IDataObject, secrets: readonly string[]): IDataObject {
	return new Copy(secrets).object(json, 1);
}

/** One copy of a JSON value, and how much it may still take in. */
class Copy {
	private characters = MOST_CHARACTERS;
	private values = MOST_VALUES;

	constructor(private readonly secrets: readonly string[]) {}

	object(json: object, level: number): IDataObject {
		const entries: Array<[string, GenericValue]> = [];
		for (const [name, value] of Object.entries(json)) {
			if (this.isFull()) break;
			// A key of this name is the prototype of an object in some hands.
			if (name !== '__proto__') entries.push([this.text(name, LONGEST_NAME), this.value(value, level)]);
		}
		return Object.fromEntries(entries);
	}

	private value(value: unknown, level: number): GenericValue {
		this.values--;
		if (typeof value === 'string') return this.text(value, LONGEST_TEXT);
		if (typeof value === 'number' || typeof value === 'boolean') return value;
		if (typeof value !== 'object' || value === null) return null;
		if (level >= MOST_LEVELS) return '...';
		return Array.isArray(value) ? this.list(value, level + 1) : this.object(value, level + 1);
	}

	private list(values: readonly unknown[], level: number): GenericValue[] {
		const kept: GenericValue[] = [];
		for (const value of values) {
			if (this.isFull()) break;
			kept.push(this.value(value, level));
		}
		return kept;
	}

	private text(text: string, most: number): string {
		// Of a text that is all tags, many times as much as is kept.
		const kept = front(opened(text.slice(0, 8 * most), this.secrets, most), most + 3);
		this.characters -= kept.length;
		return kept;
	}

	private isFull(): boolean {
		return this.values <= 0 || this.characters <= 0;
	}
}
