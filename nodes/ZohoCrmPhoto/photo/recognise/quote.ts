/** Enough to tell which page or answer it was. */
const LONGEST_QUOTE = 60;
/** Longer words are keys, tokens or encoded data, which have no place in a message. */
const LONGEST_WORD = 24;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'" };

/**
 * Makes a piece of a foreign text fit to be quoted: tags out, entities resolved, control and invisible characters out,
 * white space made single, secrets and long opaque words replaced by "…", cut to 60 characters.
 * @param text any text; only its front is looked at
 * @returns the words, or undefined when nothing is left to quote
 */
export function quotable(text: string): string | undefined {
	const words = text
		.slice(0, 4096)
		.replace(/("[^"]*(?:token|secret|password|key|authorization)[^"]*"\s*:\s*")[^"]*/gi, '$1…')
		.replace(/<(script|style)\b[^>]{0,200}>[^<]*/gi, ' ')
		.replace(/<[^<>]*>?/g, ' ')
		.replace(/&([a-z]{2,4}|#39);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\ufffd]/gu, ' ')
		.replace(new RegExp(`[\\w.+/=-]{${LONGEST_WORD + 1},}`, 'g'), '…')
		.replace(/\s+/g, ' ')
		.trim();
	if (words === '') return undefined;
	const characters = [...words];
	if (characters.length <= LONGEST_QUOTE) return words;
	return `${characters
		.slice(0, LONGEST_QUOTE - 1)
		.join('')
		.trimEnd()}…`;
}
