import { idealSeconds, WORKLOADS } from '../work/workload.cts';
import type { Result } from '../measure/measure.cts';
import type { Results } from './results.cts';

/** What this node is to reach: what it is, the limit, what was measured, and whether it is within. */
export function targetRows({ works }: Results): string[][] {
	const ours = (work: string): Result | undefined => works[work]?.bySubject.node;
	const timesIdeal = (name: string, most: number, title: string): string[] => {
		const work = WORKLOADS.find((one) => one.name === name);
		const result = ours(name);
		if (work === undefined || result === undefined) return [];
		const ratio = result.seconds / idealSeconds(work);
		const isAll = result.stored === result.sent;
		return [
			title,
			`${most} x ideal`,
			`${ratio.toFixed(2)} x, ${result.stored} of ${result.sent}`,
			verdict(isAll && ratio <= most),
		];
	};
	const memory = (name: string, most: number, title: string): string[] => {
		const result = ours(name);
		if (result === undefined) return [];
		return [title, `${most} MB`, `${result.memory.toFixed(0)} MB`, verdict(result.memory < most)];
	};
	const beside = ours('beside');
	const single =
		beside === undefined
			? []
			: [
					'a single photo beside a backfill, at most',
					'1.5 s (3 calls)',
					`${beside.longestSingle.toFixed(1)} s`,
					verdict(beside.longestSingle <= 1.5),
				];
	const refusals = (name: string, most: number): string[] => {
		const result = ours(name);
		if (result === undefined) return [];
		const ratio = result.refusals / result.calls;
		return [
			'the same: calls answered with 429',
			`${most * 100} %`,
			`${(ratio * 100).toFixed(1)} %`,
			verdict(ratio <= most),
		];
	};
	const calls = (name: string, most: number, title: string): string[] => {
		const result = ours(name);
		if (result === undefined) return [];
		const { allCalls, seconds } = result;
		return [title, `${most} calls`, `${allCalls} calls, ${seconds.toFixed(1)} s`, verdict(allCalls <= most)];
	};
	const fitting = (kind: string, title: string, most: { times: number; memory: number }): string[][] => {
		const [own, other] = [ours(`fit-${kind}`), works[`fit-${kind}`]?.bySubject.magick];
		if (own === undefined || other === undefined) return [];
		const times = own.seconds / other.seconds;
		return [
			[
				`${title} of 12 megapixels made to fit, all stored`,
				`${most.times} x ${kind === 'heic' ? 'heif-convert' : 'ImageMagick'}`,
				`${times.toFixed(1)} x`,
				verdict(times <= most.times && own.stored === own.sent),
			],
			['the same: longest stall', '40 ms', `${own.longestStallMs.toFixed(0)} ms`, verdict(own.longestStallMs <= 40)],
			memory(`fit-${kind}`, most.memory, 'the same: memory above base'),
		];
	};
	const [whole, reduced] = [ours('fit-jpeg'), ours('fit-small')];
	const small1024 =
		whole === undefined || reduced === undefined
			? []
			: [
					'the same with a largest side of 1,024 pixels',
					'0.5 x the full size',
					`${(reduced.seconds / whole.seconds).toFixed(2)} x`,
					verdict(reduced.seconds <= whole.seconds / 2 && reduced.stored === reduced.sent),
				];
	const [onePhone, phones] = [ours('crowd-phone-one'), ours('crowd-phone')];
	const phoneCrowd =
		onePhone === undefined || phones === undefined
			? []
			: [
					'memory above base, 20 executions of a phone photo made to fit',
					'twice one alone',
					`${(phones.memory / onePhone.memory).toFixed(2)} x (${phones.memory.toFixed(0)} MB)`,
					verdict(phones.memory <= 2 * onePhone.memory && phones.stored === phones.sent),
				];
	const [byId, byEmail] = [ours('by-id'), ours('by-email')];
	const email =
		byId === undefined || byEmail === undefined
			? []
			: [
					'1,000 photos by e-mail address',
					'1.15 x by id, 20 calls more',
					`${(byEmail.seconds / byId.seconds).toFixed(2)} x, ${byEmail.allCalls - byId.allCalls} more`,
					verdict(byEmail.seconds <= 1.15 * byId.seconds && byEmail.allCalls - byId.allCalls <= 20),
				];
	const [small, http] = [ours('small'), works.small?.bySubject.http];
	const rows = [
		timesIdeal('cap10', 1.15, '10 at a time, token valid: all stored'),
		timesIdeal('expired', 1.15, '10 at a time, token expired: all stored'),
		timesIdeal('cap5', 1.6, '5 allowed, 25 set: all stored'),
		refusals('cap5', 0.1),
		timesIdeal('crowd', 1.2, '300 executions of one photo within 5 s'),
		refusals('crowd', 0.05),
		timesIdeal('crowd-at-once', 1.2, '300 executions of one photo at once'),
		refusals('crowd-at-once', 0.05),
		timesIdeal('crowd-cap5', 1.2, '150 executions of one photo at once, 5 allowed'),
		timesIdeal('crowd-two', 1.6, 'two processes of 100 executions each on 10 calls'),
		timesIdeal('beside', 1.15, 'a backfill of 400 with single photos beside it'),
		single,
		memory('crowd-large', 300, 'memory above base, 60 executions of 9.5 MB'),
		phoneCrowd,
		small === undefined || http === undefined
			? []
			: [
					'CPU per photo of 50 KB',
					`HTTP Request: ${http.cpuPerPhoto.toFixed(1)} ms`,
					`${small.cpuPerPhoto.toFixed(1)} ms`,
					verdict(small.cpuPerPhoto <= http.cpuPerPhoto),
				],
		memory('large', 250, 'memory above base, 40 photos of 9.5 MB'),
		memory('small', 60, 'memory above base, 1,000 photos of 50 KB'),
		email,
		calls('keep', 12, '1,000 records with photos that are kept'),
		calls('keep-new', 22, 'the same with ten new ones'),
		...fitting('jpeg', 'JPEG', { times: 3, memory: 100 }),
		small1024,
		...fitting('webp', 'WebP', { times: 4, memory: 180 }),
		...fitting('png', 'PNG', { times: 4, memory: 150 }),
		...fitting('tiff', 'TIFF (LZW)', { times: 4, memory: 150 }),
		...fitting('heic', 'HEIC', { times: 3, memory: 130 }),
	];
	return rows.filter((row) => row.length > 0);
}

function verdict(isReached: boolean): string {
	return isReached ? 'reached' : '**not reached**';
}
