import type { Sentences } from '../sentences';

const RECONNECT = 'Open the credential, choose the Data Center of your Zoho account and connect the account again.';
const RUN_AGAIN_FIRST = `Run the items again first; only if it stays, ${RECONNECT.replace('Open', 'open')}`;

/** What happens in one sentence, for every word that Zoho answers to a request for a token. */
const GAVE_NONE = 'Zoho gave no access token: it answered {word}';

/**
 * What Zoho's token endpoint means by its words, which it sends with HTTP 200 (Zoho's OAuth pages, Kaizen #4 and #43; the
 * last two are RFC 6749's). `{account}` says where the account lives, if that is known to be elsewhere.
 */
export const TOKEN_REFUSALS: ReadonlyMap<string, Sentences> = new Map(
	Object.entries({
		invalid_code: `{account}The access was revoked in Zoho, newer connections pushed it out (Zoho keeps 20 for a user), or the account lives in another data center. ${RECONNECT}`,
		invalid_client:
			"{account}Zoho does not know the Client ID in this data center. Compare it with Zoho's API console, choose the right Data Center in the credential (or switch on Multi-DC for the client in Zoho's API console), and connect the account again.",
		invalid_client_secret:
			"The Client Secret does not fit the Client ID. Copy it again from Zoho's API console (each data center may have its own), and connect the account again.",
		invalid_redirect_uri:
			"The OAuth Redirect URL that the credential shows must stand among the client's Authorized Redirect URIs in Zoho's API console, letter by letter. Add it there and connect the account again.",
		'Access Denied':
			'Zoho takes at most ten requests for a token in ten minutes, and five new connections in a minute up to 20 for a user. Wait ten minutes, then run the items again; if it comes back, look for other workflows or programs that use the same connection, and remove connections that nobody needs in the Zoho account.',
		invalid_grant: `The access was revoked in Zoho, or newer connections pushed it out (Zoho keeps 20 for a user). ${RECONNECT}`,
		access_denied: "The access was not granted. Connect the account again and accept on Zoho's consent page.",
	}).map(([word, description]) => [word, { message: GAVE_NONE, description }]),
);

/** For a word that is in no documentation: it may be about anything. */
export const UNKNOWN_TOKEN_REFUSAL: Sentences = { message: GAVE_NONE, description: `{account}${RUN_AGAIN_FIRST}` };

/** Words of RFC 6749, 5.2, that are about the request: asked again, it is the same. */
const ABOUT_REQUEST = ['invalid_request', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope'];

/**
 * Whether the same request for a token may fare better in a moment: not after a word about this connection or the client,
 * nor after one about too many requests. Any other (`general_error`, `server_error` ...) is about Zoho's server or unknown.
 */
export function mayPass(word: string): boolean {
	return !TOKEN_REFUSALS.has(word) && !ABOUT_REQUEST.includes(word);
}

/** n8n asked for a new token and has the old one still. */
export const NO_REASON: Sentences = {
	message: 'Zoho gave no new access token, and no reason for it',
	description: RUN_AGAIN_FIRST,
};

/** Nothing was stored that could be a token. */
export const NEVER_CONNECTED: Sentences = {
	message: 'The credential is not connected to Zoho',
	description: 'Open the credential, choose the Data Center of your Zoho account and connect the account.',
};

/** n8n handed out no credential: none is chosen, it was deleted, or it may not be used here. */
export const NO_CREDENTIAL: Sentences = {
	message: 'n8n gave the node no credential for Zoho CRM: {said}',
	description:
		"Choose a credential of the type 'Zoho CRM Photo OAuth2 API' in the node, or create one and connect the account.",
};

/** An access token that has run out, without a refresh token beside it (Zoho gives one with access_type=offline alone). */
export const NOT_RENEWABLE: Sentences = {
	message: 'The access token of the credential has run out, and Zoho gave no refresh token with it',
	description: "Open the credential and connect the account again; accept on Zoho's consent page.",
};

/** The accounts server could not be asked for a new token, or somebody else answered in its place. */
export const ACCOUNTS_UNREACHED: Sentences = {
	message: 'The access token has run out, and {host} could not be asked for a new one: {said}',
	description: 'Check the network, proxy and firewall settings of the machine that runs n8n, then run the items again.',
};

/** The accounts server has too much to do: HTTP status 429. */
export const ACCOUNTS_BUSY: Sentences = {
	message:
		'The access token has run out, and {host} gave no new one for now: it has too many requests (HTTP status 429)',
	description:
		'Wait ten minutes, then run the items again; if it comes back, look for other workflows or programs that use the same connection.',
};

/** An `api_domain` that is none of Zoho's: the token must not go there. */
export const UNTRUSTED: Sentences = {
	message:
		"The credential names {origin} as API domain, which is not the https address of Zoho's API, so nothing was sent",
	description:
		"Open the credential, choose the Data Center of your Zoho account and connect the account again; the access token goes to Zoho CRM alone. If Zoho itself gave this address, report it to this node's maintainers.",
};

/** A data center, or an address for tokens, that is none of Zoho's: the client secret and the refresh token must not go there. */
export const UNTRUSTED_ACCOUNTS: Sentences = {
	message: "The credential names {given}, which is none of Zoho's, so nothing was sent",
	description:
		"Open the credential and choose the Data Center of your Zoho account from the list. If you did not change it, ask who else may edit the credential, and make a new client secret in Zoho's API console. If Zoho itself gave this address, report it to this node's maintainers.",
};
