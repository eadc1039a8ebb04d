import { setTimeout } from 'node:timers/promises';

import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { readConnection } from '../../nodes/ZohoCrmPhoto/zoho/account/connection';
import { ORGS } from '../../nodes/ZohoCrmPhoto/zoho/calls/orgs';
import { numberedPhoto } from '../engine/photos.cts';
import { connected, execution, UPLOADED } from './execution.cts';

it('leaves nothing behind after 1,000 executions, of which some were cancelled in the middle', async () => {
	const credential = connected();
	const connection = readConnection(credential);
	if (!connection.ok) throw new Error(connection.failure.message);
	let calls = 0;
	let mostCalls = 0;
	const runs = Array.from({ length: 1000 }, async (_, n) => {
		const stop = new AbortController();
		const photo = { mimeType: 'image/png', data: numberedPhoto(n).toString('base64'), fileName: 'a.png' };
		const { context } = execution({
			items: [{ json: { id: String(1000 + n) }, binary: { data: photo } }],
			credential,
			cancelled: stop.signal,
			answer: async () => {
				mostCalls = Math.max(mostCalls, ++calls);
				await setTimeout(2);
				calls--;
				return UPLOADED;
			},
		});
		if (n % 10 === 0) void setTimeout(n % 200).then(() => stop.abort());
		return { isCancelled: n % 10 === 0, output: await runItems(context) };
	});
	const ended = await Promise.all(runs);
	for (const { isCancelled, output } of ended) {
		if (!isCancelled) expect(output[0]?.json).toMatchObject({ code: 'SUCCESS' });
	}
	// Cancelled ones go past the pace, to find that they are not wanted.
	expect(mostCalls).toBeLessThanOrEqual(25);
	const org = ORGS.of(connection.value);
	expect([org.pace.isIdle, org.files.count, ORGS.bytes.total]).toEqual([true, 0, 0]);
});
