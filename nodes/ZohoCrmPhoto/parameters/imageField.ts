import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../json';
import { done, refused, type Outcome } from '../outcome';
import { quoted } from '../text';
import { isApiName } from '../zoho/identifiers';
import { briefJson } from './briefJson';
import { invalidParameter } from './invalidParameter';

/** What to do with a field that already holds images. */
export type Existing = 'add' | 'replace' | 'keep';

/**
 * The API name of the item's image field.
 *
 * @throws what n8n throws for an expression that cannot be resolved
 * @returns IMAGE_FIELD_NOT_FOUND for a value that cannot be an API name
 */
export function readImageField(context: IExecuteFunctions, item: number): Outcome<string> {
	const given: unknown = context.getNodeParameter('imageField', item, '');
	const value = isRecord(given) ? given.value : given;
	const name = typeof value === 'string' ? value.trim() : briefJson(value ?? '');
	if (isApiName(name)) return done(name);
	return refused({
		code: 'IMAGE_FIELD_NOT_FOUND',
		short: 'without such an image field',
		message:
			name === '' || name === '""'
				? "The parameter 'Image Field' is empty"
				: `'${quoted(name, 100)}' cannot be the API name of a field`,
		description:
			"Pick the field from the list, or give its API name (letters, digits and underscores), e.g. House_Photos: Zoho CRM shows it under Setup > Developer Hub > APIs and SDKs > API Names. It differs from the field's label.",
	});
}

/**
 * What to do with a field that holds images already.
 *
 * @throws what n8n throws for an expression that cannot be resolved
 */
export function readExisting(context: IExecuteFunctions, item: number): Outcome<Existing> {
	const options: unknown = context.getNodeParameter('options', item, {});
	const given: unknown = isRecord(options) ? options.existing : undefined;
	if (given === undefined || given === null || given === '') return done('add');
	if (given === 'add' || given === 'replace' || given === 'keep') return done(given);
	return refused(invalidParameter('option', 'If the Field Has Images', given, 'add, replace or keep'));
}

/**
 * The binary fields that an upload names: a text with commas, a list, or, in n8n's combined binary mode, the file itself.
 *
 * @returns at least one; an empty name where none is given
 */
export function binaryFieldsOf(given: unknown): unknown[] {
	const list = Array.isArray(given) ? given : typeof given === 'string' ? given.split(',') : [given];
	const fields = list.map((one: unknown) => (typeof one === 'string' ? one.trim() : one));
	const named = [...new Set(fields)].filter((field) => field !== '' && field !== undefined && field !== null);
	return named.length === 0 ? [''] : named;
}

/** Images that a field holds at most have no higher numbers. */
const MOST_NUMBERS = 100;

/**
 * The numbers of the images that a download or a deletion is for.
 *
 * @throws what n8n throws for an expression that cannot be resolved
 * @returns undefined for all of them; INVALID_PARAMETER where there is no number, so that an empty expression deletes nothing
 */
export function readImageNumbers(context: IExecuteFunctions, item: number): Outcome<number[] | undefined> {
	const which: unknown = context.getNodeParameter('whichImages', item, 'all');
	if (which === 'all') return done(undefined);
	if (which !== 'numbers') return refused(invalidParameter('parameter', 'Images', which, 'All or By Number'));
	const given: unknown = context.getNodeParameter('imageNumbers', item, '');
	const words = (Array.isArray(given) ? given : String(given ?? '').split(',')).map((word: unknown) =>
		String(word).trim(),
	);
	const numbers = words.filter((word) => word !== '').map((word) => (/^\d{1,4}$/.test(word) ? Number(word) : 0));
	if (numbers.length > 0 && numbers.length <= MOST_NUMBERS && !numbers.includes(0)) return done([...new Set(numbers)]);
	return refused(
		invalidParameter('parameter', 'Image Numbers', given ?? '', 'whole numbers from 1, separated by commas, e.g. 1,3'),
	);
}
