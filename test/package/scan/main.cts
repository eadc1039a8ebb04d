/**
 * n8n's package scan as a gate: over the source, over the packed tarball, and over a copy of each with a forbidden line in
 * it, which must be found. A scan that would find nothing anyway proves nothing. Warnings count as findings.
 *
 * Usage: npm run scan
 */
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { pack, PROJECT } from '../packed.cts';
import { scan, type Scan } from './scan.cts';

/** Refused by n8n's rules in nodes: no environment variables. */
const FORBIDDEN_LINE = '\nexport const forbidden = process.env.HOME;\n';
const FORBIDDEN_BUILT_LINE = '\nexports.forbidden = process.env.HOME;\n';
const FORBIDDEN_RULE = '@n8n/community-nodes/no-restricted-globals';

const NODE = 'nodes/ZohoCrmPhoto/ZohoCrmPhoto.node';

async function main(): Promise<void> {
	const packed = await pack();
	const copy = await mkdtemp(path.join(tmpdir(), 'scan-control-'));
	try {
		clean('source', await scan(PROJECT, 'source'));
		clean('package', await scan(packed.folder, 'package'));

		for (const name of ['package.json', 'nodes', 'credentials']) {
			await cp(path.join(PROJECT, name), path.join(copy, name), { recursive: true });
		}
		await appendFile(path.join(copy, `${NODE}.ts`), FORBIDDEN_LINE);
		bites('source', await scan(copy, 'source'));
		await appendFile(path.join(packed.folder, 'dist', `${NODE}.js`), FORBIDDEN_BUILT_LINE);
		bites('package', await scan(packed.folder, 'package'));
	} finally {
		await packed.remove();
		await rm(copy, { recursive: true, force: true });
	}
}

function clean(kind: string, { passed, files, findings }: Scan): void {
	for (const { file, line, rule, text } of findings) console.log(`${kind} ${file}:${line} ${rule}: ${text}`);
	console.log(`${kind}: ${files} files, ${findings.length} findings, n8n's verdict: ${passed ? 'passed' : 'refused'}`);
	if (!passed || findings.length > 0 || files === 0) process.exitCode = 1;
}

function bites(kind: string, { passed, findings }: Scan): void {
	const found = !passed && findings.some(({ rule }) => rule === FORBIDDEN_RULE);
	console.log(`${kind} with a forbidden line: ${found ? 'refused, as it must be' : 'NOT refused: the scan is blind'}`);
	if (!found) process.exitCode = 1;
}

void main();
