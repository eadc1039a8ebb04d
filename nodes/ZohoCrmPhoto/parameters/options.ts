import type { INodeProperties } from 'n8n-workflow';

import { imageOptions } from './imageFieldProperties';

/** Versions of the API that Zoho serves side by side; v2 is the one of the specification this node began from. */
export const API_VERSIONS = ['v2', 'v2.1', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8'] as const;

/** Calls in progress that the largest edition allows at a time (Zoho's API limits: 5 to 25 by edition). */
export const MOST_PARALLEL = 25;
/** What every edition allows. */
export const USUAL_PARALLEL = 5;
/** With doubling waits ten tries last some three minutes: longer outages are for n8n's own Retry On Fail. */
export const MOST_RETRIES = 10;

/** Minutes for which an item waits for its turn while Zoho answers 429. */
export const USUAL_WAIT = 15;
/** A day, after which Zoho's credits of the day are back in any case. */
export const LONGEST_WAIT = 1440;

/** For records that are known by a value of a field. */
const FOR_FIELD = { show: { '/recordId.mode': ['field'] } };

const FOR_UPLOAD = { show: { '/operation': ['upload'] } };

/** The node's options. Names, types, defaults and values are stored in workflows: they never change. */
export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: API_VERSIONS.map((version) => ({ name: version, value: version })),
			default: 'v8',
			description: "Version of Zoho CRM's API to call",
			displayOptions: { show: { '/resource': ['photo'] } },
		},
		{
			displayName: 'Field to Match',
			name: 'matchField',
			type: 'string',
			default: '',
			placeholder: 'e.g. Email',
			description:
				'API name of the field that holds the value, such as Email, Phone, Product_Code or a field of your own. Left empty, it is Email, for products Product_Code, for accounts Account_Name, for deals Deal_Name.',
			displayOptions: FOR_FIELD,
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada.jpg',
			description:
				"Name to send to Zoho CRM instead of the file's own. The extension always follows the file's content.",
			displayOptions: FOR_UPLOAD,
		},
		{
			displayName: 'If Several Records Match',
			name: 'severalMatches',
			type: 'options',
			options: [
				{ name: 'Refuse', value: 'refuse', description: 'Name them in the error of the item' },
				{ name: 'Take the Newest', value: 'newest', description: 'Take the record that was changed last' },
			],
			default: 'refuse',
			description: 'What to do where more than one record has the value',
			displayOptions: FOR_FIELD,
		},
		{
			displayName: 'If the Record Has a Photo',
			name: 'existingPhoto',
			type: 'options',
			options: [
				{ name: 'Keep', value: 'keep', description: 'Leave the record as it is; its item comes out as SKIPPED' },
				{ name: 'Replace', value: 'replace', description: 'Put the new photo in place of the old one' },
			],
			default: 'replace',
			description: 'What to do with a record that already has a photo',
			displayOptions: { show: { '/resource': ['photo'], '/operation': ['upload'] } },
		},
		{
			displayName: 'If Zoho CRM Would Not Take the Photo',
			name: 'unfitPhoto',
			type: 'options',
			options: [
				{
					name: 'Make It Fit',
					value: 'fit',
					description:
						'Turn other kinds of picture into JPEG or PNG and scale down what is too large. Takes 1 to 5 seconds for each photo of a phone.',
				},
				{
					name: 'Refuse',
					value: 'refuse',
					description: 'Explain in the item what is wrong with the photo and what to do',
				},
			],
			default: 'fit',
			description:
				'What to do with a picture that is not PNG, JPEG, GIF or BMP, has more than 10 megapixels or more than 10 MB. A photo that Zoho CRM takes is never changed.',
			displayOptions: FOR_UPLOAD,
		},
		{
			displayName: 'Largest Side',
			name: 'largestSide',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			description:
				'Scale photos down so that neither width nor height has more than so many pixels. 0 keeps them as large as Zoho CRM takes.',
			displayOptions: FOR_UPLOAD,
		},
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MOST_RETRIES, numberPrecision: 0 },
			default: 4,
			description: 'How many times to try again after an outage of Zoho CRM, a lost connection or a time-out',
		},
		{
			displayName: 'Parallel Uploads',
			name: 'parallelUploads',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_PARALLEL, numberPrecision: 0 },
			default: USUAL_PARALLEL,
			description:
				'How many photos to upload at a time. Zoho CRM takes 5 (Free edition) to 25 (Ultimate) calls at a time.',
			displayOptions: FOR_UPLOAD,
		},
		{
			displayName: 'Remove Location and Camera Data',
			name: 'removeMetadata',
			type: 'boolean',
			default: false,
			description:
				'Whether to leave out where, when and with what a photo was taken. How it looks stays, its orientation and colors included.',
			displayOptions: FOR_UPLOAD,
		},
		{
			displayName: 'Skip Workflow Triggers',
			name: 'restrictTriggers',
			type: 'boolean',
			default: false,
			description: "Whether to keep Zoho CRM from starting the record's workflows because of the new photo",
			displayOptions: FOR_UPLOAD,
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 120000,
			description: 'How many milliseconds one call may take before it is given up',
		},
		{
			displayName: 'Wait at Most',
			name: 'waitAtMost',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: LONGEST_WAIT },
			default: USUAL_WAIT,
			description:
				'How many minutes an item waits for its turn while Zoho CRM answers that too many calls go at a time. 0 gives it up at once.',
		},
		...imageOptions,
	],
};
