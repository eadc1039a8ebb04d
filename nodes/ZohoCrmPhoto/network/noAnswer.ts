import { isRecord, textOf } from '../json';

/** A call that brought no answer: what became of it, and whether to try again. */
export interface NoAnswer {
	code:
		| 'HOST_NOT_FOUND'
		| 'CONNECTION_REFUSED'
		| 'CONNECTION_LOST'
		| 'CERTIFICATE_NOT_TRUSTED'
		| 'TIMED_OUT'
		| 'ANSWER_TOO_LARGE'
		| 'NO_ANSWER';
	/** Whether a repeat can succeed: a lost connection and a time-out can, a wrong name or certificate cannot. */
	passing: boolean;
	/** What the client said, where the code alone says too little. */
	said: string;
}

/** Codes of Node's sockets and resolver and of n8n's HTTP client (axios). */
const BY_CODE: ReadonlyMap<string, Pick<NoAnswer, 'code' | 'passing'>> = new Map([
	['ENOTFOUND', { code: 'HOST_NOT_FOUND', passing: false }],
	['EAI_AGAIN', { code: 'HOST_NOT_FOUND', passing: true }],
	['ECONNREFUSED', { code: 'CONNECTION_REFUSED', passing: false }],
	['EHOSTUNREACH', { code: 'CONNECTION_REFUSED', passing: false }],
	['ENETUNREACH', { code: 'CONNECTION_REFUSED', passing: false }],
	['ECONNRESET', { code: 'CONNECTION_LOST', passing: true }],
	['EPIPE', { code: 'CONNECTION_LOST', passing: true }],
	['ERR_BAD_RESPONSE', { code: 'CONNECTION_LOST', passing: true }],
	['ERR_STREAM_PREMATURE_CLOSE', { code: 'CONNECTION_LOST', passing: true }],
	['ETIMEDOUT', { code: 'TIMED_OUT', passing: true }],
	['ESOCKETTIMEDOUT', { code: 'TIMED_OUT', passing: true }],
	['ANSWER_TOO_LARGE', { code: 'ANSWER_TOO_LARGE', passing: false }],
]);

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/;
/** What n8n's proxy agent (https-proxy-agent) says where the proxy breaks off; it has no code for it. */
const PROXY_BROKE_OFF = /proxy connection ended before receiving CONNECT/i;
const TIMEOUT = /timeout of \d+ ?ms exceeded/i;

/**
 * What a rejected request means.
 *
 * n8n wraps the client's fault in its own. Since 2.41 the client's is its `cause`; n8n-workflow of 2.0 and 1.x loses the
 * cause, and keeps the code as `httpCode` and the client's words in `messages`.
 *
 * @param fault whatever n8n's request helper rejected with
 */
export function readNoAnswer(fault: unknown): NoAnswer {
	const links = chainOf(fault);
	const texts = links.flatMap(({ texts: own }) => own);
	const said = texts.at(-1) ?? '';
	const codes = links.flatMap(({ codes: own }) => own);
	// axios gives its time-outs the code of an aborted connection, so the words go first.
	if (texts.some((text) => TIMEOUT.test(text))) return { code: 'TIMED_OUT', passing: true, said };
	if (texts.some((text) => PROXY_BROKE_OFF.test(text))) return { code: 'CONNECTION_LOST', passing: true, said };
	for (const code of codes) {
		const known = BY_CODE.get(code);
		if (known !== undefined) return { ...known, said };
		if (code === 'ECONNABORTED') return { code: 'CONNECTION_LOST', passing: true, said };
		if (CERTIFICATE.test(code)) return { code: 'CERTIFICATE_NOT_TRUSTED', passing: false, said };
	}
	return { code: 'NO_ANSWER', passing: false, said };
}

/** A fault or one that caused it. */
interface Link {
	codes: string[];
	texts: string[];
	/** HTTP status of an answer that the fault stands for; 0 for none. */
	status: number;
	/** The word in the body of a refused token request (`error`; RFC 6749, 5.2). */
	word: string;
	/** What that body says beside the word (`error_description`). */
	explained: string;
}

/** The fault and what caused it, outermost first. */
export function chainOf(fault: unknown): Link[] {
	const chain: Link[] = [];
	let link: unknown = fault;
	// Five links are more than n8n ever makes; a circle of causes must not hold the run.
	while (chain.length < 5 && isRecord(link)) {
		const messages: unknown[] = Array.isArray(link.messages) ? link.messages : [];
		const response = isRecord(link.response) ? link.response : {};
		chain.push({
			codes: [textOf(link.code), textOf(link.httpCode)].filter((code) => code !== ''),
			texts: [textOf(link.message), ...messages.map(textOf)].filter((text) => text !== ''),
			status: [link.status, response.status].find((status) => typeof status === 'number') ?? 0,
			word: isRecord(link.body) ? textOf(link.body.error) : '',
			explained: isRecord(link.body) ? textOf(link.body.error_description) : '',
		});
		link = link.cause ?? link.errorResponse;
	}
	return chain;
}
