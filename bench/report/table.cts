import type { Result } from '../measure/measure.cts';
import { SUBJECTS } from '../subjects/all.cts';
import { idealSeconds, type Workload } from '../work/workload.cts';
import type { WorkResult } from './results.cts';

/** The heads of a work's table, and its rows, one for each subject that does the work. */
export function tableOf(work: Workload, { bySubject }: WorkResult): { heads: string[]; rows: string[][] } {
	const heads = ['', 'stored', 'seconds'];
	const ideal = idealSeconds(work);
	if (ideal > 0 && !work.columns.includes('stall')) heads.push(`of ideal ${ideal.toFixed(1)} s`);
	if (work.columns.includes('single')) heads.push('longest single photo');
	if (work.columns.includes('refusals')) heads.push('calls', 'of them 429');
	if (work.columns.includes('calls')) heads.push('calls in all');
	if (work.columns.includes('cpu')) heads.push('CPU per photo');
	if (work.columns.includes('memory')) heads.push('memory above base');
	if (work.columns.includes('stall')) heads.push('longest stall');
	const rows = SUBJECTS.flatMap(({ key, name }) => {
		const result = bySubject[key];
		return result === undefined ? [] : [[name, ...cells(work, result, ideal)]];
	});
	return { heads, rows };
}

function cells(work: Workload, result: Result, ideal: number): string[] {
	const row = [`${result.stored} of ${result.sent}`, result.seconds.toFixed(1)];
	if (ideal > 0 && !work.columns.includes('stall')) {
		row.push(result.stored < result.sent ? '-' : `${(result.seconds / ideal).toFixed(2)} x`);
	}
	if (work.columns.includes('single')) row.push(`${result.longestSingle.toFixed(1)} s`);
	if (work.columns.includes('refusals')) row.push(String(result.calls), share(result.refusals, result.calls));
	if (work.columns.includes('calls')) row.push(String(result.allCalls));
	if (work.columns.includes('cpu')) row.push(`${result.cpuPerPhoto.toFixed(1)} ms`);
	if (work.columns.includes('memory')) row.push(`${result.memory.toFixed(0)} MB`);
	if (work.columns.includes('stall')) row.push(`${result.longestStallMs.toFixed(0)} ms`);
	return row;
}

function share(part: number, whole: number): string {
	return part === 0 ? '0' : `${part} (${((part / whole) * 100).toFixed(0)} %)`;
}

/** A table in Markdown; numbers to the right. */
export function markdownTable(heads: readonly string[], rows: readonly string[][]): string {
	const line = (cellsOf: readonly string[]): string => `| ${cellsOf.join(' | ')} |`;
	return [line(heads), line(heads.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** A table in columns for the terminal. */
export function plainTable(heads: readonly string[], rows: readonly string[][]): string {
	const all = [heads, ...rows];
	const widths = heads.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
	return all
		.map((row) =>
			row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
		)
		.join('\n');
}
