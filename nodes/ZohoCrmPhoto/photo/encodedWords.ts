/** Encoded words one after another (RFC 2047, section 2); the white space between two of them is none of the text. */
const RUN =
	/=\?[\w-]{1,40}(?:\*[\w-]{0,40})?\?[bq]\?[^?\s]{0,1000}\?=(?:\s{0,10}=\?[\w-]{1,40}(?:\*[\w-]{0,40})?\?[bq]\?[^?\s]{0,1000}\?=)*/gi;
const WORD = /=\?([\w-]{1,40})(?:\*[\w-]{0,40})?\?([bq])\?([^?\s]{0,1000})\?=/gi;

/**
 * A text with its encoded words decoded, as mails have them in names of files: `=?UTF-8?B?Wm/Dqy5qcGc=?=`.
 * @returns the text as it was where it has none, or none of a character set that is known
 */
export function fromEncodedWords(text: string): string {
	return text.replace(RUN, (run) => {
		const words = [...run.matchAll(WORD)].map(([, charset = '', kind = '', data = '']) => {
			return {
				charset: charset.toLowerCase(),
				bytes: kind.toLowerCase() === 'b' ? fromBase64(data) : fromQuoted(data),
			};
		});
		let decoded = '';
		for (let i = 0; i < words.length; ) {
			const { charset = '' } = words[i] ?? {};
			const parts: Buffer[] = [];
			// A letter may be cut in two by the words of one character set.
			for (; words[i]?.charset === charset; i++) parts.push(words[i]?.bytes ?? Buffer.alloc(0));
			const piece = inCharset(Buffer.concat(parts), charset);
			if (piece === undefined) return run;
			decoded += piece;
		}
		return decoded;
	});
}

/**
 * Bytes as text in a character set.
 * @param charset its name as the web has it (Encoding Standard, 4.2)
 * @returns undefined for one that is not known
 */
function inCharset(bytes: Uint8Array, charset: string): string | undefined {
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return undefined;
	}
}

function fromBase64(data: string): Buffer {
	return Buffer.from(data, 'base64');
}

/** The Q encoding (RFC 2047, section 4.2). */
function fromQuoted(data: string): Buffer {
	const plain = data
		.replace(/_/g, ' ')
		.replace(/=([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
	return Buffer.from(plain, 'latin1');
}
