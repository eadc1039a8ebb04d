import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { installFolder } from '../installFolder.cts';

/** One remark of the scan, error or warning. */
export type Finding = { file: string; line: number; rule: string; text: string };

/** What the scan says of one folder. */
export type Scan = {
	/** n8n's own verdict, which counts errors only. */
	passed: boolean;
	/** How many files it read. */
	files: number;
	findings: Finding[];
};

/**
 * Runs the analysis of n8n's package scan (`@n8n/scan-community-package`) over a folder: its own functions, configuration
 * and file patterns. What the scan does beside that, downloading a published version and asking for its provenance,
 * needs a published version and is done after publishing (.github/workflows/release.yml).
 *
 * @param folder path of the folder to look at
 * @param kind `source` for a checkout of the project, `package` for the unpacked tarball: the scan reads other files of each
 * @throws Error with the output of npm or of the scan when one of them ends early
 */
export async function scan(folder: string, kind: 'source' | 'package'): Promise<Scan> {
	await installFolder(__dirname);
	const { stdout } = await promisify(execFile)(process.execPath, [path.join(__dirname, 'findings.mjs'), folder, kind]);
	const answer: unknown = JSON.parse(stdout);
	if (!isScan(answer)) throw new Error(`The scan answered in another form: ${stdout.slice(0, 500)}`);
	return answer;
}

function isScan(value: unknown): value is Scan {
	return (
		typeof value === 'object' &&
		value !== null &&
		'passed' in value &&
		typeof value.passed === 'boolean' &&
		'files' in value &&
		typeof value.files === 'number' &&
		'findings' in value &&
		Array.isArray(value.findings)
	);
}
