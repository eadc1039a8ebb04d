import type { INodeProperties } from 'n8n-workflow';

/** The node as a tool of an AI agent, which no file reaches and none leaves: neither n8n nor a model passes one on. */
const AS_TOOL = { '@tool': [true] };

/** Where the photo of an upload comes from, and where that of a download goes. */
export const photoProperties: INodeProperties[] = [
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
		displayOptions: { show: { operation: ['upload'] }, hide: AS_TOOL },
	},
	{
		displayName: 'Photo Source',
		name: 'photoSource',
		type: 'options',
		options: [{ name: 'URL', value: 'url', description: 'A file on the web that needs no log-in' }],
		default: 'url',
		description: 'Where the photo comes from. No file reaches a tool, so the agent gives the address of one.',
		displayOptions: { show: { operation: ['upload'], ...AS_TOOL } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the input field that holds the photo: PNG, JPEG, GIF or BMP, up to 10 MB and 10 megapixels. Other pictures are made to fit.',
		displayOptions: { show: { resource: ['photo'], operation: ['upload'], photoSource: ['binary'] } },
	},
	{
		displayName: 'Photo URL',
		name: 'photoUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/ada.jpg',
		description:
			'Address of an image file that needs no log-in: PNG, JPEG, GIF or BMP, up to 10 MB and 10 megapixels. Other pictures are made to fit.',
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
		displayOptions: { show: { resource: ['photo'], operation: ['download'] }, hide: AS_TOOL },
	},
	{
		displayName:
			'No file reaches the model: it is told whether the record has a photo, of which kind and size. To use the file, have a workflow download it.',
		name: 'downloadAsTool',
		type: 'notice',
		default: '',
		displayOptions: { show: { resource: ['photo'], operation: ['download'], ...AS_TOOL } },
	},
];
