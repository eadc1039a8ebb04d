import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { imageFields } from '../zoho/records/imageFields';
import { chosenModule } from './chosenModule';
import { clientOfEditor, LIST_SETTINGS, valueOrThrow } from './editor';

/**
 * The list "Image Field": the module's fields of the type Image Upload, with how many images each holds.
 *
 * @param filter letters that the label or the API name must hold
 * @throws NodeApiError or NodeOperationError that says why there is no list
 */
export async function searchImageFields(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const module = valueOrThrow(this, chosenModule(this, 'image fields', "the field by 'Name'"));
	const fields = valueOrThrow(this, await imageFields(clientOfEditor(this), module, LIST_SETTINGS));
	const wanted = filter.trim().toLowerCase();
	return {
		results: fields
			.map(({ apiName, label, most }) => ({ name: `${label} (${apiName}${heldAtMost(most)})`, value: apiName }))
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}

function heldAtMost(most: number | undefined): string {
	if (most === undefined) return '';
	return most === 1 ? ', 1 image' : `, up to ${most} images`;
}
