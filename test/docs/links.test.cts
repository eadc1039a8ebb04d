import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import manifest from '../../package.json';
import { filesBelow, pages, PROJECT, readPage, type Page } from './markdown.cts';

const PAGES = pages();

/** Addresses of this project's own files, as n8n shows them to users (credential, codex) and npm on its page. */
const OWN_FILES = 'https://github.com/n8n-nodes-zoho-crm-photo/n8n-nodes-zoho-crm-photo/blob/main/';

test('the pages to read first are there', () => {
	expect(PAGES.map(({ file }) => file)).toEqual(
		expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'CODE_OF_CONDUCT.md']),
	);
});

test.each(PAGES.map((page): [string, Page] => [page.file, page]))('every link in %s leads somewhere', (_, page) => {
	expect(page.links.flatMap((link) => lost(page, link))).toEqual([]);
});

test('every address of an own file that the node, the credential or package.json gives leads somewhere', () => {
	const files = [...filesBelow('nodes'), ...filesBelow('credentials'), 'package.json'];
	const addresses = files.flatMap((file) => {
		const text = readFileSync(path.join(PROJECT, file), 'utf8');
		return [...text.matchAll(/https:\/\/github\.com\/[^\s'"`)]+\/blob\/[^\s'"`)]+/g)].map(([address]) => address);
	});
	expect(addresses.length).toBeGreaterThan(0);
	const nowhere: Page = { file: 'package.json', text: '', links: [], anchors: new Set() };
	expect(addresses.filter((address) => !address.startsWith(OWN_FILES))).toEqual([]);
	expect(addresses.flatMap((address) => lost(nowhere, address))).toEqual([]);
});

test.each([...PAGES.map(({ file }) => file), ...filesBelow('.github/workflows'), '.ci/run'])(
	'every npm script that %s names exists',
	(file) => {
		const text = readFileSync(path.join(PROJECT, file), 'utf8');
		const named = [...text.matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)].flatMap(
			([, run, short]) => run ?? short ?? [],
		);
		expect(named.filter((script) => !Object.keys(manifest.scripts).includes(script))).toEqual([]);
	},
);

test('a link to a file or heading that is not there is seen, in each way of writing it', () => {
	const text = [
		'# A `b` heading: 1.2',
		'[ok](package.json) [ok](#a-b-heading-12) [gone](gone.md "title") [gone](#gone) ![gone](gone.png)',
		'<img width="1" src="gone.svg"> [gone]: not a definition, `[code](gone-in-code.md)`',
		'',
		'[ref]: gone-by-reference.md',
		'```',
		'[fenced](gone-in-fence.md)',
		'```',
		`[own](${OWN_FILES}gone.md) [web](https://example.com/gone)`,
	].join('\n');
	const page = readPage('README.md', text);
	expect(page.links.flatMap((link) => lost(page, link)).sort()).toEqual(
		['#gone', `${OWN_FILES}gone.md`, 'gone-by-reference.md', 'gone.md', 'gone.png', 'gone.svg'].sort(),
	);
});

/** The link when it leads to no file or heading of the project; nothing when it does, or leads elsewhere. */
function lost(page: Page, link: string): string[] {
	const own = link.startsWith(OWN_FILES);
	if (!own && /^[a-z][a-z+.-]*:/i.test(link)) return [];
	const [target = '', anchor] = (own ? link.slice(OWN_FILES.length) : link).split('#');
	const base = own ? '' : path.posix.dirname(page.file);
	const file = target === '' ? page.file : path.posix.join(base, decodeURIComponent(target));
	if (!existsSync(path.join(PROJECT, file))) return [link];
	if (anchor === undefined || !file.endsWith('.md')) return [];
	const anchors = file === page.file ? page.anchors : PAGES.find((other) => other.file === file)?.anchors;
	return anchors?.has(anchor) ? [] : [link];
}
