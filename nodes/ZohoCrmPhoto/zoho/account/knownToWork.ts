import type { Connection } from './connection';
import { reach } from './scopes';
import type { RecordAddress, Task } from '../task';

/** Milliseconds that an access token serves (Zoho's OAuth pages: an hour). */
const TOKEN_LIFE = 3_600_000;
/** Milliseconds before its end from which n8n 2.41 takes a token for one that has run out. */
const ALMOST_OUT = 60_000;

/** What a call is for. */
interface Purpose {
	task: Task;
	address: RecordAddress;
}

/**
 * Whether nothing is left for a first call alone to find out: n8n has noted that the token still serves, and Zoho that
 * its scopes reach. n8n 2.41 notes the token's end as `n8n_expires_at`; older versions note nothing.
 *
 * A time further off than Zoho's tokens live is a mistake. One that is too early is none: an older n8n renews without
 * touching what a newer one has noted.
 */
export function isKnownToWork(connection: Connection, purpose: Purpose): boolean {
	// Beside a refusal n8n 2.41 notes a new end for the old token.
	if (connection.tokenRefusal !== '') return false;
	const left = connection.expiresAt - Date.now();
	return left > ALMOST_OUT && left <= TOKEN_LIFE && isKnownToReach(connection, purpose);
}

/** Whether the scopes that Zoho says it granted reach what a call is for, as far as their names tell. */
export function isKnownToReach({ scopes, areScopesGranted }: Connection, { task, address }: Purpose): boolean {
	return areScopesGranted && task !== 'listModules' && reach(scopes, task, address.module);
}
