import { readFileSync } from 'node:fs';

import { dataCenterOfAccounts } from '../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import type { Emulator } from '../../test/emulator/emulator.cts';
import { openTransport, type Transport } from '../calls/transport.cts';
import { type Login, SCOPES } from './login.cts';

/** How the emulator is reached, and what signs in there. @throws Error when the data center is unknown */
export function emulatedAccount(emulator: Emulator, domain = 'zoho.com'): { transport: Transport; login: Login } {
	const { clientId, clientSecret, oauthTokenData } = emulator.zoho.connect({ dataCenter: domain, scopes: SCOPES });
	const dataCenter = dataCenterOfAccounts(domain);
	if (!dataCenter) throw new Error(`Zoho has no data center "${domain}"`);
	return {
		transport: openTransport({ proxyUrl: emulator.proxyUrl, ca: readFileSync(emulator.caFile, 'utf8') }),
		login: { dataCenter, clientId, clientSecret, refreshToken: String(oauthTokenData.refresh_token) },
	};
}

/** Has the emulator answer as slowly as a far server, with room for the two calls that a run makes at a time. */
export function makeSlow(limits: Emulator['zoho']['limits']): void {
	limits.otherLatencyMs = 50;
	limits.concurrency = 2;
}
