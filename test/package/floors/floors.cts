import { execFile } from 'node:child_process';
import path from 'node:path';

import { z } from 'zod';

const PROJECT = path.join(__dirname, '../../..');
const CRUISER = path.join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const RULES = path.join(__dirname, 'rules.cjs');

const answer = z.object({
	summary: z.object({
		totalCruised: z.number(),
		violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
		ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string() })) }),
	}),
});

/** What the imports of a tree look like. */
export interface Floors {
	/** Files looked at. */
	files: number;
	/** One sentence for each forbidden import: which file may not import which, and why. */
	forbidden: string[];
}

/**
 * Looks at every import below `nodes/` and `credentials/` by the rules of the rooms.
 *
 * @param folder holds `nodes` and `credentials`
 * @throws where dependency-cruiser gives no answer
 */
export async function floorsOf(folder: string, rooms: string[] = ['nodes', 'credentials']): Promise<Floors> {
	const output = await new Promise<string>((resolve, reject) => {
		const args = [CRUISER, '--config', RULES, '--output-type', 'json', ...rooms];
		execFile(process.execPath, args, { cwd: folder, maxBuffer: 64_000_000 }, (fault, stdout, stderr) => {
			// The number of forbidden imports is the exit code.
			if (stdout === '') reject(fault ?? new Error(stderr));
			else resolve(stdout);
		});
	});
	const { summary } = answer.parse(JSON.parse(output));
	const whyOf = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
	return {
		files: summary.totalCruised,
		forbidden: summary.violations.map(
			({ from, to, rule }) => `${from} may not import ${to} (${rule.name}). ${whyOf.get(rule.name) ?? ''}`,
		),
	};
}
