import type { IncomingMessage } from 'node:http';

import type { Call } from '../callLog.cts';
import type { AccessToken } from '../accounts/tokens.cts';

/** One API call whose URL, method and token were found good. */
export interface ApiCall {
	request: IncomingMessage;
	url: URL;
	method: string;
	/** `v2`, `v2.1`, `v3` ... `v8`. */
	version: string;
	token: AccessToken;
	/** Its line in the log. */
	call: Call;
}

/** The versions that are served side by side (Zoho's documentation tree; v9 is the web client's own). */
export const apiVersions: readonly string[] = ['v2', 'v2.1', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8'];

/** True from v3 on. */
export function isFromV3(version: string): boolean {
	return version !== 'v2' && version !== 'v2.1';
}
