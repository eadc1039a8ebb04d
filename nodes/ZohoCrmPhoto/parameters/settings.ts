import type { IExecuteFunctions, IDataObject } from 'n8n-workflow';

import { isRecord } from '../json';
import { done, refused, type Outcome } from '../outcome';
import type { CallSettings } from '../zoho/calls/client';
import { isApiName } from '../zoho/identifiers';
import type { RecordByField } from '../zoho/task';
import { briefJson } from './briefJson';
import { invalidParameter } from './invalidParameter';
import { API_VERSIONS, MOST_PARALLEL, LONGEST_WAIT, MOST_RETRIES, USUAL_PARALLEL, USUAL_WAIT } from './options';

/** The longest that Node's timers wait, in milliseconds: 24 days; a longer one would end at once. */
const LONGEST_TIMEOUT = 2_147_483_647;

/** The node's options for one item, whatever an expression made of them, in the types that the code works with. */
export interface Settings extends CallSettings {
	/** Name to send; empty for the file's own. */
	fileName: string;
	restrictTriggers: boolean;
	unfitPhoto: 'fit' | 'refuse';
	/** The most pixels of the longer side of a photo; 0 for any. */
	largestSide: number;
	removeMetadata: boolean;
	existingPhoto: 'replace' | 'keep';
}

/**
 * Reads the options of one item.
 *
 * @throws what n8n throws for an expression that cannot be resolved
 * @returns INVALID_PARAMETER for a value that the option does not have
 */
export function readSettings(context: IExecuteFunctions, item: number): Outcome<Settings> {
	const options = optionsOf(context, item);
	const invalid = (name: string, value: unknown, allowed: string): Outcome<never> =>
		refused(invalidParameter('option', name, value, allowed));

	const apiVersion = oneOf(API_VERSIONS, options.apiVersion ?? 'v8');
	if (apiVersion === undefined) return invalid('API Version', options.apiVersion, API_VERSIONS.join(', '));
	const unfitPhoto = oneOf(['fit', 'refuse'] as const, options.unfitPhoto ?? 'fit');
	if (unfitPhoto === undefined) {
		return invalid('If Zoho CRM Would Not Take the Photo', options.unfitPhoto, 'fit or refuse');
	}
	const largestSide = wholeNumber(options.largestSide ?? 0, 0, Number.MAX_SAFE_INTEGER);
	if (largestSide === undefined) {
		return invalid('Largest Side', options.largestSide, 'a whole number of pixels, or 0 for no bound');
	}
	const removeMetadata = trueOrFalse(options.removeMetadata ?? false);
	if (removeMetadata === undefined) {
		return invalid('Remove Location and Camera Data', options.removeMetadata, 'true or false');
	}
	const existingPhoto = oneOf(['replace', 'keep'] as const, options.existingPhoto ?? 'replace');
	if (existingPhoto === undefined)
		return invalid('If the Record Has a Photo', options.existingPhoto, 'replace or keep');
	const restrictTriggers = trueOrFalse(options.restrictTriggers ?? false);
	if (restrictTriggers === undefined) {
		return invalid('Skip Workflow Triggers', options.restrictTriggers, 'true or false');
	}
	const timeout = wholeNumber(options.timeout ?? 120_000, 1, LONGEST_TIMEOUT);
	if (timeout === undefined) {
		return invalid('Timeout', options.timeout, `a whole number of milliseconds from 1 to ${LONGEST_TIMEOUT}`);
	}
	const maxRetries = wholeNumber(options.maxRetries ?? 4, 0, MOST_RETRIES);
	if (maxRetries === undefined) {
		return invalid('Max Retries', options.maxRetries, `a whole number from 0 to ${MOST_RETRIES}`);
	}
	const minutes = numberWithin(options.waitAtMost ?? USUAL_WAIT, 0, LONGEST_WAIT);
	if (minutes === undefined) {
		return invalid('Wait at Most', options.waitAtMost, `a number of minutes from 0 to ${LONGEST_WAIT}`);
	}
	const fileName: unknown = options.fileName ?? '';
	if (typeof fileName !== 'string' && typeof fileName !== 'number') return invalid('File Name', fileName, 'a text');
	return done({
		apiVersion,
		unfitPhoto,
		largestSide,
		removeMetadata,
		existingPhoto,
		timeout,
		maxRetries,
		waitAtMost: minutes * 60_000,
		restrictTriggers,
		fileName: String(fileName).trim(),
	});
}

/** The field that is matched where the option names none, by module; for any other, custom ones included, it is Email. */
const USUAL_FIELDS: ReadonlyMap<string, string> = new Map(
	Object.entries({ products: 'Product_Code', accounts: 'Account_Name', deals: 'Deal_Name' }),
);

/**
 * Reads how a record is found by a value of a field.
 *
 * @param module API name of the item's module
 * @throws what n8n throws for an expression that cannot be resolved
 * @returns INVALID_PARAMETER for a value that the option does not have
 */
export function readMatching(
	context: IExecuteFunctions,
	item: number,
	module: string,
): Outcome<Pick<RecordByField, 'field' | 'severalMatches'>> {
	const options = optionsOf(context, item);
	const usual = USUAL_FIELDS.get(module.toLowerCase()) ?? 'Email';
	const given: unknown = options.matchField ?? usual;
	const field = (typeof given === 'string' ? given.trim() : briefJson(given)) || usual;
	// Letters, digits and underscores alone: the name goes into a query as it is.
	if (!isApiName(field)) {
		return refused(invalidParameter('option', 'Field to Match', given, "a field's API name, e.g. Email"));
	}
	const severalMatches = oneOf(['refuse', 'newest'] as const, options.severalMatches ?? 'refuse');
	if (severalMatches === undefined) {
		const allowed = 'refuse or newest';
		return refused(invalidParameter('option', 'If Several Records Match', options.severalMatches, allowed));
	}
	return done({ field, severalMatches });
}

/**
 * How many items are worked on at a time, from 1 to 25. One number for the run, so the first item's counts where an
 * expression gives several; what is no number falls back to the default.
 */
export function readParallel(context: IExecuteFunctions): number {
	try {
		const wanted = Math.trunc(Number(optionsOf(context, 0).parallelUploads ?? USUAL_PARALLEL));
		return Number.isNaN(wanted) ? USUAL_PARALLEL : Math.min(MOST_PARALLEL, Math.max(1, wanted));
	} catch {
		return USUAL_PARALLEL;
	}
}

/** The options that are set. An empty text counts as not set: it is what expressions give for a field that is not there. */
function optionsOf(context: IExecuteFunctions, item: number): IDataObject {
	const options: unknown = context.getNodeParameter('options', item, {});
	return Object.fromEntries(Object.entries(isRecord(options) ? options : {}).filter(([, value]) => value !== ''));
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
	return values.find((known) => known === value);
}

/** A whole number within bounds, also as text, as expressions often give it. */
function wholeNumber(value: unknown, least: number, most: number): number | undefined {
	const number = numberWithin(value, least, most);
	return Number.isInteger(number) ? number : undefined;
}

/** A number within bounds, also as text. */
function numberWithin(value: unknown, least: number, most: number): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && number >= least && number <= most ? number : undefined;
}

/** True or false, also as text, as expressions often give it: `"false"` must not count as true. */
function trueOrFalse(value: unknown): boolean | undefined {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	return text === false || text === 'false' ? false : undefined;
}
