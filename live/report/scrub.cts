import { withoutStrangeWords } from './strangeWords.cts';

const longest = 120;

/**
 * Takes out of a text from outside what is nobody's business: ids, tokens, addresses of people and sites, and the words
 * that this run knows to be private. In Zoho's messages also every word that could be a name.
 */
export class Scrubber {
	private readonly words: string[] = [];

	/** Adds words that must not be told, such as secrets and names. Short ones would tear other words apart. */
	add(...words: ReadonlyArray<string | undefined>): void {
		for (const word of words) if (word !== undefined && word.length > 2) this.words.push(word);
		// The longest first: a name in two parts before its parts.
		this.words.sort((one, other) => other.length - one.length);
	}

	/** The text on one line without them, and not longer than a row can be. */
	clean(text: string): string {
		const [, head = '', message = text] = /^(\d{3} \w+: )(.*)$/s.exec(text) ?? [];
		let clean = `${head}${head === '' ? message : withoutStrangeWords(message)}`.replace(/\p{C}+/gu, ' ');
		for (const word of this.words) clean = clean.replaceAll(word, '***');
		clean = clean
			.replace(/<[^>]*>/g, ' ')
			.replace(/\bhttps?:\/\/\S+/gi, '***')
			.replace(/\S+@\S+/g, '***')
			.replace(/\b1000\.[\w.]+/g, '***')
			.replace(/\b[\da-f]{16,}\b/gi, '***')
			.replace(/\d{9,}/g, '***')
			.replace(/\s+/g, ' ')
			.trim();
		return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
	}
}
