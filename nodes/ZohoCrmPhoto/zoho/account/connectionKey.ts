import { createHash } from 'crypto';

import { isRecord, textOf } from '../../json';
import type { Connection } from './connection';

/**
 * What tells connections apart, as a hash (SHA-256, hexadecimal), so that no secret is kept: API origin, client and refresh
 * token. Two credentials never have the same, as Zoho gives each connection a refresh token of its own; where it gave
 * none the access token stands for it.
 */
export function connectionKey({ origin, credential, accessToken }: Connection): string {
	const token = isRecord(credential.oauthTokenData) ? credential.oauthTokenData : {};
	const parts = [origin, textOf(credential.clientId), textOf(token.refresh_token) || accessToken];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
