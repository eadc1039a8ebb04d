import { randomBytes } from 'node:crypto';

import type { Clock } from '../clock.cts';
import type { Org } from '../crm/orgs.cts';

/** What an access token is good for. */
export interface AccessToken {
	org: Org;
	scopes: readonly string[];
	/** Milliseconds since 1970. */
	expiresAt: number;
	/** 1 for the first access token of its refresh token. */
	generation: number;
	refreshToken: string | undefined;
}

interface RefreshToken {
	clientId: string;
	org: Org;
	scopes: readonly string[];
	/** Living access tokens, oldest first. */
	accessTokens: string[];
	generation: number;
	/** Times of refreshes, milliseconds since 1970. */
	refreshedAt: number[];
}

interface GrantCode {
	clientId: string;
	/** Undefined for a code of Zoho's Self Client, which knows no address. */
	redirectUri: string | undefined;
	org: Org;
	scopes: readonly string[];
	offline: boolean;
	expiresAt: number;
}

/** Zoho's rules about tokens, each a number that a test may change. */
export interface TokenRules {
	/** Seconds an access token lives (Zoho's OAuth documentation: one hour). */
	lifeSeconds: number;
	/** Living access tokens per refresh token; Zoho's pages say 10, 15 and 30, so the strictest. */
	newestAlive: number;
	/** Living refresh tokens per client and org (accounts documentation: 20, the 21st removes the oldest). */
	refreshTokensAlive: number;
	/** Seconds a code lives (Zoho: two minutes for web apps). */
	codeLifeSeconds: number;
	/** Token requests per refresh token in the window (accounts documentation, Kaizen 43: ten in ten minutes). */
	requestsInWindow: number;
	windowSeconds: number;
	/** HTTP status of the "Access Denied" answer: 200 (Kaizen 43) or 400 (seen in third-party code). */
	throttleStatus: number;
}

const zohoRules: TokenRules = {
	lifeSeconds: 3600,
	newestAlive: 10,
	refreshTokensAlive: 20,
	codeLifeSeconds: 120,
	requestsInWindow: 10,
	windowSeconds: 600,
	throttleStatus: 200,
};

function newToken(): string {
	return `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
}

/** All codes and tokens, of all data centers. A token belongs to one org, and so to one data center and environment. */
export class TokenStore {
	readonly rules: TokenRules = { ...zohoRules };
	private readonly accessTokens = new Map<string, AccessToken>();
	private readonly refreshTokens = new Map<string, RefreshToken>();
	private readonly codes = new Map<string, GrantCode>();
	private callsUntilExpiry: number | undefined;

	constructor(private readonly clock: Clock) {}

	/** Makes a code that can be exchanged once. */
	issueCode(grant: Omit<GrantCode, 'expiresAt'>): string {
		const code = newToken();
		this.codes.set(code, { ...grant, expiresAt: this.clock.now() + this.rules.codeLifeSeconds * 1000 });
		return code;
	}

	/** Takes a code out; undefined when it is unknown, used, too old, or of another data center. */
	takeCode(code: string, location: string): GrantCode | undefined {
		const grant = this.codes.get(code);
		if (!grant || grant.org.dataCenter.location !== location) return undefined;
		this.codes.delete(code);
		return grant.expiresAt > this.clock.now() ? grant : undefined;
	}

	/**
	 * Makes a refresh token; the oldest of the same client and org goes when there are too many, and its access tokens
	 * with it.
	 */
	issueRefreshToken(clientId: string, org: Org, scopes: readonly string[]): string {
		const token = newToken();
		this.refreshTokens.set(token, { clientId, org, scopes, accessTokens: [], generation: 0, refreshedAt: [] });
		const siblings = [...this.refreshTokens].filter(([, one]) => one.clientId === clientId && one.org === org);
		for (const [old] of siblings.slice(0, Math.max(0, siblings.length - this.rules.refreshTokensAlive))) {
			this.revoke(old);
		}
		return token;
	}

	/** The refresh token's facts, if it is known at this location for this client. */
	findRefreshToken(token: string | undefined, clientId: string, location: string): RefreshToken | undefined {
		const found = this.refreshTokens.get(token ?? '');
		return found?.clientId === clientId && found.org.dataCenter.location === location ? found : undefined;
	}

	/** Counts one token request for a refresh token. False when it is one too many in the window. */
	countRequest(refreshToken: RefreshToken): boolean {
		const since = this.clock.now() - this.rules.windowSeconds * 1000;
		refreshToken.refreshedAt = refreshToken.refreshedAt.filter((at) => at > since);
		if (refreshToken.refreshedAt.length >= this.rules.requestsInWindow) return false;
		refreshToken.refreshedAt.push(this.clock.now());
		return true;
	}

	/** Makes an access token of a refresh token; the oldest stops working when there are too many. */
	issueAccessToken(refreshToken: string): string {
		const parent = this.refreshTokens.get(refreshToken);
		if (!parent) throw new Error('No such refresh token');
		parent.generation++;
		const token = this.keep({ ...parent, refreshToken });
		parent.accessTokens.push(token);
		while (parent.accessTokens.length > this.rules.newestAlive) {
			this.accessTokens.delete(parent.accessTokens.shift() ?? '');
		}
		return token;
	}

	/** Makes an access token without a refresh token (`access_type=online`). */
	issueLoneAccessToken(org: Org, scopes: readonly string[]): string {
		return this.keep({ org, scopes, generation: 1, refreshToken: undefined });
	}

	/** A living access token's facts; undefined when it is unknown or expired. */
	findAccessToken(token: string): AccessToken | undefined {
		const found = this.accessTokens.get(token);
		return found && found.expiresAt > this.clock.now() ? found : undefined;
	}

	/** The generation of an access token that is or was known: for the log. */
	generationOf(token: string): number | undefined {
		return this.accessTokens.get(token)?.generation;
	}

	/** Ends a refresh token with its access tokens, or one access token. False when there is no such token. */
	revoke(token: string): boolean {
		const parent = this.refreshTokens.get(token);
		for (const child of parent?.accessTokens ?? []) this.accessTokens.delete(child);
		const known = parent !== undefined || this.accessTokens.has(token);
		this.refreshTokens.delete(token);
		this.accessTokens.delete(token);
		return known;
	}

	/** Ends every refresh token (and its access tokens): what an admin does who removes the app in Zoho's settings. */
	revokeAll(): void {
		for (const token of [...this.refreshTokens.keys()]) this.revoke(token);
	}

	/** Lets one access token be expired. */
	expire(token: string): void {
		const found = this.accessTokens.get(token);
		if (found) found.expiresAt = 0;
	}

	/** Lets every access token that exists now be expired; refresh tokens stay good. */
	expireAll(): void {
		for (const token of this.accessTokens.values()) token.expiresAt = 0;
	}

	/** Lets `n` more API calls through with a good token, then expires all tokens that exist at that moment. */
	expireAfterCalls(n: number | undefined): void {
		this.callsUntilExpiry = n;
	}

	/** Told of each API call with a good token, before that call is checked. */
	countCall(): void {
		if (this.callsUntilExpiry === undefined) return;
		if (this.callsUntilExpiry === 0) {
			this.callsUntilExpiry = undefined;
			this.expireAll();
			return;
		}
		this.callsUntilExpiry--;
	}

	/** Number of living refresh tokens. */
	get refreshTokenCount(): number {
		return this.refreshTokens.size;
	}

	/** Forgets all codes and tokens and goes back to Zoho's rules. */
	clear(): void {
		this.accessTokens.clear();
		this.refreshTokens.clear();
		this.codes.clear();
		this.callsUntilExpiry = undefined;
		Object.assign(this.rules, zohoRules);
	}

	private keep(facts: Omit<AccessToken, 'expiresAt'>): string {
		const token = newToken();
		this.accessTokens.set(token, {
			org: facts.org,
			scopes: facts.scopes,
			generation: facts.generation,
			refreshToken: facts.refreshToken,
			expiresAt: this.clock.now() + this.rules.lifeSeconds * 1000,
		});
		return token;
	}
}
