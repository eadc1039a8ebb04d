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

test('a request is signed as Bearer with the token it was asked for with, whatever has been stored since', async () => {
	const given: unknown[][] = [];
	const context = strict<IExecuteFunctions>('context', {
		getExecutionCancelSignal: () => undefined,
		getMode: () => 'trigger',
		getCredentials: async () => await Promise.resolve({ oauthTokenData: { access_token: 'stored since' } }),
		helpers: strict('helpers', {
			async httpRequestWithAuthentication(this: IExecuteFunctions, type: string, ...all: unknown[]) {
				const credential = await this.getCredentials(type);
				given.push([type, structuredClone(credential), this.getMode(), ...all]);
				credential.oauthTokenData = { access_token: 'new' };
			},
		}),
	});
	const options = { url: 'https://www.zohoapis.com/' };
	const credential = { oauthTokenData: { access_token: 'read' } };
	await n8nOfExecution(context).request(options, credential);
	expect(given).toEqual([
		[
			CREDENTIAL_TYPE,
			{ oauthTokenData: { access_token: 'read' } },
			'trigger',
			options,
			// For any other type n8n writes the token into the URL.
			{ oauth2: { tokenType: 'Bearer' } },
		],
	]);
	expect(credential).toEqual({ oauthTokenData: { access_token: 'read' } });
});
