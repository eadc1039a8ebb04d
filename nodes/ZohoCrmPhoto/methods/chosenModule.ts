import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { isRecord } from '../json';
import { done, refused, type Outcome } from '../outcome';

/**
 * The module that is chosen in the editor; there is none while an expression gives it, as it differs by item.
 *
 * @param list completes "so there is no ..."
 * @param description what to do about it
 */
export function chosenModule(context: ILoadOptionsFunctions, list: string, description: string): Outcome<string> {
	const parameter: unknown = context.getCurrentNodeParameter('module');
	const value = isRecord(parameter) ? parameter.value : parameter;
	const module = typeof value === 'string' ? value.trim() : '';
	if (/^\w{1,100}$/.test(module)) return done(module);
	return refused({
		code: 'INVALID_MODULE',
		message: module.startsWith('=')
			? `The module comes from an expression, so there is no ${list}`
			: `No module is chosen, so there is no ${list}`,
		description,
	});
}
