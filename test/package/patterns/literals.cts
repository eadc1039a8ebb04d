import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as ts from 'typescript';

/** A regular expression in the source. */
export interface Literal {
	/** Path from the project's folder. */
	file: string;
	line: number;
	/** As it is written, e.g. `/\s+/g`; for one that is built at run time the call. */
	written: string;
	/** Undefined for one that is built at run time. */
	pattern: RegExp | undefined;
}

/** Every regular expression in the TypeScript files of a folder and the folders in it. */
export function literalsIn(project: string, folder: string): Literal[] {
	return readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.sort()
		.flatMap((name) => literalsOf(path.join(folder, name), readFileSync(path.join(project, folder, name), 'utf8')));
}

/** Every regular expression in a text of TypeScript. */
export function literalsOf(file: string, text: string): Literal[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
	const found: Literal[] = [];
	const add = (node: ts.Node, pattern: RegExp | undefined): void => {
		const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
		found.push({ file, line, written: node.getText(), pattern });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			add(node, new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
		}
		const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
		if (isCall && node.expression.getText() === 'RegExp') add(node, undefined);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}
