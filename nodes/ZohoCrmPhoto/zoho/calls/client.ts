import { sleep, type IDataObject, type IHttpRequestMethods, type IHttpRequestOptions } from 'n8n-workflow';

import { backoff } from '../../network/backoff';
import { GRACE, within } from '../../network/deadline';
import { readNoAnswer, type NoAnswer } from '../../network/noAnswer';
import { wait } from '../../network/wait';
import { done, refused, type Failure, type Outcome } from '../../outcome';
import { jsonOf, wordsOf, type HttpAnswer } from '../answers/answer';
import type { Connection } from '../account/connection';
import { explainAnswer, explainNoAnswer, isAboutToken, type Asked } from '../answers/explain';
import { isKnownToReach, isKnownToWork } from '../account/knownToWork';
import type { N8n } from '../n8n';
import { notAttempted } from './notAttempted';
import type { Turn } from './orgPace';
import { Hand, type Holder } from './inHand';
import { newOrg, Orgs } from './orgs';
import type { Pace } from './pace';
import { readResponse } from './response';
import { Stops } from './stops';
import { secretsOf } from '../secrets';
import type { RecordAddress, Task } from '../task';
import { Token } from '../account/token';

/** How calls to Zoho are made; the same for every call of an item. */
export interface CallSettings {
	/** The API version in the path, e.g. `v8`. */
	apiVersion: string;
	/** Tries after the first one, for trouble other than a 429. */
	maxRetries: number;
	/** Milliseconds for which a call is tried again while the answer is 429, from the first of these answers. */
	waitAtMost: number;
	/** Milliseconds for one call. */
	timeout: number;
	/** Whether the result is still wanted; left out: always. It is asked before each try. */
	isWanted?: () => boolean;
}

/** One request to the API of Zoho CRM. */
export interface ZohoRequest extends CallSettings {
	task: Task;
	/** What the request is about; `recordId` is empty for a list. */
	address: RecordAddress;
	method: IHttpRequestMethods;
	/** Path after `/crm/{version}`, its parts encoded, e.g. `/Leads/3000000038009/photo`. */
	path: string;
	query?: IDataObject;
	/** Must be one that can be sent again: a new token or a retry sends the same object. */
	body?: Blob;
	/** What a success holds; a 2xx that holds something else counts as somebody else's answer. */
	expects: 'envelope' | 'json' | 'photo';
}

/** What one call brought: an answer, or the trouble that kept it away. */
type Reply = { answer: HttpAnswer } | { trouble: NoAnswer };

/** What one try came to. */
interface Attempt {
	outcome: Outcome<HttpAnswer>;
	/** Milliseconds before another try is worth it; undefined if it never is. */
	pause?: number;
	/** Whether it met a 429, which is about the pace of the run and not about this call. */
	isThrottled?: boolean;
	/** Scopes of the account that was asked for, as Zoho lists them. */
	scopes?: string;
}

/** Bytes of an answer that are read: twice what Zoho takes for a photo, and far more than it sends as JSON. */
const MOST_BYTES: Readonly<Record<ZohoRequest['expects'], number>> = {
	envelope: 1_000_000,
	json: 1_000_000,
	photo: 20_971_520,
};

/** Milliseconds of nothing but 429 for everybody after which a run is rather ended than held. */
const STUCK_AFTER = 120_000;

/** Doublings of the pause after a 429 at most: longer pauses starve whoever shares the org with another process. */
const MOST_DOUBLINGS = 4;

/** A token is looked for this often in one call at most: other executions may renew it at the same time. */
const MOST_RENEWALS = 3;

/**
 * The one way to Zoho CRM for a run of the node: signs through n8n, renews the token, keeps the pace, tries again what
 * can succeed, and remembers the refusal that no later item can escape.
 */
export class ZohoClient {
	private readonly token: Token;
	private readonly stops = new Stops();
	private hasJoined = false;
	private org = newOrg();
	private readonly holder: Holder;

	/** @param orgs where executions of the same connection find what they share; left out: nothing is shared */
	constructor(
		private readonly n8n: N8n,
		private readonly pace: Pace,
		private readonly orgs = new Orgs(),
	) {
		const { cancelled } = n8n;
		this.token = new Token(n8n);
		this.holder = { isCancelled: () => cancelled?.aborted === true };
		cancelled?.addEventListener('abort', () => this.letGo(), { once: true });
	}

	/**
	 * Waits until an item may get the bytes of its file, which is when its turn is near. To be released when they are sent.
	 */
	async hand(): Promise<Hand> {
		const stored = await this.token.connection();
		if (stored.ok) this.joinOrg(stored.value);
		const { holder, orgs } = this;
		const { files } = this.org;
		await files.take(holder);
		return new Hand(files, orgs.bytes, holder);
	}

	/**
	 * Does a piece of work when those before it on the same thing have ended, in any execution of the process.
	 *
	 * @param thing what is worked on
	 * @throws Error where the execution is cancelled before its turn
	 */
	async inTurn<T>(thing: string, work: () => Promise<T>): Promise<T> {
		return await this.orgs.turns.take(thing, work, this.n8n.cancelled);
	}

	/** What no text that leaves the node may hold: the secrets of the credential, as far as it is connected. */
	async secrets(): Promise<readonly string[]> {
		const stored = await this.token.connection();
		return stored.ok ? secretsOf(stored.value.credential) : [];
	}

	/**
	 * The failure NOT_ATTEMPTED of calls about this module, if the run has met a refusal that they cannot escape.
	 *
	 * @param task what the call is for; left out: an operation of the node
	 */
	stopFor(module: string, task?: Task): Failure | undefined {
		const cause = this.stops.causeFor(module, task) ?? this.org.stop.cause;
		return cause === undefined ? undefined : notAttempted(cause);
	}

	/**
	 * Sends a request, as often as it takes: after 5xx, lost connections and time-outs as `maxRetries` allows, after 429,
	 * which is about the org's pace and says nothing of the call, as long as `waitAtMost` allows.
	 *
	 * @returns the answer of a success (2xx), or the failure that ends the item
	 */
	async send(request: ZohoRequest): Promise<Outcome<HttpAnswer>> {
		const { task, address, maxRetries, waitAtMost } = request;
		const stored = await this.token.connection();
		if (stored.ok) this.joinOrg(stored.value);
		if (stored.ok && isKnownToWork(stored.value, request)) this.pace.open();
		let troubled = 0;
		let throttledSince: number | undefined;
		for (let attempts = 1; ; attempts++) {
			const turn = await this.pace.enter();
			let attempt: Attempt;
			try {
				const stop = this.stopFor(address.module, task);
				if (stop !== undefined) return refused(stop);
				// Who gave this turn back may be about to tell that nothing is wanted any more.
				if (request.isWanted !== undefined) await sleep(0);
				if (!this.isWanted(request)) return refused(NOT_WANTED);
				const waited = throttledSince === undefined ? 0 : Date.now() - throttledSince;
				attempt = await this.attempt({ ...request, attempts, waited }, turn);
			} finally {
				this.pace.leave();
			}
			const { outcome, pause, isThrottled, scopes } = attempt;
			if (outcome.ok) {
				this.stops.wentWell();
				return outcome;
			}
			if (isThrottled === true) throttledSince ??= Date.now();
			else troubled++;
			const isTooLong = isThrottled === true && Date.now() + (pause ?? 0) - (throttledSince ?? 0) > waitAtMost;
			if (pause === undefined || isTooLong || troubled > maxRetries || !this.isWanted(request)) {
				if (isTooLong && this.isStuckSince(throttledSince ?? 0)) outcome.failure.stops = 'run';
				// However the first call ended, the others need not go one at a time as well.
				if (outcome.failure.stops !== 'run') this.pace.open();
				this.stops.add(outcome.failure, task, address.module, scopes ?? '');
				if (isOfOrg(outcome.failure)) this.org.stop.add(outcome.failure);
				return outcome;
			}
			await wait(pause, this.n8n.cancelled);
		}
	}

	/** Whether nobody's call has gone well for minutes: then the rest of the run would wait as long, one after another. */
	private isStuckSince(since: number): boolean {
		return Date.now() - since >= STUCK_AFTER && this.org.pace.lastSuccess < since;
	}

	private joinOrg(connection: Connection): void {
		if (this.hasJoined) return;
		this.hasJoined = true;
		this.org = this.orgs.of(connection);
		this.pace.join(this.org.pace);
		this.token.join(this.org.renewals);
	}

	/** After a cancel nothing of the execution waits. */
	private letGo(): void {
		this.org.files.next();
		this.orgs.bytes.next();
	}

	/** One try, a new token included. */
	private async attempt(asked: ZohoRequest & Asked, turn: Turn): Promise<Attempt> {
		const ownPause = backoff(asked.attempts, Math.random());
		const signed = await this.callWithToken(asked);
		if (!signed.ok) return { outcome: signed };

		const { reply, connection } = signed;
		if ('trouble' in reply) {
			const failure = explainNoAnswer(reply.trouble, asked, connection);
			return { outcome: refused(failure), pause: reply.trouble.passing ? ownPause : undefined };
		}
		if (isSuccess(reply.answer, asked.expects)) {
			this.pace.succeeded(turn);
			return { outcome: done(reply.answer) };
		}
		const { failure, passing, wait: askedPause } = explainAnswer(reply.answer, asked, connection);
		const outcome = refused(failure);
		if (passing === undefined) {
			if (failure.stops !== 'run') this.pace.succeeded(turn);
			return { outcome, scopes: connection.scopes };
		}
		// A gateway may ask for no wait at all, or by a clock that is behind.
		const isThrottled = passing === 'throttle';
		const usual = isThrottled ? backoff(Math.min(asked.attempts, MOST_DOUBLINGS), Math.random()) : ownPause;
		const pause = Math.max(usual, askedPause ?? 0);
		if (isThrottled) this.pace.throttled(turn, pause);
		return { outcome, pause, isThrottled };
	}

	/** One call, repeated with a new token where the old one has run out. */
	private async callWithToken(
		asked: ZohoRequest & Asked,
	): Promise<{ ok: true; reply: Reply; connection: Connection } | { ok: false; failure: Failure }> {
		const read = await this.token.connection();
		if (!read.ok) return read;
		let connection = read.value;
		for (let renewals = 0; ; renewals++) {
			const reply = await this.call(asked, connection);
			if (!('answer' in reply)) return { ok: true, reply, connection };
			if (!isAboutToken(reply.answer)) {
				this.token.taken(connection);
				return { ok: true, reply, connection };
			}
			// A token that Zoho gave out a moment ago and refuses will be refused again.
			if (renewals === MOST_RENEWALS || this.token.isUntried(connection)) return { ok: true, reply, connection };
			const renewal = await this.token.renewed(connection, asked);
			if (!renewal.ok) {
				return refused({ ...renewal.failure, httpStatus: reply.answer.status, attempts: asked.attempts });
			}
			connection = renewal.connection;
			// A token that Zoho gave out just now works; what may still be wrong for all are its scopes.
			if (renewal.fresh && isKnownToReach(connection, asked)) this.pace.open();
		}
	}

	/** One call, which is ended when its time is up or its answer too large, wherever it is then. */
	private async call(request: ZohoRequest, connection: Connection): Promise<Reply> {
		const end = new AbortController();
		try {
			const options: IHttpRequestOptions = {
				method: request.method,
				url: `${connection.origin}/crm/${request.apiVersion}${request.path}`,
				qs: request.query,
				body: request.body,
				// n8n's client has no time-out of its own and follows redirects with the credential.
				timeout: request.timeout,
				disableFollowRedirect: true,
				sendCredentialsOnCrossOriginRedirect: false,
				encoding: 'stream',
				abortSignal: end.signal,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
			};
			const reading = this.n8n
				.request(options, connection.credential)
				.then(async (response) => await readResponse(response, MOST_BYTES[request.expects]));
			const answer = await within(request.timeout + GRACE, reading);
			return { answer: { ...answer, secrets: secretsOf(connection.credential) } };
		} catch (fault) {
			end.abort();
			return { trouble: readNoAnswer(fault) };
		}
	}

	private isWanted({ isWanted }: CallSettings): boolean {
		return this.n8n.cancelled?.aborted !== true && isWanted?.() !== false;
	}
}

/** Whether a refusal meets all executions of the org: its credits of the day are used up, or it asks for a long wait. */
function isOfOrg({ stops, httpStatus }: Failure): boolean {
	return stops === 'run' && httpStatus === 429;
}

/** Stands in for the outcome of an item that nobody waits for any more; the items loop drops it unseen. */
const NOT_WANTED: Failure = { code: 'NOT_WANTED', message: '', description: '' };

/** A 2xx can still carry `status: "error"` (Zoho's status codes page, for records), or be somebody else's page. */
function isSuccess(answer: HttpAnswer, expects: ZohoRequest['expects']): boolean {
	if (answer.status < 200 || answer.status > 299) return false;
	const words = wordsOf(answer);
	if (words?.status === 'error') return false;
	if (expects === 'envelope') return words !== undefined && (words.status === 'success' || words.code === 'SUCCESS');
	if (answer.body.length === 0) return answer.status === 204;
	return expects === 'json' ? jsonOf(answer) !== undefined : isFile(answer);
}

/** Whether an answer is a file rather than a page or a message: neither of those has a zero byte. */
function isFile({ headers, body }: HttpAnswer): boolean {
	return !/html|json|text\//i.test(headers['content-type'] ?? '') || body.includes(0);
}
