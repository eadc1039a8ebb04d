import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate } from 'node:timers/promises';

import { fitPhoto } from '../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { corpusPhoto, numberedPhoto } from '../engine/photos.cts';
import { execution, UPLOADED, withFile } from './execution.cts';

let running = 0;
let most = 0;

jest.mock('../../nodes/ZohoCrmPhoto/photo/fit/fit', () => {
	const actual = jest.requireActual('../../nodes/ZohoCrmPhoto/photo/fit/fit');
	return {
		...actual,
		fitPhoto: jest.fn(async (...given: unknown[]) => {
			most = Math.max(most, ++running);
			// Whoever does not wait for its turn comes in now.
			for (let n = 0; n < 20; n++) await setImmediate();
			return await actual.fitPhoto(...given).finally(() => running--);
		}),
	};
});

it('makes one photo fit at a time, whichever items and executions they are of', async () => {
	const photo = corpusPhoto('baseline.jpg');
	const runs = Array.from({ length: 4 }, async () => {
		const { context, requests } = execution({
			items: [withFile('1', photo), withFile('2', photo), withFile('3', photo)],
			parameters: { options: { largestSide: 16, parallelUploads: 3 } },
			answer: () => UPLOADED,
		});
		await runItems(context);
		return requests.length;
	});
	expect(await Promise.all(runs)).toEqual([3, 3, 3, 3]);
	expect(fitPhoto).toHaveBeenCalledTimes(12);
	expect(most).toBe(1);
});

it('gives the bytes of a photo back once it is sent, while the execution and the request go on', async () => {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	if (typeof collect !== 'function') throw new Error('There is no garbage collector to call');
	const loaded: Array<WeakRef<Buffer>> = [];
	// n8n's request and its streams stay for a while.
	const bodies: unknown[] = [];
	let held = 0;
	const { context } = execution({
		items: Array.from({ length: 12 }, (_, n) => withFile(String(n + 1), Buffer.alloc(0))),
		parameters: { options: { parallelUploads: 1 } },
		helpers: {
			async httpRequestWithAuthentication(_type: string, { body }: { body: unknown }): Promise<unknown> {
				bodies.push(body);
				if (bodies.length === 12) {
					await setImmediate();
					collect();
					held = loaded.filter((one) => one.deref() !== undefined).length;
				}
				return UPLOADED;
			},
			async getBinaryDataBuffer(item: number): Promise<Buffer> {
				const bytes = Buffer.from(numberedPhoto(item));
				loaded.push(new WeakRef(bytes));
				return bytes;
			},
		},
	});
	expect(await runItems(context)).toHaveLength(12);
	expect(bodies).toHaveLength(12);
	expect(held).toBeLessThanOrEqual(3);
});
