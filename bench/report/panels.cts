import type { Result } from '../measure/measure.cts';
import { SUBJECTS } from '../subjects/all.cts';
import { idealSeconds, WORKLOADS, type Workload } from '../work/workload.cts';
import type { Bar, Panel } from './plot.cts';
import type { Results } from './results.cts';

/** The panels of the report's picture: what was stored in three situations, and what it took. */
export function panelsOf({ works }: Results): Panel[] {
	const panel = (
		name: string,
		title: string,
		subtitle: string,
		pick: (result: Result) => { value: number; label: string },
		mark?: (work: Workload) => Panel['mark'],
	): Panel[] => {
		const work = WORKLOADS.find((one) => one.name === name);
		const measured = works[name];
		if (work === undefined || measured === undefined) return [];
		const bars = SUBJECTS.map(({ key, name: subject }): Bar => {
			const result = measured.bySubject[key];
			if (result === undefined) return { name: subject, value: undefined, label: 'not applicable', look: 'other' };
			const isPoor = result.stored < result.sent;
			return { name: subject, ...pick(result), look: isPoor ? 'poor' : key === 'node' ? 'ours' : 'other' };
		});
		const most = Math.max(...bars.map(({ value }) => value ?? 0));
		return [{ title, subtitle, bars, most, mark: mark?.(work) }];
	};
	const stored = (result: Result) => ({ value: result.stored, label: `${result.stored}` });
	const onlyComplete = (result: Result, value: number, label: string) => ({
		value,
		label: result.stored < result.sent ? `${label}, ${result.sent - result.stored} missing` : label,
	});
	return [
		...panel('cap10', 'Photos stored of 200', '10 calls at a time, valid token', stored),
		...panel('expired', 'Photos stored of 200', 'access token expired at the start', stored),
		...panel('cap5', 'Photos stored of 200', 'Zoho takes 5 at a time, 25 were set', stored),
		...panel(
			'cap10',
			'Seconds for 200 photos',
			'of 200 KB, 200 ms a call',
			(result) => onlyComplete(result, result.seconds, `${result.seconds.toFixed(1)} s`),
			(work) => ({ at: idealSeconds(work), label: 'ideal' }),
		),
		...panel('crowd', 'Photos stored of 300', '300 executions of one photo within 5 s', stored),
		...panel('small', 'CPU for one photo', '1,000 photos of 50 KB', (result) =>
			onlyComplete(result, result.cpuPerPhoto, `${result.cpuPerPhoto.toFixed(1)} ms`),
		),
		...panel('large', 'Memory above base', '40 photos of 9.5 MB', (result) =>
			onlyComplete(result, result.memory, `${result.memory.toFixed(0)} MB`),
		),
	];
}
