/** First wait after a refusal that may pass, in milliseconds; it doubles with each try. */
const FIRST = 500;
/** Longest wait of our own choosing, in milliseconds. */
const LONGEST = 30_000;
/** Longest wait that an answer may ask for by `Retry-After`, in milliseconds; beyond it a run is better told than held. */
export const LONGEST_ASKED = 600_000;

/**
 * The wait before the next try: exponential, with jitter over its upper half so that parallel calls spread out.
 *
 * @param tries calls made so far, from 1
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export function backoff(tries: number, random: number): number {
	const full = Math.min(LONGEST, FIRST * 2 ** (tries - 1));
	return full / 2 + (full / 2) * random;
}

/**
 * The wait that an answer asks for in `Retry-After` (RFC 9110, 10.2.3): seconds or a date. Zoho does not document the
 * header, gateways send it.
 *
 * @param value the header's value
 * @param now milliseconds since 1970
 * @returns milliseconds, or undefined for no or no readable header
 */
export function askedWait(value: string | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
	// Date.parse would take "0.5" for a day in May.
	const date = /[a-z]/i.test(value) ? Date.parse(value) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
