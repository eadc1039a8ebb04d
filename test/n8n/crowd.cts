import assert from 'node:assert/strict';

import { textAt } from './json.cts';
import type { Lab } from './lab.cts';
import { jpegNumber } from './photos.cts';

/** Calls of one photo each. */
export const CROWD = 300;
/** Calls that the org takes at a time. */
const CAP = 10;
/** Bytes of a photo. */
const SIZE = 40_000;

/**
 * Posts 300 photos to a webhook at once, each in a call and so an execution of its own, on a token that has run out and an
 * org that takes ten calls at a time. Each call must be answered 200 with its record, each photo stored once, and the token
 * renewed once.
 *
 * @param lab with an active workflow that puts the files of its webhook on leads, named by the file's name
 * @returns seconds, and how many calls to Zoho were answered with 429
 */
export async function crowdArrives(lab: Lab): Promise<{ seconds: number; refused: number }> {
	const { zoho } = lab;
	const records = zoho.records.addMany('Leads', CROWD);
	zoho.clearLog();
	zoho.limits.concurrency = CAP;
	zoho.limits.latencyMs = 200;
	zoho.tokens.expireAll();
	const renewals = zoho.tokenCalls.length;
	const begun = Date.now();
	await Promise.all(
		records.map(async (record, n) => {
			const form = new FormData();
			form.append(
				'photo',
				new Blob([new Uint8Array(jpegNumber(n, SIZE))], { type: 'image/jpeg' }),
				`${record}-${n}.jpg`,
			);
			const answer = await fetch(`${lab.server.address}/webhook/photos`, { method: 'POST', body: form });
			const text = await answer.text();
			assert.equal(answer.status, 200, text.slice(0, 500));
			const items: unknown = JSON.parse(text);
			assert.ok(Array.isArray(items) && items.length === 1, text.slice(0, 200));
			assert.equal(textAt(items[0], 'recordId'), record);
			assert.equal(textAt(items[0], 'code'), 'SUCCESS');
		}),
	);
	const seconds = (Date.now() - begun) / 1000;
	records.forEach((record, n) => {
		const stored = zoho.photos.get('Leads', record);
		assert.deepEqual(stored?.bytes, jpegNumber(n, SIZE), `photo ${n}`);
		assert.equal(stored?.uploads, 1, `photo ${n}`);
	});
	assert.deepEqual(
		zoho.tokenCalls.slice(renewals).map(({ outcome }) => outcome),
		['ok'],
	);
	assert.deepEqual(zoho.leaks, []);
	const refused = zoho.calls.filter(({ status }) => status === 429).length;
	console.log(`  ${CROWD} calls of one photo in ${seconds} s, ${refused} of ${zoho.calls.length} answers were 429`);
	return { seconds, refused };
}
