import type { Failure } from '../outcome';
import { briefJson } from './briefJson';

/** Longest piece of a value that goes into a sentence. */
const QUOTED = 50;

/**
 * The failure of a parameter or option with a value that it does not have, which only an expression or a workflow file
 * can give it.
 *
 * @param kind what the editor calls it
 * @param name its name in the editor
 * @param value what was given
 * @param allowed completes "Set it to ..."
 */
export function invalidParameter(kind: 'parameter' | 'option', name: string, value: unknown, allowed: string): Failure {
	return {
		code: 'INVALID_PARAMETER',
		message: `The ${kind} '${name}' cannot be ${quoted(value)}`,
		description: `Set it to ${allowed}; look at the expression that gives it, if there is one.`,
	};
}

function quoted(value: unknown): string {
	const text = typeof value === 'string' ? value : briefJson(value);
	const short = text.length > QUOTED ? `${text.slice(0, QUOTED)}...` : text;
	return typeof value === 'string' ? `'${short}'` : short;
}
