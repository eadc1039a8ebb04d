import type { IncomingMessage } from 'node:http';

import busboy from 'busboy';

import type { CallLog, TokenCall } from '../callLog.cts';
import type { Clock } from '../clock.cts';
import type { Org } from '../crm/orgs.cts';
import { type Answer, jsonAnswer, readBody } from '../network/answer.cts';
import type { DataCenter } from '../network/dataCenters.cts';
import type { OAuthClients } from './clients.cts';
import type { TokenStore } from './tokens.cts';

const bodyLimit = 64 * 1024;

type Carrier = TokenCall['carriedIn'];

async function readMultipart(body: Buffer, contentType: string): Promise<Map<string, string>> {
	return await new Promise((resolve, reject) => {
		const fields = new Map<string, string>();
		const parser = busboy({ headers: { 'content-type': contentType } });
		parser.on('field', (name: string, value: string) => fields.set(name, value));
		parser.on('close', () => resolve(fields));
		parser.on('error', reject);
		parser.end(body);
	});
}

/**
 * Reads the parameters of a token request wherever they are: query, urlencoded form or multipart (Zoho's
 * documentation shows the query, n8n sends a form, Zoho's SDK sends multipart). Basic authentication is put into
 * `client_id`, `client_secret`.
 */
async function readParameters(
	request: IncomingMessage,
	url: URL,
): Promise<{ parameters: Map<string, string>; carriedIn: Carrier }> {
	const body = await readBody(request, bodyLimit);
	const contentType = request.headers['content-type'] ?? '';
	const parameters = new Map(url.searchParams);
	let carriedIn: Carrier = parameters.size > 0 ? 'query' : 'none';
	if (/^multipart\/form-data/i.test(contentType)) {
		for (const [name, value] of await readMultipart(body, contentType)) parameters.set(name, value);
		carriedIn = 'multipart';
	} else if (body.length > 0) {
		for (const [name, value] of new URLSearchParams(body.toString('utf8'))) parameters.set(name, value);
		carriedIn = 'form';
	}
	const basic = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (basic) {
		const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
		parameters.set('client_id', decodeURIComponent(id));
		parameters.set('client_secret', decodeURIComponent(secret));
	}
	return { parameters, carriedIn };
}

/** Zoho's habit: an OAuth refusal comes with HTTP 200 (Kaizen 4, third-party tests against the live service). */
function refusal(word: string): Answer {
	return jsonAnswer(200, { error: word }, word);
}

/** `POST /oauth/v2/token` and `POST /oauth/v2/token/revoke` of one accounts host. */
export class TokenEndpoint {
	constructor(
		private readonly tokens: TokenStore,
		private readonly clients: OAuthClients,
		private readonly log: CallLog,
		private readonly clock: Clock,
	) {}

	/** Answers a token request. */
	async token(request: IncomingMessage, url: URL, dataCenter: DataCenter): Promise<Answer> {
		const { parameters, carriedIn } = await readParameters(request, url);
		const answer = this.grant(parameters, dataCenter);
		this.note(url, parameters.get('grant_type') ?? 'none', carriedIn, answer);
		return answer;
	}

	/** Answers a revocation. */
	async revoke(request: IncomingMessage, url: URL): Promise<Answer> {
		const { parameters, carriedIn } = await readParameters(request, url);
		const answer = this.tokens.revoke(parameters.get('token') ?? '')
			? jsonAnswer(200, { status: 'success' }, 'ok')
			: jsonAnswer(400, { error: 'invalid_token' }, 'invalid_token');
		this.note(url, 'revoke', carriedIn, answer);
		return answer;
	}

	private note(url: URL, grantType: string, carriedIn: Carrier, answer: Answer): void {
		this.log.tokenCalls.push({
			at: this.clock.now(),
			host: url.hostname,
			grantType,
			status: answer.status,
			outcome: answer.code ?? '',
			carriedIn,
		});
	}

	private grant(parameters: Map<string, string>, dataCenter: DataCenter): Answer {
		const clientId = parameters.get('client_id') ?? '';
		const client = this.clients.find(clientId, dataCenter.location);
		if (!client) return refusal('invalid_client');
		if (parameters.get('client_secret') !== client.clientSecret) return refusal('invalid_client_secret');

		const grantType = parameters.get('grant_type');
		if (grantType === 'refresh_token') return this.refresh(parameters, clientId, dataCenter);
		if (grantType === 'authorization_code') return this.exchange(parameters, clientId, dataCenter);
		// Assumption: the word for a grant type that Zoho does not know.
		return refusal('invalid_grant_type');
	}

	private exchange(parameters: Map<string, string>, clientId: string, dataCenter: DataCenter): Answer {
		const grant = this.tokens.takeCode(parameters.get('code') ?? '', dataCenter.location);
		if (!grant || grant.clientId !== clientId) return refusal('invalid_code');
		if (grant.redirectUri !== parameters.get('redirect_uri')) return refusal('invalid_redirect_uri');
		if (!grant.offline) {
			const lone = this.tokens.issueLoneAccessToken(grant.org, grant.scopes);
			return this.success(lone, grant.org, grant.scopes);
		}
		const refreshToken = this.tokens.issueRefreshToken(clientId, grant.org, grant.scopes);
		return this.success(this.tokens.issueAccessToken(refreshToken), grant.org, grant.scopes, refreshToken);
	}

	private refresh(parameters: Map<string, string>, clientId: string, dataCenter: DataCenter): Answer {
		const token = parameters.get('refresh_token') ?? '';
		const found = this.tokens.findRefreshToken(token, clientId, dataCenter.location);
		if (!found) return refusal('invalid_code');
		if (!this.tokens.countRequest(found)) {
			return jsonAnswer(
				this.tokens.rules.throttleStatus,
				{
					error_description: 'You have made too many requests continuously. Please try again after some time.',
					error: 'Access Denied',
					status: 'failure',
				},
				'Access Denied',
			);
		}
		return this.success(this.tokens.issueAccessToken(token), found.org, found.scopes);
	}

	private success(accessToken: string, org: Org, scopes: readonly string[], refreshToken?: string): Answer {
		return jsonAnswer(
			200,
			{
				access_token: accessToken,
				...(refreshToken ? { refresh_token: refreshToken } : {}),
				// Assumption: separated by a space, as RFC 6749 says for an answer; Zoho's pages show one scope only.
				scope: scopes.join(' '),
				api_domain: org.apiDomain,
				token_type: 'Bearer',
				expires_in: this.tokens.rules.lifeSeconds,
			},
			'ok',
		);
	}
}
