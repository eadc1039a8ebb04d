import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { isRecord } from '../json';
import { done, refused, type Outcome } from '../outcome';
import { front } from '../text';
import { isApiName } from '../zoho/identifiers';

/** Longest piece of a value that goes into a sentence. */
const QUOTED = 50;

/** What to do first where an expression may have given the empty name. */
const EMPTY = 'If an expression gives the name, execute the nodes before, so that it has their data. ';

/**
 * The module whose records or fields are listed. The editor works expressions out before it asks: one that cannot be
 * resolved, for want of a run before, comes as nothing at all, and one that gives nothing as an empty name.
 *
 * @param what is listed, e.g. `records`
 * @param otherWay to give it without a list; completes "or give ..."
 */
export function chosenModule(context: ILoadOptionsFunctions, what: string, otherWay: string): Outcome<string> {
	const parameter: unknown = context.getCurrentNodeParameter('module');
	const { mode, value } = isRecord(parameter) ? parameter : { mode: 'name', value: parameter };
	const module = typeof value === 'string' ? value.trim() : '';
	if (isApiName(module)) return done(module);
	return refused({
		code: 'INVALID_MODULE',
		message: noModule(module, mode === 'list' && value === '', what),
		description: `${module === '' && mode !== 'list' ? EMPTY : ''}Choose the module from its list, or give ${otherWay}.`,
	});
}

function noModule(module: string, isUnchosen: boolean, what: string): string {
	if (isUnchosen) return `No module is chosen, so there is no list of ${what}`;
	if (module === '') return `'Module' gives no name, so there is no list of ${what}`;
	if (module.startsWith('=')) return `The module comes from an expression, so there is no list of its ${what}`;
	return `'${front(module, QUOTED)}' cannot be the API name of a module, so there is no list of ${what}`;
}
