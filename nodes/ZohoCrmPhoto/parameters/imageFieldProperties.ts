import type { INodeProperties } from 'n8n-workflow';

const FOR_IMAGES = { resource: ['imageField'] };

/** What the node works on: the photo of a record, or one of its image fields. */
export const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Record Photo',
			value: 'photo',
			description: 'The one photo of a record, beside its name',
		},
		{
			name: 'Image Field',
			value: 'imageField',
			description: 'A field of the type Image Upload, which holds up to ten images',
		},
	],
	default: 'photo',
};

/** The operations on an image field. */
export const imageOperationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: FOR_IMAGES },
	// The commonest first: n8n's lint asks for the alphabet from five on.
	options: [
		{
			name: 'Upload Images',
			value: 'upload',
			action: 'Upload images to a field',
			description: 'Put images into a field, beside those it holds or in their place',
		},
		{
			name: 'Download Images',
			value: 'download',
			action: 'Download images of a field',
			description: 'Get all or some images of a field as files',
		},
		{
			name: 'Delete Images',
			value: 'delete',
			action: 'Delete images of a field',
			description: 'Remove all or some images of a field',
		},
	],
	default: 'upload',
};

/**
 * The field that holds the images, in two forms of one name: one that was picked belongs to the module of its list, so the
 * editor clears it when the module changes, and leaves alone what was given by name (see parameters/record.ts).
 */
export const imageFieldProperties: INodeProperties[] = [
	imageField({ show: FOR_IMAGES, hide: { '/imageField.mode': ['name'] } }, true),
	imageField({ show: { ...FOR_IMAGES, '/imageField.mode': ['name'] } }),
];

function imageField(displayOptions: INodeProperties['displayOptions'], isPicked = false): INodeProperties {
	return {
		displayName: 'Image Field',
		name: 'imageField',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		...(isPicked && { typeOptions: { loadOptionsDependsOn: ['module.value'] } }),
		description: 'The field of the type Image Upload that holds the images',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchImageFields', searchable: true },
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. House_Photos',
				hint: "The field's API name, which differs from its label",
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
		displayOptions,
	};
}

/** Where the images of an upload come from, and which images a download or a deletion is for. */
export const imageProperties: INodeProperties[] = [
	{
		displayName: 'Input Binary Fields',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. front,back',
		hint: 'The names of the input fields that hold the images, separated by commas',
		displayOptions: { show: { ...FOR_IMAGES, operation: ['upload'], photoSource: ['binary'] } },
	},
	{
		displayName: 'Images',
		name: 'whichImages',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'Every image of the field' },
			{ name: 'By Number', value: 'numbers', description: 'Those with the given numbers' },
		],
		default: 'all',
		description: 'Which images of the field to take',
		displayOptions: { show: { ...FOR_IMAGES, operation: ['download', 'delete'] } },
	},
	{
		displayName: 'Image Numbers',
		name: 'imageNumbers',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1,3',
		description: 'Places of the images in the field, from 1, separated by commas',
		displayOptions: { show: { ...FOR_IMAGES, operation: ['download', 'delete'], whichImages: ['numbers'] } },
	},
	{
		displayName: 'Put Output Files in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output field for the first image; the next ones get _1, _2 and so on behind it',
		displayOptions: { show: { ...FOR_IMAGES, operation: ['download'] }, hide: { '@tool': [true] } },
	},
];

/** Options that image fields have and photos do not. */
export const imageOptions: INodeProperties[] = [
	{
		displayName: 'If the Field Has Images',
		name: 'existing',
		type: 'options',
		options: [
			{ name: 'Add', value: 'add', description: 'Put the new images behind those that are there' },
			{ name: 'Keep', value: 'keep', description: 'Leave the field as it is; its item comes out as SKIPPED' },
			{ name: 'Replace', value: 'replace', description: 'Put the new images in place of those that are there' },
		],
		default: 'add',
		description: 'What to do with a field that already holds images',
		displayOptions: { show: { '/resource': ['imageField'], '/operation': ['upload'] } },
	},
	{
		displayName: 'Skip Workflow Triggers',
		name: 'restrictTriggers',
		type: 'boolean',
		default: false,
		description: "Whether to keep Zoho CRM from starting the record's workflows because of the deleted images",
		displayOptions: { show: { '/resource': ['imageField'], '/operation': ['delete'] } },
	},
];
