import type { INodeProperties } from 'n8n-workflow';

/** Milliseconds after which the open list of records says how to do without it. */
const SLOW = 4000;

/** The modes in which the record is given, rather than picked from the list of its module. */
const GIVEN = ['id', 'url', 'field'];

/**
 * The parameter "Record", in two forms of one name. A record that was picked belongs to the module of its list, so the editor
 * clears it when the module changes. n8n (2.41, ResourceLocator.vue) would clear whatever stands there, an id or an
 * expression too, and an expression already when the module's expression gives something else for another item. So the
 * form for what is given does not depend on the module.
 *
 * As a tool of an AI agent the name says what to give: it is all that the model is told of a parameter it may fill in.
 */
export const recordProperties: INodeProperties[] = [
	record('Record', { hide: { '/recordId.mode': GIVEN, '@tool': [true] } }, true),
	record('Record', { show: { '/recordId.mode': GIVEN }, hide: { '@tool': [true] } }),
	record('Record ID', { show: { '@tool': [true] }, hide: { '/recordId.mode': GIVEN } }, true),
	record('Record ID', { show: { '@tool': [true], '/recordId.mode': ['id'] } }),
	record('Record URL', { show: { '@tool': [true], '/recordId.mode': ['url'] } }),
	record('Email or Other Field of Record', { show: { '@tool': [true], '/recordId.mode': ['field'] } }),
];

function record(
	displayName: string,
	displayOptions: INodeProperties['displayOptions'],
	isPicked = false,
): INodeProperties {
	return {
		displayName,
		name: 'recordId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		...(isPicked && { typeOptions: { loadOptionsDependsOn: ['module.value'] } }),
		description: 'The record that the photo belongs to',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: {
					searchListMethod: 'searchRecords',
					searchable: true,
					slowLoadNotice: {
						message: "Zoho CRM takes its time. The record's ID or its address from the browser do as well.",
						timeout: SLOW,
					},
				},
			},
			{
				displayName: 'ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3000000038009',
				hint: "The digits at the end of the record's address in Zoho CRM",
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
				displayName: 'By Email…',
				name: 'field',
				type: 'string',
				placeholder: 'e.g. ada@example.com',
				hint: "Email, for products Product_Code, for accounts and deals the name. Another field: option 'Field to Match'.",
			},
		],
		displayOptions,
	};
}
