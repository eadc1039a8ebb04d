import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';
import { done, refused, type Failure, type Outcome } from '../../outcome';
import {
	dataCenterOfAccounts,
	dataCenterOfAccountsServer,
	dataCenterOfApi,
	dataCenterOfLocation,
	isTokenAddress,
	type DataCenter,
} from './dataCenters';
import { codeWord, opened, UNKNOWN_CODE } from '../foreign';
import { secretsOf, struckOut } from '../secrets';
import { told, type Sentences } from '../sentences';
import { NEVER_CONNECTED, TOKEN_REFUSALS, UNKNOWN_TOKEN_REFUSAL, UNTRUSTED, UNTRUSTED_ACCOUNTS } from './tokenRefusals';

/** Where the account lives, as far as the credential tells. */
interface Account {
	/** The data center chosen in the credential. */
	chosen: DataCenter | undefined;
	/** The data center in which Zoho says the account lives. */
	home: DataCenter | undefined;
}

/** What one connected credential says: where to send, with what, and for which account. */
export interface Connection extends Account {
	/** Origin of the API host, e.g. `https://www.zohoapis.eu`; checked to be Zoho's. */
	origin: string;
	/** What n8n signs with, and what it renews. */
	credential: ICredentialDataDecryptedObject;
	/** The token in it: kept to see whether it has changed, and to strike it out of foreign texts. */
	accessToken: string;
	/** False where Zoho gave no refresh token, so that the credential dies with its access token after an hour. */
	renewable: boolean;
	/** Scopes the account granted, as Zoho listed them, else as the credential asked for them. */
	scopes: string;
	/** Whether `scopes` is Zoho's own list, rather than what the credential asks for. */
	areScopesGranted: boolean;
	/** When the token runs out, in milliseconds since 1970, where n8n has noted it (2.41 does); else NaN. */
	expiresAt: number;
	/** Zoho's word for a refused token request, e.g. `invalid_code`, that n8n stored beside the token. */
	tokenRefusal: string;
}

/** CREDENTIAL_NOT_CONNECTED, which ends the run: every item uses the same credential. */
export function notConnected(sentences: Sentences): Failure {
	return { code: 'CREDENTIAL_NOT_CONNECTED', ...sentences, stops: 'run' };
}

/**
 * The failure of a request for a token that Zoho refused. What the token endpoint says passes the door for foreign text: it
 * may echo the request, which holds the client secret and the refresh token.
 *
 * @param word Zoho's, e.g. `invalid_code`; empty where it gave none
 * @param account names both data centers where they differ, the usual cause
 * @param said Zoho's words beside it; left out: those that n8n stored with this word
 */
export function tokenRefused(
	word: string,
	account: Account & { credential?: ICredentialDataDecryptedObject },
	said: string = storedWith(word, account.credential),
): Failure {
	if (word === '') return notConnected(NEVER_CONNECTED);
	const secrets = secretsOf(account.credential ?? {});
	const known = TOKEN_REFUSALS.get(word);
	const shown = known !== undefined || struckOut(word, secrets) === word ? codeWord(word) : UNKNOWN_CODE;
	const { message, description } = told(known ?? UNKNOWN_TOKEN_REFUSAL, { word: shown, account: elsewhere(account) });
	const words = opened(said, secrets).replace(/\.$/, '');
	return notConnected({ message, description: words === '' ? description : `${description} Zoho said "${words}".` });
}

/** What n8n stored of a refused request beside its word: it lays each answer of the token endpoint over the last one. */
function storedWith(word: string, { oauthTokenData }: ICredentialDataDecryptedObject = {}): string {
	return isRecord(oauthTokenData) && oauthTokenData.error === word ? textOf(oauthTokenData.error_description) : '';
}

/**
 * Reads a decrypted credential.
 *
 * n8n keeps Zoho's whole token answer in `oauthTokenData`, adds what the OAuth callback carried in `callbackQueryString`
 * (Zoho: `location`, `accounts-server`), and stores a refused token request as if it were a token. A refusal that lies
 * beside a token says nothing: n8n lays each new answer over the old one.
 *
 * @returns the failure CREDENTIAL_NOT_CONNECTED where there is no access token, UNTRUSTED_API_DOMAIN where the token would
 * leave Zoho, UNTRUSTED_DATA_CENTER where a renewal would send the client secret and the refresh token elsewhere
 */
export function readConnection(credential: ICredentialDataDecryptedObject): Outcome<Connection> {
	const token: IDataObject = isRecord(credential.oauthTokenData) ? credential.oauthTokenData : {};
	const tokenRefusal = textOf(token.error);
	const accessToken = textOf(token.access_token);
	const chosen = dataCenterOfAccounts(textOf(credential.dataCenter));
	const stranger = strangerIn(credential, chosen);
	if (stranger !== undefined) return refused(untrustedAccounts(stranger));
	const calledBack = homeOf(token.callbackQueryString);
	if (accessToken === '') return refused(tokenRefused(tokenRefusal, { chosen, home: calledBack, credential }));

	const apiDomain = textOf(token.api_domain) || (chosen === undefined ? '' : `https://www.${chosen.apiDomain}`);
	const apiHome = dataCenterOfApi(apiDomain);
	if (apiHome === undefined) return refused(untrusted(apiDomain, secretsOf(credential)));
	return done({
		origin: new URL(apiDomain).origin,
		credential,
		accessToken,
		renewable: textOf(token.refresh_token) !== '',
		scopes: textOf(token.scope) || textOf(credential.scope),
		areScopesGranted: textOf(token.scope) !== '',
		expiresAt: Number.parseInt(textOf(token.n8n_expires_at), 10),
		chosen,
		home: calledBack ?? apiHome,
		tokenRefusal,
	});
}

/** The account's data center by what Zoho's OAuth callback carried. */
function homeOf(callback: unknown): DataCenter | undefined {
	if (!isRecord(callback)) return undefined;
	return (
		dataCenterOfLocation(textOf(callback.location)) ?? dataCenterOfAccountsServer(textOf(callback['accounts-server']))
	);
}

/**
 * What names an accounts server that is none of Zoho's, in words. n8n before 2.41 takes the hidden token address as it is
 * stored, whatever the credential type says; every n8n takes any data center.
 */
function strangerIn(credential: ICredentialDataDecryptedObject, chosen: DataCenter | undefined): string | undefined {
	const { dataCenter, accessTokenUrl } = credential;
	// Only a text can be shown.
	const shown = (value: unknown): string =>
		typeof value === 'string' ? ` '${opened(value, secretsOf(credential), 100)}'` : '';
	const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
	if (isGiven(dataCenter) && chosen === undefined) return `the Data Center${shown(dataCenter)}`;
	if (isGiven(accessTokenUrl) && !isTokenAddress(textOf(accessTokenUrl))) {
		return `an address for tokens${shown(accessTokenUrl)}`;
	}
	return undefined;
}

function untrustedAccounts(given: string): Failure {
	return {
		code: 'UNTRUSTED_DATA_CENTER',
		...told(UNTRUSTED_ACCOUNTS, { given }),
		stops: 'run',
	};
}

function untrusted(apiDomain: string, secrets: readonly string[]): Failure {
	// A user name or password in an address is nobody's to read.
	const shown = URL.canParse(apiDomain) ? `${new URL(apiDomain).protocol}//${new URL(apiDomain).host}` : apiDomain;
	return {
		code: 'UNTRUSTED_API_DOMAIN',
		...told(UNTRUSTED, { origin: shown === '' ? 'nothing' : `'${opened(shown, secrets)}'` }),
		stops: 'run',
	};
}

/**
 * Tells that the account lives elsewhere than the credential says: the usual cause of INVALID_TOKEN and invalid_code right
 * after connecting.
 *
 * @returns a sentence naming both data centers with a space behind it, or nothing where they agree or are not known
 */
export function elsewhere({ chosen, home }: Account): string {
	if (chosen === undefined || home === undefined || chosen === home) return '';
	return `The account lives in the data center ${home.name}, the credential says ${chosen.name}: choose ${home.name} there. `;
}
