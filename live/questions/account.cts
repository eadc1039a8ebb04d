import { dataCenterOfApi } from '../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import { inWords } from '../calls/words.cts';
import type { Question } from './question.cts';

/** A token of Zoho's look that was never given out. */
export const MADE_UP_TOKEN = `1000.${'0'.repeat(32)}.${'0'.repeat(32)}`;

/** About the accounts server; none of them costs a credit. */
export const accountQuestions: readonly Question[] = [
	{
		name: 'account.token-type',
		text: 'The type of the access token',
		assumed: 'Bearer',
		ask: async ({ connection: { answer } }) => String(answer.token_type ?? 'not there'),
	},
	{
		name: 'account.lifetime',
		text: 'How long the access token lives',
		assumed: '3600 seconds',
		ask: async ({ connection: { answer } }) => `${String(answer.expires_in ?? 'no')} seconds`,
	},
	{
		name: 'account.api-domain',
		text: 'The API host that the token address names',
		assumed: 'of the data center',
		ask: async ({ connection: { answer }, login }) => {
			if (typeof answer.api_domain !== 'string') return 'none';
			return dataCenterOfApi(answer.api_domain) === login.dataCenter ? 'of the data center' : 'of another one';
		},
	},
	{
		name: 'account.scopes',
		text: 'What stands between two granted scopes',
		assumed: 'a space',
		ask: async ({ connection: { answer } }) => {
			if (typeof answer.scope !== 'string') return 'no scopes are told';
			const between = /^[\w.]+(,? ?)[\w.]+/.exec(answer.scope)?.[1];
			return { ' ': 'a space', ',': 'a comma', ', ': 'a comma and a space' }[between ?? ''] ?? 'one scope alone';
		},
	},
	{
		name: 'account.unknown-refresh-token',
		text: 'A refresh token that was never given out',
		assumed: '200 invalid_code',
		ask: async (lab) => inWords(await lab.accounts({ grant_type: 'refresh_token', refresh_token: MADE_UP_TOKEN })),
	},
	{
		name: 'account.wrong-secret',
		text: 'A client secret that is wrong',
		assumed: '200 invalid_client_secret',
		ask: async (lab) => {
			const fields = { grant_type: 'refresh_token', refresh_token: MADE_UP_TOKEN };
			return inWords(await lab.accounts(fields, { clientSecret: '0'.repeat(42) }));
		},
	},
	{
		name: 'account.unknown-client',
		text: 'A client ID that does not exist',
		assumed: '200 invalid_client',
		ask: async (lab) => {
			const fields = { grant_type: 'refresh_token', refresh_token: MADE_UP_TOKEN };
			return inWords(await lab.accounts(fields, { clientId: `1000.${'0'.repeat(30)}` }));
		},
	},
	{
		name: 'account.unknown-grant-type',
		text: 'A grant type that does not exist',
		assumed: '200 invalid_grant_type',
		ask: async (lab) => inWords(await lab.accounts({ grant_type: 'photo', refresh_token: MADE_UP_TOKEN })),
	},
];
