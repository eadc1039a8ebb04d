export { quoted } from '../text';

/** A refusal told to the user: what happened, and what to do. Both may hold names in braces, e.g. `{module}`. */
export interface Sentences {
	/** One sentence without a final period. */
	message: string;
	/** Whole sentences. */
	description: string;
}

/** Sentences with values in place of the names in braces; a name without a value vanishes. */
export function told({ message, description }: Sentences, values: Readonly<Record<string, string>>): Sentences {
	const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
	return { message: fill(message), description: fill(description) };
}
