/** A text on which a pattern took too long. */
export interface Slow {
	/** The text's plan, e.g. `"" + "=" x n`. */
	text: string;
	/** Of processor time. */
	milliseconds: number;
}

/** Milliseconds of processor time that no pattern takes for a text it reads once, and that any takes which reads it once for each character. */
const TOO_LONG = 30;

/** Characters of classes such as `\s`, and some that belong to none. */
const SAMPLES = [' ', 'a', '0', '.', '"', '<', '\u0007', 'é'];

/** An end that spoils most matches. */
const END = '\u0000x';

/** What is put behind a word that is repeated. */
const BEHIND = [' ', 'a', '"'];

/**
 * Tries a pattern on texts made to hold it up: each of its words and characters, and pairs of them, over and over, behind each of its
 * words, and with an end that spoils the match.
 *
 * @param length characters of the repeated part
 * @returns the first text that took too long, again and again
 */
export function heldUpBy(pattern: RegExp, length: number): Slow | undefined {
	const { words, characters } = partsOf(pattern.source);
	const pieces = new Set([
		...words,
		...characters,
		...SAMPLES,
		...words.flatMap((word) => BEHIND.map((one) => word + one)),
	]);
	for (const piece of pieces) {
		for (const front of ['', ...words]) {
			const text = front + piece.repeat(Math.ceil(length / piece.length)) + END;
			const milliseconds = timeOf(pattern, text);
			if (milliseconds > TOO_LONG)
				return { text: `${JSON.stringify(front)} + ${JSON.stringify(piece)} x n`, milliseconds };
		}
	}
	return undefined;
}

/** The shortest of three times, as a machine that is busy holds up anything once; one try where that was quick. */
function timeOf(pattern: RegExp, text: string): number {
	const once = (): number => {
		const started = process.cpuUsage();
		if (pattern.global) text.replace(pattern, '');
		else pattern.exec(text);
		const { user, system } = process.cpuUsage(started);
		return (user + system) / 1000;
	};
	const first = once();
	return first > TOO_LONG ? Math.min(first, once(), once()) : first;
}

/** The words that a pattern names, as they stand in a text, and the characters beside and in them. */
function partsOf(source: string): { words: string[]; characters: string[] } {
	const plain = source
		.replace(/\(\?(?:[:=!]|<[=!])/g, '(')
		.replace(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
		.replace(/\\[pP]\{[^}]*\}|\\[bBdDsSwW]|\{\d+,?\d*\}/g, CUT)
		.replace(/\\n/g, '\n')
		.replace(/\\0/g, '\u0000')
		.replace(/\\(.)/g, `$1${CUT}`);
	const all = plain.split(/[\u0001()[\]|?*+^$.{}]+/).filter((word) => word !== '');
	const characters = new Set(all.flatMap((word) => [...word.slice(0, 12)]));
	return { words: [...new Set(all)].slice(0, 5), characters: [...characters].slice(0, 24) };
}

/** Stands where a word ends. */
const CUT = '\u0001';
