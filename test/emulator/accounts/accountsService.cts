import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import type { CallLog } from '../callLog.cts';
import type { Clock } from '../clock.cts';
import { type Org, orgs } from '../crm/orgs.cts';
import { type Answer, drain, htmlAnswer, jsonAnswer } from '../network/answer.cts';
import { accountsHost, type DataCenter, dataCenters } from '../network/dataCenters.cts';
import type { OAuthClients } from './clients.cts';
import { consentPage, refusedConsentPage } from './consentPage.cts';
import { isScope, splitScopes } from './scopes.cts';
import { TokenEndpoint } from './tokenEndpoint.cts';
import type { TokenStore } from './tokens.cts';

interface PendingConsent {
	clientId: string;
	redirectUri: string;
	state: string | undefined;
	scopes: string[];
	offline: boolean;
	prompt: boolean;
	orgs: Org[];
}

/**
 * Orgs a consent page offers: those of its own data center, and at accounts.zoho.com those of every other but China.
 */
function orgsOffered(dataCenter: DataCenter): Org[] {
	const own = orgs.filter((org) => org.dataCenter === dataCenter);
	if (dataCenter.location !== 'us') return own;
	// Zoho sends a user who starts at accounts.zoho.com on to his home data center, except to China (accounts docs,
	// multi-DC).
	const others = orgs.filter(
		(org) => org.dataCenter !== dataCenter && org.dataCenter.location !== 'cn' && org.environment === 'production',
	);
	return [...own, ...others];
}

/** What answers on the accounts hosts: consent, tokens, revocation, and the list of data centers. */
export class AccountsService {
	private readonly pending = new Map<string, PendingConsent>();
	private readonly consented = new Set<string>();
	private readonly endpoint: TokenEndpoint;

	constructor(
		private readonly tokens: TokenStore,
		private readonly clients: OAuthClients,
		log: CallLog,
		clock: Clock,
	) {
		this.endpoint = new TokenEndpoint(tokens, clients, log, clock);
	}

	/** Forgets consents that are under way or were given. */
	clear(): void {
		this.pending.clear();
		this.consented.clear();
	}

	/** Answers one request to an accounts host. */
	async answer(request: IncomingMessage, url: URL, dataCenter: DataCenter): Promise<Answer> {
		const route = `${request.method ?? ''} ${url.pathname}`;
		if (route === 'POST /oauth/v2/token') return await this.endpoint.token(request, url, dataCenter);
		if (route === 'POST /oauth/v2/token/revoke' || route === 'POST /oauth/v2/revoke/token') {
			return await this.endpoint.revoke(request, url);
		}
		await drain(request);
		if (route === 'GET /oauth/v2/auth') return this.consent(url, dataCenter);
		if (route === 'GET /oauth/v2/approve') return this.approve(url);
		if (route === 'GET /oauth/serverinfo') {
			const locations = dataCenters.map((one) => [one.location, `https://${accountsHost(one)}`]);
			return jsonAnswer(200, { result: 'success', locations: Object.fromEntries(locations) });
		}
		return htmlAnswer(404, refusedConsentPage('Not found', `${route} is not an address of Zoho accounts.`));
	}

	private consent(url: URL, dataCenter: DataCenter): Answer {
		const query = url.searchParams;
		const client = this.clients.find(query.get('client_id') ?? undefined, dataCenter.location);
		// Assumption: Zoho shows these on a page of its own (and never redirects to an address it does not trust);
		// wording ours.
		if (!client) return htmlAnswer(400, refusedConsentPage('Invalid Client', 'The Client ID is not known here.'));
		const redirectUri = query.get('redirect_uri') ?? '';
		if (!URL.canParse(redirectUri) || (client.redirectUris && !client.redirectUris.includes(redirectUri))) {
			return htmlAnswer(400, refusedConsentPage('Invalid Redirect Uri', 'The redirect URI is not the registered one.'));
		}
		if (query.get('response_type') !== 'code') {
			return htmlAnswer(400, refusedConsentPage('Invalid Response Type', 'response_type must be "code".'));
		}
		const scopes = splitScopes(query.get('scope') ?? '');
		const unknown = scopes.find((scope) => !isScope(scope));
		if (scopes.length === 0 || unknown !== undefined) {
			return htmlAnswer(400, refusedConsentPage('Invalid OAuth Scope', `Scope does not exist: ${unknown ?? 'none'}`));
		}
		const id = randomUUID();
		const offered = orgsOffered(dataCenter);
		this.pending.set(id, {
			clientId: client.clientId,
			redirectUri,
			state: query.get('state') ?? undefined,
			scopes,
			offline: query.get('access_type') === 'offline',
			prompt: query.get('prompt') === 'consent',
			orgs: offered,
		});
		return htmlAnswer(200, consentPage({ id, clientId: client.clientId, scopes, orgs: offered }));
	}

	private approve(url: URL): Answer {
		const id = url.searchParams.get('request') ?? '';
		const pending = this.pending.get(id);
		const org = pending?.orgs.find((one) => one.id === url.searchParams.get('org'));
		if (!pending || !org) return htmlAnswer(400, refusedConsentPage('Too late', 'This consent page was used already.'));
		this.pending.delete(id);

		const back = new URL(pending.redirectUri);
		if (pending.state !== undefined) back.searchParams.set('state', pending.state);
		if (url.searchParams.get('answer') !== 'accept') {
			// Assumption: the usual OAuth form (RFC 6749 4.1.2.1); Zoho does not document it.
			back.searchParams.set('error', 'access_denied');
			return { status: 302, headers: { location: back.href } };
		}
		const client = `${pending.clientId} ${org.id}`;
		const code = this.tokens.issueCode({
			clientId: pending.clientId,
			redirectUri: pending.redirectUri,
			org,
			scopes: pending.scopes,
			// A refresh token comes with offline access on the first consent only, or whenever prompt=consent (Zoho's OAuth
			// docs).
			offline: pending.offline && (pending.prompt || !this.consented.has(client)),
		});
		this.consented.add(client);
		back.searchParams.set('code', code);
		back.searchParams.set('location', org.dataCenter.location);
		back.searchParams.set('accounts-server', `https://${accountsHost(org.dataCenter)}`);
		return { status: 302, headers: { location: back.href } };
	}
}
