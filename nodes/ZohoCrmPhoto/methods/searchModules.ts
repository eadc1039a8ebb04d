import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { photoModules } from '../zoho/records/modules';
import { clientOfEditor, LIST_SETTINGS, valueOrThrow } from './editor';

/**
 * The list "Module": those that can hold photos, under the org's own labels.
 *
 * @param filter letters that the label or the API name must hold
 * @throws NodeApiError or NodeOperationError that says why there is no list
 */
export async function searchModules(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const modules = valueOrThrow(this, await photoModules(clientOfEditor(this), LIST_SETTINGS));
	const wanted = filter.trim().toLowerCase();
	return {
		results: modules
			.map(({ apiName, label }) => ({ name: label === apiName ? label : `${label} (${apiName})`, value: apiName }))
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}
