/** One part of a multipart body, as it came. */
export interface PartSeen {
	name?: string;
	fileName?: string;
	contentType: string;
	/** Bytes of the part's content. */
	length: number;
	/** The part's own header lines, as sent. */
	headerLines: string[];
}

/** One call to an API host. Never holds a token. */
export interface Call {
	/** Milliseconds since 1970. */
	at: number;
	host: string;
	method: string;
	/** Path without query. */
	path: string;
	query: Record<string, string>;
	/** HTTP status of the answer; 0 while under way, and for ever when no answer was sent. */
	status: number;
	/** Zoho's code in the answer. */
	code?: string;
	durationMs: number;
	/**
	 * Which access token of its refresh token was used: 1 for the first, 2 after one refresh, ...; undefined when
	 * unknown.
	 */
	tokenGeneration?: number;
	/** `Bearer` or `Zoho-oauthtoken`, as sent. */
	authScheme?: string;
	module?: string;
	recordId?: string;
	/** Request headers that say how the body was sent. */
	contentType?: string;
	contentLength?: string;
	transferEncoding?: string;
	parts: PartSeen[];
	/** The query of a call to /coql. */
	selectQuery?: string;
	/** Why the emulator refused it, in words, where Zoho's code says too little. */
	reason?: string;
	/** The fault that was played, if any. */
	fault?: string;
}

/** One call to an accounts host's token addresses. Never holds a token, code or secret. */
export interface TokenCall {
	at: number;
	host: string;
	/** `authorization_code`, `refresh_token`, `revoke`, or what was sent. */
	grantType: string;
	status: number;
	/** `ok`, or the word in Zoho's `error`. */
	outcome: string;
	/** How the parameters came. */
	carriedIn: 'query' | 'form' | 'multipart' | 'none';
}

/** A token that was seen where none belongs. Never holds the token. */
export interface Leak {
	at: number;
	host: string;
	path: string;
	/** `url`, or `header` (sent to a host that is not Zoho's, or without TLS). */
	where: 'url' | 'header';
}

/** One request to a registered site that is not Zoho's. */
export interface SiteCall {
	at: number;
	method: string;
	url: string;
	status: number;
	/** Bytes of the answer's body that were handed to the connection. */
	bytesSent: number;
	userAgent?: string;
	/** The kinds of files that were asked for. */
	accept?: string;
}

/** Counts over everything since the last reset. */
export interface Counters {
	/** Most API calls of one org in progress at one time. */
	peakConcurrentCalls: number;
	/** Answers with HTTP 429. */
	tooManyRequests: number;
	/** Calls that the client broke off before the end of their body. */
	brokenOff: number;
	/** Connections accepted by the proxy. */
	connections: number;
}

/** What the emulator saw. The arrays keep their identity over `clear`, so a test may hold them. */
export class CallLog {
	readonly calls: Call[] = [];
	readonly tokenCalls: TokenCall[] = [];
	readonly leaks: Leak[] = [];
	readonly siteCalls: SiteCall[] = [];
	/** Host names that were asked for and are neither Zoho's nor registered, one entry for each time. */
	readonly refusedHosts: string[] = [];
	readonly counters: Counters = { peakConcurrentCalls: 0, tooManyRequests: 0, brokenOff: 0, connections: 0 };

	/** Forgets everything. */
	clear(): void {
		for (const list of [this.calls, this.tokenCalls, this.leaks, this.siteCalls, this.refusedHosts]) list.length = 0;
		Object.assign(this.counters, { peakConcurrentCalls: 0, tooManyRequests: 0, brokenOff: 0, connections: 0 });
	}
}
