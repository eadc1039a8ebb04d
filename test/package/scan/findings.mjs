/**
 * Prints what n8n's scan of community packages finds in a folder, as JSON: `{ passed, findings: [{ file, line, rule, text }] }`.
 * An ES module, and run as a program of its own: the scan is one, and brings its own versions of ESLint and the plugins.
 * n8n's verdict (`passed`) leaves warnings out; the findings are those of the same configuration with the warnings in.
 *
 * Usage: node findings.mjs <folder> source|package
 */
import path from 'node:path';

import { analyzePackage, buildScanConfig, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';
import glob from 'fast-glob';

/** What the scan looks at: the source of a published commit, or the files of the tarball (as in `analyzePackageByName`). */
const PATTERNS = { source: SOURCE_FILE_PATTERNS, package: ['**/*.js', 'package.json'] };

const [folder, kind] = process.argv.slice(2);
const patterns = PATTERNS[kind];

const eslint = new ESLint({
	cwd: folder,
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: await buildScanConfig(),
});
const files = glob.sync(patterns, { cwd: folder, absolute: true, ignore: ['node_modules/**', '**/package-lock.json'] });
const findings = (await eslint.lintFiles(files)).flatMap(({ filePath, messages }) =>
	messages.map(({ line, ruleId, message }) => ({
		file: path.relative(folder, filePath),
		line: line ?? 0,
		rule: ruleId ?? 'none',
		text: message,
	})),
);
const { passed } = await analyzePackage(folder, patterns);
process.stdout.write(JSON.stringify({ passed, files: files.length, findings }));
