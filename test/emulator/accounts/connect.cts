import { dataCenterNamed, type Environment, accountsHost } from '../network/dataCenters.cts';
import { orgOf } from '../crm/orgs.cts';
import { defaultClient } from './clients.cts';
import { splitScopes } from './scopes.cts';
import type { TokenStore } from './tokens.cts';

/** The scopes of a connection when none are asked for: the least that every operation and list of the node needs. */
export const defaultScopes: readonly string[] = [
	'ZohoCRM.modules.CREATE',
	'ZohoCRM.modules.READ',
	'ZohoCRM.modules.DELETE',
	'ZohoCRM.coql.READ',
	'ZohoCRM.settings.modules.READ',
	'ZohoSearch.securesearch.READ',
];

/** The further scopes that the credential asks for with its switch "Image Fields". */
export const imageFieldScopes: readonly string[] = [
	'ZohoCRM.modules.UPDATE',
	'ZohoCRM.files.CREATE',
	'ZohoCRM.settings.fields.READ',
];

/** What Zoho answers with HTTP 200 to a connection that went wrong, and n8n stores as if it were a token. */
export type ConnectMistake =
	| 'invalid_client'
	| 'invalid_client_secret'
	| 'invalid_code'
	| 'invalid_redirect_uri'
	| 'Access Denied';

/** How to connect. */
export interface ConnectOptions {
	/** `zoho.eu` or `eu`; default `zoho.com`. */
	dataCenter?: string;
	environment?: Environment;
	/** Scopes granted; a list or Zoho's comma-separated text. Default: `defaultScopes`. */
	scopes?: readonly string[] | string;
	/** The same, and the credential says so (`customScopes`, `enabledScopes`), as when an admin has narrowed it. */
	customScopes?: string;
	/** As with the credential's switch "Image Fields" on: its scopes come on top of `defaultScopes`. */
	imageFields?: boolean;
	/** The access token is expired from the start; the refresh token is good. */
	expired?: boolean;
	/** The refresh token is revoked and the access token dead. */
	revoked?: boolean;
	/** Nothing but Zoho's refusal was stored. */
	mistake?: ConnectMistake;
	/** The tokens are good at this data center only, while `api_domain` is the credential's. */
	tokenOf?: string;
	/** Another `api_domain` than Zoho gave. */
	apiDomain?: string;
	/** As without `access_type=offline`: no refresh token. */
	online?: boolean;
	/** With the time at which the access token runs out, as n8n 2.41 notes it and older versions do not. */
	timed?: boolean;
}

/**
 * The credential's data as n8n stores it in the clear. A type, not an interface, so that it passes for any plain
 * object.
 */
export type CredentialData = {
	/** The credential's data center choice: the accounts domain, such as `zoho.eu`. */
	dataCenter: string;
	clientId: string;
	clientSecret: string;
	/** Only when the connection was asked for with `customScopes`. */
	customScopes?: boolean;
	enabledScopes?: string;
	/** Only when it is switched on. */
	imageFields?: boolean;
	oauthTokenData: Record<string, string | number | Record<string, string>>;
};

/**
 * Does without a browser what the OAuth dance does and gives what n8n then stores.
 * @throws Error when a data center is unknown
 */
export function connect(tokens: TokenStore, options: ConnectOptions = {}): CredentialData {
	const dataCenter = dataCenterNamed(options.dataCenter ?? 'us');
	const home = options.tokenOf === undefined ? dataCenter : dataCenterNamed(options.tokenOf);
	const credential = {
		dataCenter: dataCenter.accountsDomain,
		clientId: defaultClient.clientId,
		clientSecret: defaultClient.clientSecret,
		...(options.customScopes === undefined ? {} : { customScopes: true, enabledScopes: options.customScopes }),
		...(options.imageFields && { imageFields: true }),
	};
	const callbackQueryString = { location: home.location, 'accounts-server': `https://${accountsHost(home)}` };
	if (options.mistake) return { ...credential, oauthTokenData: { error: options.mistake, callbackQueryString } };

	const usual = options.imageFields ? [...defaultScopes, ...imageFieldScopes] : defaultScopes;
	const asked = options.customScopes ?? options.scopes ?? usual;
	const scopes = typeof asked === 'string' ? splitScopes(asked) : asked;
	const org = orgOf(home, options.environment);
	const refreshToken = options.online ? undefined : tokens.issueRefreshToken(defaultClient.clientId, org, scopes);
	const accessToken =
		refreshToken === undefined ? tokens.issueLoneAccessToken(org, scopes) : tokens.issueAccessToken(refreshToken);
	if (options.expired) tokens.expire(accessToken);
	if (options.revoked) tokens.revoke(refreshToken ?? accessToken);
	return {
		...credential,
		oauthTokenData: {
			access_token: accessToken,
			...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
			api_domain: options.apiDomain ?? orgOf(dataCenter, options.environment).apiDomain,
			token_type: 'Bearer',
			expires_in: tokens.rules.lifeSeconds,
			scope: scopes.join(' '),
			...(options.timed && {
				n8n_expires_at: String(Date.now() + (options.expired ? -1 : tokens.rules.lifeSeconds) * 1000),
			}),
			callbackQueryString,
		},
	};
}
