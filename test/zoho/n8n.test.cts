import type { IExecuteFunctions } from 'n8n-workflow';

import { CREDENTIAL_TYPE, n8nOfExecution } from '../../nodes/ZohoCrmPhoto/zoho/n8n';
import { strict } from '../strict.cts';

test('a renewal is for the token that ran out, whatever has been stored since', async () => {
	const seen: unknown[] = [];
	const old = { oauthTokenData: { access_token: 'old' } };
	const context = strict<IExecuteFunctions>('context', {
		getExecutionCancelSignal: () => undefined,
		getMode: () => 'trigger',
		getCredentials: async () => await Promise.resolve({ oauthTokenData: { access_token: 'stored since' } }),
		helpers: strict('helpers', {
			async refreshOAuth2Token(this: IExecuteFunctions, type: string) {
				const credential = await this.getCredentials(type);
				seen.push(type, structuredClone(credential), this.getMode());
				// As n8n does with what it was given.
				credential.oauthTokenData = { access_token: 'new' };
			},
		}),
	});
	await n8nOfExecution(context).renewToken(old);
	expect(seen).toEqual([CREDENTIAL_TYPE, { oauthTokenData: { access_token: 'old' } }, 'trigger']);
	expect(old).toEqual({ oauthTokenData: { access_token: 'old' } });
});

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
