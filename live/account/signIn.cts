import { dataCenterOfApi } from '../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import type { HttpAnswer, Transport } from '../calls/transport.cts';
import { inWords, jsonOf } from '../calls/words.cts';
import type { Login } from './login.cts';

/** A connection that is signed in. */
export interface Connection {
	accessToken: string;
	/** Such as `https://www.zohoapis.eu`, and surely one of Zoho's. */
	apiDomain: string;
	/** The token address's answer, for the questions about it. */
	answer: Record<string, unknown>;
	/** A refresh token that a one-time code gave; it is given back at the end. */
	ownRefreshToken: string | undefined;
}

const advice: Readonly<Record<string, string>> = {
	invalid_code:
		'A one-time code lives a few minutes and works once; make a new one, at the data center of the account.',
	invalid_client: 'Copy the client ID once more, and look whether the data center is the one of the account.',
	invalid_client_secret: 'Copy the client secret once more; another data center may have another secret.',
};

/** Sends a form to an accounts server, with the client's id and secret. @throws Error when no answer came */
export async function askAccounts(
	transport: Transport,
	login: Login,
	fields: Readonly<Record<string, string>>,
	path = '/oauth/v2/token',
): Promise<HttpAnswer> {
	const form = { client_id: login.clientId, client_secret: login.clientSecret, ...fields };
	return await transport.send({
		url: `https://accounts.${login.dataCenter.accountsDomain}${path}`,
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: Buffer.from(new URLSearchParams(form).toString()),
	});
}

/**
 * Gets an access token.
 * @throws Error with Zoho's word and what to do, or when the answer names an API host that is none of Zoho's
 */
export async function signIn(transport: Transport, login: Login): Promise<Connection> {
	const grant: Record<string, string> =
		login.code === undefined
			? { grant_type: 'refresh_token', refresh_token: login.refreshToken ?? '' }
			: { grant_type: 'authorization_code', code: login.code };
	const answer = await askAccounts(transport, login, grant);
	const json = jsonOf(answer);
	if (typeof json?.access_token !== 'string') {
		const word = inWords(answer).replace(/^\d+ /, '');
		throw new Error(`Zoho refused the sign-in with "${word}". ${advice[word] ?? 'See docs/live.md.'}`);
	}
	const given = json.api_domain;
	const apiDomain = typeof given === 'string' ? given : `https://www.${login.dataCenter.apiDomain}`;
	if (!dataCenterOfApi(apiDomain)) {
		throw new Error("The sign-in named an API host that is none of Zoho's. The token is not sent there; report this.");
	}
	const refreshToken = json.refresh_token;
	return {
		accessToken: json.access_token,
		apiDomain: new URL(apiDomain).origin,
		answer: json,
		ownRefreshToken: login.code !== undefined && typeof refreshToken === 'string' ? refreshToken : undefined,
	};
}

/** Gives back the refresh token that a one-time code gave, if any: the run leaves no access behind. Never throws. */
export async function signOut(transport: Transport, login: Login, connection: Connection): Promise<void> {
	if (connection.ownRefreshToken === undefined) return;
	await askAccounts(transport, login, { token: connection.ownRefreshToken }, '/oauth/v2/token/revoke').catch(
		() => undefined,
	);
}
