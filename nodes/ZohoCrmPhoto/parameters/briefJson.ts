import { isRecord } from '../json';

/** Levels of a value that are looked at, and values on each. */
const MOST_LEVELS = 4;
const MOST_VALUES = 20;
/** Characters of one text that are kept. */
const LONGEST_TEXT = 200;

/**
 * A value as JSON for a sentence, whatever an expression made of it: one of any depth and size, one that holds itself and
 * one that JSON does not know are cut down to what anybody reads.
 *
 * @returns at most a few thousand characters for a value of the usual shape; throws nothing
 */
export function briefJson(value: unknown): string {
	return JSON.stringify(brief(value, 0)) ?? String(value);
}

function brief(value: unknown, level: number): unknown {
	if (typeof value === 'string') return value.slice(0, LONGEST_TEXT);
	if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return `${typeof value}`;
	if (typeof value !== 'object' || value === null) return value;
	if (level >= MOST_LEVELS) return '...';
	if (Array.isArray(value)) return value.slice(0, MOST_VALUES).map((one) => brief(one, level + 1));
	try {
		// Dates, also those of n8n's expressions, say themselves what they are.
		if (isRecord(value) && typeof value.toJSON === 'function') return brief(value.toJSON(), level + 1);
		return Object.fromEntries(
			Object.entries(value)
				.slice(0, MOST_VALUES)
				.map(([name, one]) => [name.slice(0, LONGEST_TEXT), brief(one, level + 1)]),
		);
	} catch {
		return '...';
	}
}
