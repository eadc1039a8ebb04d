import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { CODES_OF_NO_FAILURE, COMMONEST, errorsPage, OWN_CODES } from './errorsPage.cts';

const PROJECT = path.join(__dirname, '../..');

/** Every code that the shipped source writes down as such. */
function codesInSource(): Set<string> {
	const folder = path.join(PROJECT, 'nodes');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
	const codes = files.flatMap((file) => {
		const text = readFileSync(path.join(folder, file), 'utf8');
		return [...text.matchAll(/\bcode: '(\w+)'|^\s*\| '([A-Z_]+)'|^export const NOT_ATTEMPTED = '(\w+)'/gm)];
	});
	return new Set(codes.flatMap((found) => found.slice(1).filter((code) => code !== undefined)));
}

test('docs/errors.md says what the code says (node --require tsx/cjs test/docs/writeErrors.cts)', () => {
	expect(readFileSync(path.join(PROJECT, 'docs/errors.md'), 'utf8')).toBe(errorsPage());
});

test('every code of the source is on the page', () => {
	const found = codesInSource();
	expect(found.size).toBeGreaterThan(50);
	const page = errorsPage();
	const missing = [...found].filter((code) => !CODES_OF_NO_FAILURE.includes(code) && !page.includes(`| \`${code}\` |`));
	expect(missing).toEqual([]);
});

test('every code of our own checks is in the source', () => {
	const found = codesInSource();
	expect(OWN_CODES.map(([code]) => code).filter((code) => !found.has(code))).toEqual([]);
});

test('the page begins with the ten that people meet most, each of which it explains below', () => {
	const [before = '', ...after] = errorsPage().split('## How to read them');
	expect(COMMONEST).toHaveLength(10);
	for (const [, code] of COMMONEST) {
		expect(before).toContain(`| \`${code}\` |`);
		expect(after.join()).toContain(`| \`${code}\` |`);
	}
});

test('no sentence is left with a name in braces', () => {
	expect(errorsPage()).not.toMatch(/\{\w*\}|undefined/);
});
