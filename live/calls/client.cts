import { setMaxListeners } from 'node:events';

import type { HttpAnswer, HttpRequest, Transport } from './transport.cts';

/** A call to the CRM API. */
export interface ApiCall extends Omit<HttpRequest, 'url'> {
	/** From `/crm` on, with the query. */
	path: string;
	/** Another `Authorization` than the documented one; null: none. */
	authorization?: string | null;
	/** Goes at once, whatever else is in progress: for provoking a 429 alone. */
	isInCrowd?: boolean;
}

/** Calls that a run may make until the lead is deleted, which takes five at most: all stay under 150. */
export const MOST_QUESTION_CALLS = 144;
const atATime = 2;

/** Says that a question was not asked because the run ends early, or its calls are used up. */
export class NoMoreCalls extends Error {}

/** Signs calls, sends two at a time, and counts them: each costs the org one credit at most. */
export class Client {
	private count = 0;
	private inProgress = 0;
	private readonly waiting: Array<() => void> = [];
	private readonly stopping = new AbortController();

	/** @param apiDomain such as `https://www.zohoapis.eu` */
	constructor(
		private readonly transport: Transport,
		private readonly apiDomain: string,
		private readonly accessToken: string,
	) {
		// Each call in progress listens; a crowd of them is no leak.
		setMaxListeners(0, this.stopping.signal);
	}

	/** Calls made so far, those that make and delete the lead included. */
	get calls(): number {
		return this.count;
	}

	/** Calls that questions may still make. */
	get left(): number {
		return Math.max(0, MOST_QUESTION_CALLS - this.count);
	}

	/** True once the run is to end. */
	get isStopped(): boolean {
		return this.stopping.signal.aborted;
	}

	/** Breaks off the questions' calls and takes no more of them. Cleaning up goes on. */
	stop(): void {
		this.stopping.abort();
	}

	/**
	 * Makes a question's call.
	 * @throws NoMoreCalls after `stop`, or when the run has made its calls; Error when no answer came
	 */
	async ask(call: ApiCall): Promise<HttpAnswer> {
		if (this.isStopped) throw new NoMoreCalls('the run was ended');
		if (this.left === 0) throw new NoMoreCalls(`the run has made its ${MOST_QUESTION_CALLS} calls`);
		try {
			return await this.inTurn(call, this.stopping.signal);
		} catch (reason) {
			throw this.isStopped ? new NoMoreCalls('the run was ended') : reason;
		}
	}

	/**
	 * Makes a call that goes out also when the run is to end: for making and deleting the lead.
	 * @throws Error when no answer came
	 */
	async always(call: ApiCall): Promise<HttpAnswer> {
		return await this.inTurn(call, undefined);
	}

	private async inTurn(call: ApiCall, signal: AbortSignal | undefined): Promise<HttpAnswer> {
		this.count++;
		if (call.isInCrowd) return await this.send(call, signal);
		while (this.inProgress >= atATime) await new Promise<void>((resolve) => this.waiting.push(resolve));
		this.inProgress++;
		try {
			return await this.send(call, signal);
		} finally {
			this.inProgress--;
			this.waiting.shift()?.();
		}
	}

	private async send(call: ApiCall, signal: AbortSignal | undefined): Promise<HttpAnswer> {
		const { path, authorization = `Zoho-oauthtoken ${this.accessToken}`, headers, ...rest } = call;
		const signed: Record<string, string> = authorization === null ? {} : { authorization };
		return await this.transport.send(
			{ ...rest, url: `${this.apiDomain}${path}`, headers: { ...signed, ...headers } },
			signal,
		);
	}
}
