import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { addressExpression, DATA_CENTERS } from '../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import { DEFAULT_SCOPES, IMAGE_FIELD_SCOPES } from '../nodes/ZohoCrmPhoto/zoho/account/scopes';

/** What is asked for with the switch "Image Fields" on. */
const ALL_SCOPES = [...DEFAULT_SCOPES, ...IMAGE_FIELD_SCOPES];

/**
 * The OAuth2 connection to Zoho. One visible choice, the data center, gives the authorization and token URLs: they are
 * hidden, so that nobody has to know them, and empty for a value that is none of Zoho's. n8n 2.41 computes them anew at each
 * use, whatever else may be stored; for older versions the node looks at the token URL before it has a token renewed.
 */
export class ZohoCrmPhotoOAuth2Api implements ICredentialType {
	name = 'zohoCrmPhotoOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Zoho CRM Photo OAuth2 API';

	icon: Icon = { light: 'file:zohoCrmPhoto.svg', dark: 'file:zohoCrmPhoto.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-zoho-crm-photo/n8n-nodes-zoho-crm-photo/blob/main/docs/credential.md';

	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Data Center',
			name: 'dataCenter',
			type: 'options',
			options: DATA_CENTERS.map(({ name, accountsDomain }) => ({
				name,
				value: accountsDomain,
				description: `Zoho CRM at crm.${accountsDomain}`,
			})),
			default: 'zoho.com',
			description: 'Where your Zoho account lives. It is in one data center alone.',
			hint: 'The address you see when you use Zoho CRM tells it: crm.zoho.eu is Europe, crm.zoho.com the United States, crm.zohocloud.ca Canada.',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: addressExpression('/oauth/v2/auth'),
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: addressExpression('/oauth/v2/token'),
			required: true,
		},
		{
			displayName: 'Image Fields',
			name: 'imageFields',
			type: 'boolean',
			default: false,
			description:
				'Whether to ask Zoho for the scopes that Upload Images and Delete Images take on top: changing records, uploading files, reading the list of fields. A change counts from the next connection on.',
			displayOptions: { show: { customScopes: [false] } },
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScopes',
			type: 'boolean',
			default: false,
			description: 'Whether to ask Zoho for other scopes than the node needs, e.g. for single modules only',
		},
		{
			displayName: 'Enabled Scopes',
			name: 'enabledScopes',
			type: 'string',
			typeOptions: { rows: DEFAULT_SCOPES.length + 1 },
			displayOptions: { show: { customScopes: [true] } },
			default: DEFAULT_SCOPES.join('\n'),
			description:
				'Scopes to ask for, one in a line or separated by commas. For leads alone: ZohoCRM.modules.leads.CREATE instead of ZohoCRM.modules.CREATE. Without the scopes for settings and search the lists fall back to what they can show.',
		},
		{
			displayName:
				'A change counts from the next connection on: save, then connect the account again. Zoho shows the new scopes on its consent page.',
			name: 'customScopesNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { customScopes: [true] } },
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			// Zoho separates scopes by commas; people paste them with spaces, line ends and a comma too many. Nothing asks for the least.
			default: `={{ ($self["customScopes"] ? String($self["enabledScopes"] || "") : "").replace(/[\\s,]+/g, ",").replace(/^,|,$/g, "") || ($self["imageFields"] ? "${ALL_SCOPES.join(',')}" : "${DEFAULT_SCOPES.join(',')}") }}`,
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			// Without both, Zoho gives no refresh token, or only at the very first consent.
			default: 'access_type=offline&prompt=consent',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];
}
