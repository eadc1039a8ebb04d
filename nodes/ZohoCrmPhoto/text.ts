/** Longest piece of a foreign text that goes into a sentence, in characters. */
const QUOTED = 200;

/** Characters without a width, and those that turn the direction of writing: they mislead a reader and hide what a word is. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * A foreign text on one line, cut short: whatever came from outside is of any length and holds any character.
 *
 * @param text only its front is looked at
 * @param most characters at most, not counting the three dots that tell of a cut
 */
export function quoted(text: string, most: number = QUOTED): string {
	const line = text
		.slice(0, 4 * most)
		.replace(INVISIBLE, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	return line.length > most || text.length > 4 * most ? `${front(line, most)}...` : line;
}

/**
 * The first characters of a text, as a text of its own: a mere slice would keep the whole text in memory for as long as
 * somebody has its front. A character that is cut in two goes.
 */
export function front(text: string, most: number): string {
	return Buffer.from(text.slice(0, most).replace(/[\ud800-\udbff]$/, '')).toString();
}
