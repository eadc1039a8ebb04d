import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { blackPng } from '../emulator/photoSamples.cts';
import type { FaultAnswer } from '../emulator/faults/faultAnswers.cts';
import type { InputItem } from './harness/engine.cts';
import { byItem, type Stage } from './stage.cts';

/** What a storm is made of. */
export interface Storm {
	photos: number;
	/** Share of the calls that meet a fault, 0 to 1. */
	share: number;
	seed: number;
	/** Milliseconds that the node gives a call. */
	timeout: number;
	/** What the calls meet. */
	answers: readonly FaultAnswer[];
	parallelUploads: number;
	maxRetries: number;
}

/** What is left after a storm. */
export interface AfterStorm {
	/** Items of the success branch: the record ids, in order. */
	successes: unknown[];
	failures: unknown[];
	ids: string[];
	/** Records that hold exactly the photo that was sent for them. */
	intact: number;
	/** Faults that were met. */
	faults: number;
	seconds: number;
}

/** Every kind of fault that passes: 429 with both codes, 5xx with and without JSON, resets and hangs. */
export const PASSING_FAULTS: readonly FaultAnswer[] = [
	{ kind: 'zoho', error: 'tooManyRequests' },
	{ kind: 'zoho', error: 'rateLimitExceeded' },
	{ kind: 'zoho', error: 'internalError' },
	{ kind: 'zoho', error: 'serviceUnavailable' },
	{ kind: 'html', status: 502 },
	{ kind: 'http', status: 503 },
	{ kind: 'reset', at: 'before' },
	{ kind: 'reset', at: 'body' },
	{ kind: 'reset', at: 'answer' },
	{ kind: 'hang' },
];

/** Uploads photos, all different, through a storm of faults. */
export async function uploadThrough(stage: Stage, storm: Storm): Promise<AfterStorm> {
	const folder = await mkdtemp(path.join(tmpdir(), 'storm-'));
	try {
		const ids = stage.zoho.records.addMany('Leads', storm.photos);
		const sent: string[] = [];
		const items: InputItem[] = [];
		for (const [n, id] of ids.entries()) {
			// What follows the end of a PNG belongs to no picture, and makes each file another of another length.
			const bytes = Buffer.concat([blackPng(n + 1, 3), randomBytes(1000 + ((n * 7919) % 60_000))]);
			const file = path.join(folder, `${n}.png`);
			await writeFile(file, bytes);
			sent.push(createHash('sha256').update(bytes).digest('hex'));
			items.push({ json: { id }, binary: { data: { data: { file }, fileName: `${n}.png`, mimeType: 'image/png' } } });
		}
		const { share, seed, answers, timeout, parallelUploads, maxRetries } = storm;
		const fault = stage.zoho.faults.storm({ share, seed, answers });
		const begin = Date.now();
		const { success, failure } = await stage.run(
			items,
			{
				parameters: byItem({ options: { timeout, parallelUploads, maxRetries } }),
				onError: 'continueErrorOutput',
			},
			{ omitOutput: ['Source'] },
		);
		return {
			successes: success.map(({ json }) => json.recordId),
			failures: failure.map(({ json }) => json.error),
			ids,
			intact: ids.filter((id, n) => stage.zoho.photos.get('Leads', id)?.sha256 === sent[n]).length,
			faults: stage.zoho.faults.list().find(({ id }) => id === fault)?.played ?? 0,
			seconds: (Date.now() - begin) / 1000,
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
