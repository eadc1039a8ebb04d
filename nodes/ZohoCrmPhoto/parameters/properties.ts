import type { INodeProperties } from 'n8n-workflow';

import { imageFieldProperty, imageOperationProperty, imageProperties, resourceProperty } from './imageFieldProperties';
import { optionsProperty } from './options';

/** The node's parameters. Names, types, defaults and values are stored in workflows: they never change. */
export const properties: INodeProperties[] = [
	resourceProperty,
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['photo'] } },
		options: [
			{
				name: 'Delete Photo',
				value: 'delete',
				action: 'Delete photo',
				description: 'Remove the photo of a record',
			},
			{
				name: 'Download Photo',
				value: 'download',
				action: 'Download photo',
				description: 'Get the photo of a record as a file',
			},
			{
				name: 'Upload Photo',
				value: 'upload',
				action: 'Upload photo',
				description: 'Put a photo on a record, in place of the one it has',
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
				displayName: 'API Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Leads',
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
	{
		displayName: 'Record',
		name: 'recordId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The record that the photo belongs to',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchRecords', searchable: true },
			},
			{
				displayName: 'ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3000000038009',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\s*\\d{1,20}\\s*$', errorMessage: 'A record id has 1 to 20 digits' },
					},
				],
			},
			{
				displayName: 'URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://crm.zoho.com/crm/org12345/tab/Leads/3000000038009',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*https://.+\\d.*$',
							errorMessage: 'Copy the address of the record from the browser',
						},
					},
				],
			},
			{
				displayName: 'By Email or Other Field',
				name: 'field',
				type: 'string',
				placeholder: 'e.g. ada@example.com',
				hint: "Email, for products Product_Code, for accounts and deals the name. Another field: option 'Field to Match'.",
			},
		],
	},
	imageFieldProperty,
	{
		displayName: 'Photo Source',
		name: 'photoSource',
		type: 'options',
		options: [
			{ name: 'Input Binary Field', value: 'binary', description: 'A file from an earlier node' },
			{ name: 'URL', value: 'url', description: 'A file on the web that needs no log-in' },
		],
		default: 'binary',
		description: 'Where the photo comes from',
		displayOptions: { show: { operation: ['upload'] } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the input field that holds the photo: PNG, JPEG, GIF or BMP, up to 10 MB and 10 megapixels',
		displayOptions: { show: { resource: ['photo'], operation: ['upload'], photoSource: ['binary'] } },
	},
	{
		displayName: 'Photo URL',
		name: 'photoUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/ada.jpg',
		description: 'Address of an image file: PNG, JPEG, GIF or BMP, up to 10 MB and 10 megapixels',
		displayOptions: { show: { operation: ['upload'], photoSource: ['url'] } },
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output field to put the photo into',
		displayOptions: { show: { resource: ['photo'], operation: ['download'] } },
	},
	...imageProperties,
	optionsProperty,
];
