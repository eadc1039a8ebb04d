import { backoff } from '../../network/backoff';
import { within } from '../../network/deadline';
import { chainOf, readNoAnswer } from '../../network/noAnswer';
import { wait } from '../../network/wait';
import { refused, type Failure, type Outcome } from '../../outcome';
import { notConnected, readConnection, tokenRefused, type Connection } from './connection';
import type { N8n } from '../n8n';
import { opened, UNKNOWN_CODE } from '../foreign';
import { secretsOf } from '../secrets';
import { Renewals } from './renewals';
import { quoted, told } from '../sentences';
import {
	ACCOUNTS_BUSY,
	ACCOUNTS_UNREACHED,
	mayPass,
	NEVER_CONNECTED,
	NO_CREDENTIAL,
	NO_REASON,
	NOT_RENEWABLE,
} from './tokenRefusals';

/** What became of a renewal. */
export type Renewal =
	/** `fresh`: Zoho gave the token out just now, rather than that another execution had stored it before. */
	{ ok: true; connection: Connection; fresh: boolean } | { ok: false; failure: Failure };

/** How a renewal is asked for. */
export interface RenewalSettings {
	/** Milliseconds that Zoho's accounts server may take for one answer. */
	timeout: number;
	/** Tries after the first one, where the accounts server cannot be reached. */
	maxRetries: number;
}

/** What became of one request for a token; `passing`: the accounts server could not be reached, so asking again may help. */
type Asking = { ok: true } | { ok: false; failure: Failure; passing: boolean };

/** See {@link Renewals.one}. */
type Hold = (request: Promise<unknown>) => void;

/** Requests for a token in one renewal at most: half of what Zoho allows in ten minutes, as other runs ask too. */
const MOST_REQUESTS = 5;

/**
 * The credential of a run: read once, and renewed once however many parallel calls find its token run out.
 *
 * n8n would renew the token itself at every 401, but also at those that a new token cannot cure (OAUTH_SCOPE_MISMATCH),
 * once per parallel call before version 2.41, and with a third blind call in those versions. Zoho gives out ten tokens
 * in ten minutes. So n8n's request is told to hand every status back, and its own `refreshOAuth2Token` is called here.
 */
export class Token {
	private reading: Promise<Outcome<Connection>> | undefined;
	private renewing: Promise<Renewal> | undefined;
	/** The token that could not be renewed in this run, and why: asking again for each item would cost as many requests. */
	private lost: { accessToken: string; renewal: Renewal } | undefined;
	/** A token of this run's renewal that Zoho has taken for no call yet. */
	private untried: string | undefined;

	constructor(
		private readonly n8n: N8n,
		private renewals = new Renewals(),
	) {}

	/** Takes part in the renewals of all executions that sign with this connection. */
	join(renewals: Renewals): void {
		this.renewals = renewals;
	}

	/** The connection as the credential has it, or why there is none. */
	async connection(): Promise<Outcome<Connection>> {
		this.reading ??= this.read();
		return await this.reading;
	}

	/**
	 * A connection whose token is another than the one Zoho refused.
	 *
	 * Another execution may have renewed it in the meantime: then nothing is asked of Zoho.
	 *
	 * Where the accounts server cannot be reached it is asked again after a while, for all callers together.
	 */
	async renewed(old: Connection, settings: RenewalSettings): Promise<Renewal> {
		if (this.lost?.accessToken === old.accessToken) return this.lost.renewal;
		this.renewing ??= this.renew(old, settings).finally(() => {
			this.renewing = undefined;
		});
		const renewal = await this.renewing;
		if (!renewal.ok) this.lost = { accessToken: old.accessToken, renewal };
		return renewal;
	}

	/** Whether this is a token that Zoho gave out in this run and has taken for no call yet: if refused, another is no better. */
	isUntried({ accessToken }: Connection): boolean {
		return accessToken === this.untried;
	}

	/** Tells that Zoho has taken a token. */
	taken(connection: Connection): void {
		if (this.isUntried(connection)) this.untried = undefined;
	}

	private async renew(old: Connection, settings: RenewalSettings): Promise<Renewal> {
		const current = await this.connection();
		if (!current.ok || current.value.accessToken !== old.accessToken) return stored(current);
		const { cancelled } = this.n8n;
		const renewal = await this.renewals.one(cancelled, async (hold) => await this.renewAlone(old, settings, hold));
		// What a cancel broke off says nothing to the others.
		if (!renewal.ok && cancelled?.aborted !== true) this.renewals.refused(old.accessToken, renewal.failure);
		return renewal;
	}

	private async renewAlone(old: Connection, settings: RenewalSettings, hold: Hold): Promise<Renewal> {
		this.reading = undefined;
		const reread = await this.connection();
		if (!reread.ok || reread.value.accessToken !== old.accessToken) return stored(reread);
		if (!reread.value.renewable) return hopeless(notConnected(NOT_RENEWABLE));
		const known = this.renewals.refusalOf(old.accessToken);
		if (known !== undefined) return hopeless(known);

		const asking = await this.askAgainAndAgain(reread.value, settings, hold);
		if (!asking.ok) return await this.refusedOrStored(old, asking.failure);
		this.reading = undefined;
		const fresh = await this.connection();
		if (!fresh.ok) return hopeless(fresh.failure);
		this.untried = fresh.value.accessToken;
		return { ok: true, connection: fresh.value, fresh: true };
	}

	/** After a refusal: another process may have stored a token in the meantime. */
	private async refusedOrStored(old: Connection, failure: Failure): Promise<Renewal> {
		this.reading = undefined;
		const reread = await this.connection();
		return reread.ok && reread.value.accessToken !== old.accessToken ? stored(reread) : hopeless(failure);
	}

	private async askAgainAndAgain(
		connection: Connection,
		{ timeout, maxRetries }: RenewalSettings,
		hold: Hold,
	): Promise<Asking> {
		const { cancelled } = this.n8n;
		for (let requests = 1; ; requests++) {
			const asking = await this.ask(connection, timeout, hold);
			const isLast = requests > maxRetries || requests === MOST_REQUESTS || cancelled?.aborted === true;
			if (asking.ok || !asking.passing || isLast) return asking;
			await wait(backoff(requests, Math.random()), cancelled);
		}
	}

	private async ask(connection: Connection, timeout: number, hold: Hold): Promise<Asking> {
		if (this.n8n.cancelled?.aborted === true) return refusedForGood(notConnected(NO_REASON));
		try {
			const request = this.n8n.renewToken(connection.credential);
			hold(within(timeout, request));
			await within(timeout, request, this.n8n.cancelled);
			return await this.answered(connection);
		} catch (fault) {
			return refusedRenewal(fault, connection);
		}
	}

	/** What came of a request that n8n took for answered: Zoho sends its refusals with HTTP 200, and n8n stores them. */
	private async answered(connection: Connection): Promise<Asking> {
		this.reading = undefined;
		const now = await this.connection();
		if (!now.ok || now.value.accessToken !== connection.accessToken) return { ok: true };
		const word = now.value.tokenRefusal;
		if (word === '') return refusedForGood(notConnected(NO_REASON));
		return { ok: false, failure: tokenRefused(word, now.value), passing: mayPass(word) };
	}

	private async read(): Promise<Outcome<Connection>> {
		try {
			return readConnection(await this.n8n.credential());
		} catch (fault) {
			const said = chainOf(fault)[0]?.texts[0] ?? '';
			return refused(
				notConnected(said === '' ? NEVER_CONNECTED : told(NO_CREDENTIAL, { said: quoted(said).replace(/\.$/, '') })),
			);
		}
	}
}

/** A token that was in the store already, or the reason why there is none. */
function stored(outcome: Outcome<Connection>): Renewal {
	return outcome.ok ? { ok: true, connection: outcome.value, fresh: false } : hopeless(outcome.failure);
}

function hopeless(failure: Failure): Renewal {
	return { ok: false, failure };
}

function refusedForGood(failure: Failure): Asking {
	return { ok: false, failure, passing: false };
}

/**
 * Why n8n brought no new token, and whether to ask again. Seen on n8n-core 1.122.0, 2.0.0 and 2.41.1: a word of Zoho's with
 * HTTP 400 comes in the `body` of the fault, except that 2.41 turns `invalid_grant` into a sentence of its own; an answer that
 * is no JSON (a page, nothing at all) comes with its `status`, also where that is 200; the network's faults come with Node's
 * codes.
 */
function refusedRenewal(fault: unknown, connection: Connection): Asking {
	const links = chainOf(fault);
	const refusal = links.find(({ word, explained }) => word !== '' || explained !== '');
	if (refusal !== undefined) {
		const word = refusal.word || UNKNOWN_CODE;
		return { ok: false, failure: tokenRefused(word, connection, refusal.explained), passing: mayPass(word) };
	}
	if (links.some(({ texts }) => texts.some((text) => text.includes('needs to be reconnected')))) {
		return refusedForGood(tokenRefused('invalid_grant', connection));
	}
	const trouble = readNoAnswer(fault);
	const status = links.find((link) => link.status > 0)?.status ?? 0;
	const said = reason(trouble.code, status, opened(trouble.said, secretsOf(connection.credential)));
	return {
		ok: false,
		failure: {
			code: status > 0 ? 'UNEXPECTED_ANSWER' : trouble.code,
			...told(status === 429 ? ACCOUNTS_BUSY : ACCOUNTS_UNREACHED, { host: accountsOf(connection), said }),
			stops: 'run',
		},
		passing: status === 0 ? trouble.passing : status < 300 || status === 408 || status === 429 || status >= 500,
	};
}

function accountsOf({ chosen }: Connection): string {
	return chosen === undefined ? "Zoho's accounts server" : `accounts.${chosen.accountsDomain}`;
}

/** In words, as n8n replaces messages that hold one of Node's codes. */
function reason(code: keyof typeof REASONS, status: number, said: string): string {
	if (status > 0) return `an answer that is not Zoho's came with HTTP status ${status}`;
	return code === 'NO_ANSWER' && said !== '' ? quoted(said) : REASONS[code];
}

const REASONS = {
	HOST_NOT_FOUND: 'the host was not found',
	CONNECTION_REFUSED: 'it did not take the connection',
	CONNECTION_LOST: 'the connection broke off',
	CERTIFICATE_NOT_TRUSTED: 'its certificate is not trusted',
	TIMED_OUT: 'it did not answer in time',
	ANSWER_TOO_LARGE: 'its answer was too long',
	NO_ANSWER: 'no answer came',
} as const;
