import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runItems } from './run/items';
import { HINTS, SUBTITLE } from './parameters/appearance';
import { properties } from './parameters/properties';
import { searchImageFields } from './methods/searchImageFields';
import { searchModules } from './methods/searchModules';
import { searchRecords } from './methods/searchRecords';
import { CREDENTIAL_TYPE } from './zoho/n8n';

/**
 * The node "Zoho CRM Photo". Programmatic style, as a declarative node cannot check a file, build a multipart body that can
 * be sent again, or keep each item's refusal with its item.
 */
export class ZohoCrmPhoto implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM Photo',
		name: 'zohoCrmPhoto',
		icon: { light: 'file:zohoCrmPhoto.svg', dark: 'file:zohoCrmPhoto.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Upload, download and delete photos of Zoho CRM records',
		defaults: { name: 'Zoho CRM Photo' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		hints: HINTS,
		properties,
	};

	methods = { listSearch: { searchImageFields, searchModules, searchRecords } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this)];
	}
}
