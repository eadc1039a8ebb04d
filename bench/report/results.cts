import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../measure/measure.cts';

/** What was measured on one work, side by side: by subject, the median of each number over the repeats. */
export interface WorkResult {
	/** ISO date and time of the end. */
	measuredAt: string;
	/** The machine's load average over a minute when the measuring began: above 0, others took part of its time. */
	load: number;
	/** The priority at which it was measured (`nice`): below 0, before everything else that the machine was doing. */
	priority: number;
	repeats: number;
	bySubject: Record<string, Result>;
}

/** Results by work, and what they were measured with. */
export interface Results {
	machine: string;
	versions: string;
	works: Record<string, WorkResult>;
}

const FILE = path.join(__dirname, '../results.json');

/** The results of the last measurement of each work. */
export async function readResults(): Promise<Results> {
	const text = await readFile(FILE, 'utf8').catch(() => undefined);
	return text === undefined ? { machine: '', versions: '', works: {} } : JSON.parse(text);
}

/** Keeps them for the next report. */
export async function keepResults(results: Results): Promise<void> {
	await writeFile(FILE, `${JSON.stringify(results, undefined, '\t')}\n`);
}

/** The median of each number over several runs. */
export function medianOf(runs: readonly Result[]): Result {
	const of = (pick: (run: Result) => number): number => {
		const sorted = runs.map(pick).sort((one, other) => one - other);
		const middle = sorted.length >> 1;
		const upper = sorted[middle] ?? 0;
		return Math.round((sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2) * 1000) / 1000;
	};
	return {
		stored: Math.min(...runs.map(({ stored }) => stored)),
		sent: of(({ sent }) => sent),
		seconds: of(({ seconds }) => seconds),
		longestSingle: of(({ longestSingle }) => longestSingle),
		calls: of(({ calls }) => calls),
		allCalls: of(({ allCalls }) => allCalls),
		refusals: of(({ refusals }) => refusals),
		cpuPerPhoto: of(({ cpuPerPhoto }) => cpuPerPhoto),
		memory: of(({ memory }) => memory),
		longestStallMs: of(({ longestStallMs }) => longestStallMs),
	};
}
