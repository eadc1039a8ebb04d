import { errorAnswer, type ZohoErrorName, zohoErrors } from '../crm/errors.cts';
import { type Answer, htmlAnswer } from '../network/answer.cts';

/** What happens to a call that meets a fault. */
export type FaultAnswer =
	/** One of Zoho's refusals by its name in `crm/errors.cts`, with further headers if wanted (`retry-after`). */
	| { kind: 'zoho'; error: ZohoErrorName; headers?: Record<string, string> }
	/**
	 * Any answer: a string is sent as it is, an object as JSON, nothing as an empty body. `afterWork`: the call is
	 * first served (a photo is stored), and this is sent instead of the true answer.
	 */
	| {
			kind: 'http';
			status: number;
			body?: string | object;
			headers?: Record<string, string>;
			afterWork?: boolean;
	  }
	/** An HTML page as a gateway in front of Zoho might send it. */
	| { kind: 'html'; status: number }
	/**
	 * A TCP reset: `before` anything of the body was read, in the middle of the `body`, or in the middle of the `answer`
	 * (the call was served then: a photo is stored, but nobody was told).
	 */
	| { kind: 'reset'; at: 'before' | 'body' | 'answer' }
	/** The body is taken and nothing is answered, until the client leaves, or for `ms` milliseconds and then a reset. */
	| { kind: 'hang'; ms?: number }
	/** The call is served, but its answer comes `ms` milliseconds late. */
	| { kind: 'slow'; ms: number };

/** The mix that a storm plays when none is given: everything a client must survive by trying again. */
export const stormMix: readonly FaultAnswer[] = [
	{ kind: 'zoho', error: 'tooManyRequests' },
	{ kind: 'zoho', error: 'rateLimitExceeded' },
	{ kind: 'zoho', error: 'tooManyRequests', headers: { 'retry-after': '1' } },
	{ kind: 'zoho', error: 'internalError' },
	{ kind: 'html', status: 502 },
	{ kind: 'zoho', error: 'serviceUnavailable' },
	{ kind: 'http', status: 503 },
	{ kind: 'reset', at: 'before' },
	{ kind: 'reset', at: 'body' },
	{ kind: 'reset', at: 'answer' },
	{ kind: 'hang', ms: 2000 },
];

/** A few words for the call log, such as `reset at body`. */
export function nameOfFault(answer: FaultAnswer): string {
	if (answer.kind === 'zoho') return zohoErrors[answer.error].code;
	if (answer.kind === 'reset') return `reset at ${answer.at}`;
	if (answer.kind === 'http' || answer.kind === 'html') return `${answer.kind} ${answer.status}`;
	return answer.kind;
}

/** The HTTP answer of a fault that is one; undefined for those that break or hold the connection. */
export function httpAnswerOf(fault: FaultAnswer): Answer | undefined {
	if (fault.kind === 'zoho') {
		const answer = errorAnswer(zohoErrors[fault.error]);
		return { ...answer, headers: { ...answer.headers, ...fault.headers } };
	}
	if (fault.kind === 'html') {
		// Assumption: the look of a gateway's page; no public sample of Zoho's was found.
		const page = `<html><head><title>${fault.status}</title></head><body><h1>Something went wrong</h1></body></html>`;
		return { ...htmlAnswer(fault.status, page), code: 'HTML' };
	}
	if (fault.kind !== 'http') return undefined;
	const isJson = typeof fault.body === 'object';
	const headers: Record<string, string> = isJson ? { 'content-type': 'application/json;charset=UTF-8' } : {};
	return {
		status: fault.status,
		headers: { ...headers, ...fault.headers },
		body: typeof fault.body === 'object' ? JSON.stringify(fault.body) : (fault.body ?? ''),
	};
}
