import path from 'node:path';

import { heldUpBy } from './patterns/attacks.cts';
import { literalsIn, literalsOf } from './patterns/literals.cts';

/** Characters of a hostile text: a pattern that reads it anew from each of them takes a second. */
const LENGTH = 25_000;

/**
 * Patterns that are quick only because the text before them is short: how long it is, and what bounds it. The pattern is tried at
 * that length.
 */
const BOUNDED: ReadonlyMap<string, [most: number, why: string]> = new Map([
	[
		'/[.\\s\\u200c\\u200d]+$/',
		[400, 'a file name that has been cut to 100 characters, each of two code units at most'],
	],
	[
		'/("[^"]*(?:token|secret|password|key|authorization)[^"]*"\\s*:\\s*")[^"]*/gi',
		[4096, 'the front of a file that is no picture'],
	],
]);

/** Patterns built at run time, looked at by hand. */
const BUILT = ["new RegExp(`[\\\\w.+/=-]{${LONGEST_WORD + 1},}`, 'g')"];

const PROJECT = path.join(__dirname, '../..');
const literals = ['nodes', 'credentials'].flatMap((folder) => literalsIn(PROJECT, folder));
const written = (pattern: RegExp): string => String(pattern);

it.each(
	literals.flatMap(({ file, line, pattern }) => (pattern === undefined ? [] : [[`${file}:${line}`, pattern] as const])),
)('%s %s takes no longer than reading the text', (_, pattern) => {
	const [length] = BOUNDED.get(written(pattern)) ?? [LENGTH];
	expect(heldUpBy(pattern, length)).toBeUndefined();
});

it('knows every pattern that is built at run time, and names none that is gone', () => {
	expect(literals.flatMap(({ pattern, written: call }) => (pattern === undefined ? [call] : []))).toEqual(BUILT);
	const all = literals.map(({ written: text }) => text);
	expect([...BOUNDED.keys()].filter((text) => !all.includes(text))).toEqual([]);
	expect(literals.length).toBeGreaterThan(40);
});

it.each([/=+$/, /\s+$/, /(a+)+b/, /<script[^>]*>[^<]*<\/script>/, /\w+@\w+/, /[,;]*$/, /(\d+)-\d+x/])(
	'would find %s out',
	(pattern) => {
		expect(heldUpBy(pattern, pattern.source.startsWith('(a') ? 22 : LENGTH)).toBeDefined();
	},
);

it.each([/=$/, /^\s+/, /\s+/g, /[a-z]{1,5}$/, /<[^<>]*>?/g])('has nothing against %s', (pattern) => {
	expect(heldUpBy(pattern, LENGTH)).toBeUndefined();
});

it('reads literals and calls out of a source', () => {
	const found = literalsOf('a.ts', "const a = /x+/g;\nconst b = new RegExp('y'), c = RegExp(`z`), d = '/no/';");
	expect(found.map(({ line, written: text }) => [line, text])).toEqual([
		[1, '/x+/g'],
		[2, "new RegExp('y')"],
		[2, 'RegExp(`z`)'],
	]);
});
