import type { INodeProperties } from 'n8n-workflow';

import {
	imageFieldProperties,
	imageOperationProperty,
	imageProperties,
	resourceProperty,
} from './imageFieldProperties';
import { optionsProperty } from './options';
import { photoProperties } from './photo';
import { recordProperties } from './record';

/** The node's parameters. Names, types, defaults and values are stored in workflows: they never change. */
export const properties: INodeProperties[] = [
	resourceProperty,
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['photo'] } },
		// The commonest first: n8n's lint asks for the alphabet from five on.
		options: [
			{
				name: 'Upload Photo',
				value: 'upload',
				action: 'Upload photo',
				description: 'Put a photo on a record, in place of the one it has',
			},
			{
				name: 'Download Photo',
				value: 'download',
				action: 'Download photo',
				description: 'Get the photo of a record as a file',
			},
			{
				name: 'Delete Photo',
				value: 'delete',
				action: 'Delete photo',
				description: 'Remove the photo of a record',
			},
		],
		default: 'upload',
	},
	imageOperationProperty,
	{
		displayName: 'Module',
		name: 'module',
		type: 'resourceLocator',
		default: { mode: 'list', value: 'Leads' },
		required: true,
		description:
			'The module that holds the record. Leads, contacts, accounts, products, vendors, deals and custom modules can have photos.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchModules', searchable: true },
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Leads',
				hint: "The module's API name, which may differ from the tab's label",
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*\\w{1,100}\\s*$',
							errorMessage: 'An API name has letters, digits and underscores only',
						},
					},
				],
			},
		],
	},
	...recordProperties,
	...imageFieldProperties,
	...photoProperties,
	...imageProperties,
	optionsProperty,
];
