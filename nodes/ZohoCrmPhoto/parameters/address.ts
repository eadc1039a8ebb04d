import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../json';
import { done, refused, type Failure, type Outcome } from '../outcome';
import { front } from '../text';
import { isApiName, isId } from '../zoho/identifiers';
import { readRecordUrl } from '../zoho/records/recordUrl';
import { struckOut } from '../zoho/secrets';
import type { RecordAddress, RecordByField } from '../zoho/task';
import { briefJson } from './briefJson';
import { readMatching } from './settings';

/** What the summary of a run says of an item whose record cannot be told. */
const NO_RECORD = 'without a valid record';

/** How an item says which record it is for: by its id, or by what one of its fields holds. */
export type GivenRecord = RecordAddress | RecordByField;

/** Whether a record is still to be found. */
export function isByField(given: GivenRecord): given is RecordByField {
	return 'field' in given;
}

/**
 * The module and record of one item, from the two resource locators.
 *
 * @throws what n8n throws for an expression that cannot be resolved
 * @returns INVALID_MODULE or INVALID_DATA for values that cannot be an API name or a record id, INVALID_PARAMETER for an
 * option that says how to find the record and cannot be
 */
export function readAddress(context: IExecuteFunctions, item: number): Outcome<GivenRecord> {
	const module = textOfValue(locator(context.getNodeParameter('module', item)).value);
	if (!isApiName(module)) return refused(noModule(module));

	const { mode, value } = locator(context.getNodeParameter('recordId', item));
	if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return refused(rounded(value, mode));
	const text = textOfValue(value);
	if (mode === 'url') return addressOfUrl(module, text);
	if (mode === 'field') {
		if (text === '') return refused(noValue());
		const matching = readMatching(context, item, module);
		return matching.ok ? done({ module, value: text, ...matching.value }) : matching;
	}
	// 20 digits: the longest that Zoho's OpenAPI file for the record photo allows.
	if (!isId(text)) return refused(noRecordId(text));
	return done({ module, recordId: text });
}

/**
 * The module and record of one item as they are given, for whoever looks at an item that was refused for them.
 *
 * @returns texts of any length, empty where nothing is given; throws nothing
 */
export function asGiven(context: IExecuteFunctions, item: number): RecordAddress {
	const given = (name: string): string => {
		try {
			return textOfValue(locator(context.getNodeParameter(name, item)).value);
		} catch {
			return '';
		}
	};
	return { module: given('module'), recordId: given('recordId') };
}

/** A resource locator's mode and value; a plain value, as workflow files and agents may give one, stands for itself. */
function locator(parameter: unknown): { mode: unknown; value: unknown } {
	return isRecord(parameter) ? { mode: parameter.mode, value: parameter.value } : { mode: 'id', value: parameter };
}

/** A given text as a sentence quotes it, without what looks like a token that was wired in by mistake. */
function shown(text: string): string {
	return front(struckOut(text.slice(0, 400), []), 100);
}

/** A value on one line; empty for none. */
function textOfValue(value: unknown): string {
	if (value === undefined || value === null) return '';
	return (typeof value === 'object' ? briefJson(value) : String(value)).trim();
}

function addressOfUrl(module: string, url: string): Outcome<RecordAddress> {
	if (url === '') return refused(noRecordId(url));
	const found = readRecordUrl(url);
	if (found === undefined) {
		return refused({
			code: 'INVALID_DATA',
			short: NO_RECORD,
			message: `'${shown(url)}' is not the address of a record in Zoho CRM`,
			description:
				'Open the record in Zoho CRM and copy the address from the browser, e.g. https://crm.zoho.com/crm/org12345/tab/Leads/3000000038009.',
		});
	}
	if (found.module !== undefined && found.module.toLowerCase() !== module.toLowerCase()) {
		return refused({
			code: 'INVALID_DATA',
			short: NO_RECORD,
			message: `The address leads to a record of ${found.module}, but the parameter 'Module' says ${module}`,
			description: `Set 'Module' to ${found.module}, or give the address of a record of ${module}.`,
		});
	}
	return done({ module, recordId: found.recordId });
}

function noModule(value: string): Failure {
	return {
		code: 'INVALID_MODULE',
		message: value === '' ? "The parameter 'Module' is empty" : `'${shown(value)}' cannot be the API name of a module`,
		description:
			"Pick the module from the list, or give its API name (letters, digits and underscores), e.g. Leads. The API name may differ from the tab's label.",
	};
}

function noRecordId(value: string): Failure {
	return {
		code: 'INVALID_DATA',
		short: NO_RECORD,
		message:
			value === '' ? "The parameter 'Record' is empty" : `'${shown(value)}' cannot be the id of a record in Zoho CRM`,
		description:
			"Give the record's id: 1 to 20 digits, as in the last part of the record's address in Zoho CRM. If an expression gives it, look at what the node before put into this item.",
	};
}

function noValue(): Failure {
	return {
		code: 'INVALID_DATA',
		short: NO_RECORD,
		message: "The parameter 'Record' is empty, so there is nothing to find the record by",
		description:
			'Give what the record has in the field to match, e.g. its e-mail address. If an expression gives it, look at what the node before put into this item.',
	};
}

function rounded(value: number, mode: unknown): Failure {
	return {
		code: 'INVALID_DATA',
		short: NO_RECORD,
		message: `The ${mode === 'field' ? 'value' : 'record id'} ${value} came as a number, and JavaScript has rounded it`,
		description: `${mode === 'field' ? 'It has more digits than' : 'Ids of Zoho CRM are longer than'} numbers can be: have the node before give it as text (in quotes), so that the photo does not land on another record.`,
	};
}
