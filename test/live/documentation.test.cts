import { readFileSync } from 'node:fs';
import path from 'node:path';

import { SCOPES } from '../../live/account/login.cts';
import { QUESTIONS } from '../../live/questions/all.cts';

const page = (name: string): string => readFileSync(path.join(__dirname, '../..', name), 'utf8');
const all = [...QUESTIONS.withLead, ...QUESTIONS.afterwards];

/** The rows of the table of questions: name, what is asked, what is assumed, whether that is confirmed. */
const rows = new Map<string, string[]>(
	page('docs/emulator.md')
		.split('### Asked of a real org')[1]
		?.split('\n')
		.flatMap((line): Array<[string, string[]]> => {
			const [, name, ...cells] = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
			const [, own] = /^\| `([a-z-]+\.[^`]+)`/.exec(line) ?? [];
			return own === undefined || name === undefined ? [] : [[own, [name, ...cells]]];
		}),
);

describe('docs/emulator.md', () => {
	it.each(all.map(({ name, text, assumed }) => [name, text, assumed]))('has the row of %s', (name, text, assumed) => {
		const [asked, answer, confirmed] = rows.get(name) ?? [];
		expect([asked, answer]).toEqual([text, assumed]);
		// By which report and when, or not.
		expect(confirmed).toMatch(/^not yet$|^(yes|no, .+): .+, \d{4}-\d\d-\d\d$/);
	});

	it('has no row of a question that is not asked', () => {
		expect([...rows.keys()].filter((name) => !all.some((one) => one.name === name))).toEqual([]);
	});

	it('names with each group of assumptions the questions about it, and those exist', () => {
		const groups = new Set(all.map(({ name }) => name.split('.')[0]));
		const named = [...page('docs/emulator.md').matchAll(/Asked by (.+?)\.(?:\s|$)/gs)].flatMap(([, list = '']) =>
			[...list.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name),
		);
		expect(new Set(named)).toEqual(groups);
	});
});

describe('docs/live.md', () => {
	it('gives the scopes as the Self Client takes them', () => {
		expect(page('docs/live.md')).toContain(SCOPES.join(','));
	});

	it('names every way to give something', () => {
		const text = page('docs/live.md');
		for (const name of [
			'ZOHO_DATA_CENTER',
			'ZOHO_CLIENT_ID',
			'ZOHO_CLIENT_SECRET',
			'ZOHO_CODE',
			'ZOHO_REFRESH_TOKEN',
		]) {
			expect(text).toContain(`\`${name}\``);
		}
		for (const option of ['--yes', '--emulator', '--provoke-429', '--field', '--report'])
			expect(text).toContain(option);
	});
});

test('the names of the questions are unique, and their words short', () => {
	expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
	for (const { name, text, assumed } of all) {
		expect(name).toMatch(/^[a-z-]+\.[\w.-]+$/);
		expect(text.length).toBeLessThan(60);
		expect(assumed.length).toBeLessThan(120);
	}
});
