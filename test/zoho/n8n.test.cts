import type { IExecuteFunctions } from 'n8n-workflow';

import { CREDENTIAL_TYPE, n8nOfExecution } from '../../nodes/ZohoCrmPhoto/zoho/n8n';
import { strict } from '../strict.cts';

test('a request is signed as Bearer, whatever type Zoho named with the token', async () => {
	const given: unknown[][] = [];
	const context = strict<IExecuteFunctions>('context', {
		getExecutionCancelSignal: () => undefined,
		helpers: strict('helpers', {
			httpRequestWithAuthentication: async (...all: unknown[]) => void given.push(all),
		}),
	});
	const options = { url: 'https://www.zohoapis.com/' };
	await n8nOfExecution(context).request(options);
	// For any other type n8n writes the token into the URL.
	expect(given).toEqual([[CREDENTIAL_TYPE, options, { oauth2: { tokenType: 'Bearer' } }]]);
});
