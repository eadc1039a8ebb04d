import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The project's folder. */
export const PROJECT = path.join(__dirname, '..', '..');

/** Folders that hold what others wrote or what was made. */
const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'coverage', 'reports', '.n8n']);

/** A Markdown page of the project: what it points to and what can be pointed to in it. */
export type Page = {
	/** Path from the project's folder. */
	file: string;
	text: string;
	/** Targets of its links and pictures, as written. */
	links: string[];
	/** Anchors that GitHub gives its headings, and those it sets itself. */
	anchors: Set<string>;
};

/** Every Markdown page of the project, that of folders beginning with a dot included. */
export function pages(): Page[] {
	return filesBelow('')
		.filter((file) => file.endsWith('.md'))
		.map((file) => readPage(file, readFileSync(path.join(PROJECT, file), 'utf8')));
}

/** Reads the links and anchors of a page. */
export function readPage(file: string, text: string): Page {
	const withoutFences = text.replace(/^([ \t]*)(`{3,}|~{3,}).*\n[^]*?^[ \t]*\2`*[ \t]*$/gm, '');
	const prose = withoutFences.replace(/(`+)[^`][^]*?\1/g, '');
	const links = [
		...matches(prose, /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g),
		...matches(prose, /^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm),
		...matches(prose, /<(?:a|img)\s[^>]*?(?:href|src)="([^"]+)"/g),
	];
	const anchors = new Set(matches(prose, /<a\s[^>]*?(?:id|name)="([^"]+)"/g));
	for (const heading of matches(withoutFences, /^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$/gm)) {
		const anchor = anchorOf(heading);
		let unused = anchor;
		for (let again = 1; anchors.has(unused); again++) unused = `${anchor}-${again}`;
		anchors.add(unused);
	}
	return { file, text, links, anchors };
}

/** GitHub's anchor of a heading: lower case, without marks other than hyphens and underscores, spaces as hyphens. */
function anchorOf(heading: string): string {
	return heading
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Mark}\p{Number}\p{Connector_Punctuation} -]/gu, '')
		.replaceAll(' ', '-');
}

function matches(text: string, pattern: RegExp): string[] {
	return [...text.matchAll(pattern)].flatMap(([, group]) => group ?? []);
}

/** Paths of the files below a folder, both relative to the project's folder. */
export function filesBelow(folder: string): string[] {
	return readdirSync(path.join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
		const relative = path.posix.join(folder, entry.name);
		if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(relative);
		return [relative];
	});
}
