import { createHash } from 'node:crypto';

import type { HttpAnswer, HttpRequest, Transport } from '../../live/calls/transport.cts';

/** What a call is known by: everything of it but the lead's random name. */
function keyOf({ method = 'GET', url, headers = {}, body }: HttpRequest): string {
	const named = /photo%20check%20[0-9a-f]{8}|photo check [0-9a-f]{8}/gi;
	const start = body?.subarray(0, 2000).toString('latin1').replace(named, 'NAME') ?? '';
	const word = url.replace(/word=[0-9a-f]{6,8}&/, (found) => `word=${found.length}&`);
	const all = JSON.stringify([method, word, headers, body?.length, start]);
	return createHash('sha1')
		.update(all.replace(/PHOTO CHECK [0-9A-F]{8}/g, 'NAME'))
		.digest('hex');
}

/** Answers as they came once, call by call, so that a run can be had again without a server. */
export class Recording {
	private readonly answers = new Map<string, HttpAnswer[]>();
	/** Calls to the CRM API, in order, as `METHOD path`. */
	readonly calls: string[] = [];

	/** A transport that hands on to another one and keeps the answers. */
	recorder(transport: Transport): Transport {
		return {
			send: async (wanted, signal) => {
				const answer = await transport.send(wanted, signal);
				const key = keyOf(wanted);
				this.answers.set(key, [...(this.answers.get(key) ?? []), answer]);
				this.calls.push(`${wanted.method ?? 'GET'} ${new URL(wanted.url).pathname}`);
				return answer;
			},
		};
	}

	/**
	 * A transport that answers as recorded, with one answer changed.
	 * @param place which of the run's calls, from 0 on
	 */
	player(place: number, change: HttpAnswer): Transport {
		const played = new Map<string, number>();
		let count = 0;
		return {
			send: async (wanted) => {
				const key = keyOf(wanted);
				const turn = played.get(key) ?? 0;
				played.set(key, turn + 1);
				const answer = this.answers.get(key)?.[turn];
				if (!answer) throw new Error(`${wanted.method ?? 'GET'} ${wanted.url} was not recorded`);
				return await Promise.resolve(count++ === place ? change : answer);
			},
		};
	}
}
