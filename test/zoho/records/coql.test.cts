import { literal, queryText } from '../../../nodes/ZohoCrmPhoto/zoho/records/coql';

/**
 * Reads texts in quotes, separated by commas, as one of the grammars does that Zoho's pages leave open: a quote inside is
 * doubled or not, a backslash takes the next character or stands for itself.
 *
 * @returns undefined where something is left outside the quotes
 */
function readTexts(list: string, doubles: boolean, escapes: boolean): string[] | undefined {
	const texts = [];
	let at = 0;
	for (;;) {
		const quote = list[at++];
		if (quote !== "'" && quote !== '"') return undefined;
		let text = '';
		for (; list[at] !== quote || (doubles && list[at + 1] === quote); at++) {
			if (at >= list.length) return undefined;
			if (list[at] === quote || (escapes && list[at] === '\\')) at++;
			text += list[at];
		}
		texts.push(text);
		if (++at === list.length) return texts;
		if (!list.startsWith(', ', at)) return undefined;
		at += 2;
	}
}

const VALUES = [
	'ada@example.com',
	"O'Brien",
	'"quoted"',
	`it's "both"`,
	'\\',
	"\\'",
	'\\"',
	`\\'"`,
	"'",
	'"',
	`'"`,
	`"'`,
	"''",
	"') or id is not null or Email in ('",
	'") or id is not null or Email in ("',
	`'") or (id is not null) --`,
	'🙂, (漢字)',
];

describe.each(VALUES)('the value %j', (value) => {
	it.each([
		[true, true],
		[true, false],
	])('comes back where quotes are doubled: %j, a backslash escapes: %j', (doubles, escapes) => {
		const texts = readTexts(`${literal(value)}, ${literal('next')}`, doubles, escapes);
		const expected = escapes ? value : value.replaceAll('\\', '\\\\');
		expect(texts).toEqual([expected, 'next']);
	});

	it('is never more than texts, also where quotes are not doubled', () => {
		for (const escapes of [true, false]) {
			const texts = readTexts(`${literal(value)}, ${literal('next')}`, false, escapes);
			if (texts !== undefined) expect(texts).toHaveLength(2);
			// Refused by Zoho, not obeyed: with both kinds of quotes in it, one text stands beside another.
			else expect(value).toMatch(/'.*"|".*'/);
		}
	});
});

it('makes one query of module, fields and values', () => {
	const query = { module: 'Leads', fields: ['id', 'Email'], field: 'Email', literals: ["'a'", '"b\'"'] };
	expect(queryText(query)).toBe(
		`select id, Email from Leads where Email in ('a', "b'") order by Modified_Time desc limit 200`,
	);
});
