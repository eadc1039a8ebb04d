import { Readable } from 'node:stream';

import { NodeApiError, NodeOperationError, type IHttpRequestOptions } from 'n8n-workflow';

import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { numberedPhoto } from '../engine/photos.cts';
import { execution, refusal, UPLOADED, withFile, zohoAnswer, type ExecutionSetup } from './execution.cts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => String(1000 + n));
const uploads = (count: number) => ids(count).map((id, n) => withFile(id, numberedPhoto(n)));
const recordOf = ({ url }: IHttpRequestOptions): string => /(\d+)\/photo$/.exec(url)?.[1] ?? '';

/** A promise that a test settles when it likes. */
function gate(): { opened: Promise<void>; open: () => void } {
	let open = (): void => undefined;
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { opened, open };
}

const SECRET = 'a1b2c3d4e5f6a7b8c9d0';

/** Waits until something is so: calls start a little apart, and how far depends on the machine. */
async function until(isSo: () => boolean): Promise<void> {
	for (const end = Date.now() + 20_000; !isSo() && Date.now() < end; )
		await new Promise((resolve) => setTimeout(resolve, 1));
	expect(isSo()).toBe(true);
}

/** Lets everything happen that waits for nothing but its turn. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function thrownBy(setup: ExecutionSetup): Promise<unknown> {
	return await runItems(execution({ goesOn: false, ...setup }).context).then(
		() => undefined,
		(fault: unknown) => fault,
	);
}

describe('runItems', () => {
	it('gives nothing for nothing, and asks nobody', async () => {
		const { context, requests, hints } = execution();
		expect(await runItems(context)).toEqual([]);
		expect(requests).toEqual([]);
		expect(hints).toEqual([]);
	});

	it("gives one paired item for each, in the input's order, whatever order the answers come in", async () => {
		const gates = new Map(ids(6).map((id) => [id, gate()]));
		const { context, requests } = execution({
			items: uploads(6),
			parameters: { options: { parallelUploads: 6 } },
			answer: async (options) => {
				await gates.get(recordOf(options))?.opened;
				return UPLOADED;
			},
		});
		const running = runItems(context);
		await until(() => requests.length > 0);
		await settled();
		expect(requests.map(recordOf)).toEqual(['1000']);
		gates.get('1000')?.open();
		await until(() => requests.length === 6);
		for (const id of ids(6).reverse()) {
			gates.get(id)?.open();
			await settled();
		}
		const output = await running;
		expect(output.map(({ json }) => json.recordId)).toEqual(ids(6));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(ids(6).map((_, item) => ({ item })));
	});

	it.each([
		[3, 3],
		['2', 2],
		[0, 1],
		[-4, 1],
		[99, 25],
		[2.9, 2],
		['many', 5],
		[null, 5],
		['', 5],
	])('works on no more at a time than the option says: %j is %i', async (parallelUploads, most) => {
		let running = 0;
		let peak = 0;
		const { context } = execution({
			items: uploads(120),
			parameters: { options: { parallelUploads } },
			answer: async () => {
				peak = Math.max(peak, ++running);
				await new Promise((resolve) => setImmediate(resolve));
				running--;
				return UPLOADED;
			},
		});
		await runItems(context);
		// The pace opens with ten at a time and goes on from there.
		if (most <= 10) expect(peak).toBe(most);
		else expect(peak).toBeGreaterThan(10);
		expect(peak).toBeLessThanOrEqual(most);
	});

	it("keeps the input's order where one goes at a time, however long a file takes to load", async () => {
		const { context, requests } = execution({
			items: uploads(6),
			parameters: { options: { parallelUploads: 1 } },
			helpers: {
				async getBinaryDataBuffer(item: number): Promise<Buffer> {
					if (item % 2 === 1) await settled();
					return numberedPhoto(item);
				},
			},
			answer: () => UPLOADED,
		});
		await runItems(context);
		expect(requests.map(recordOf)).toEqual(ids(6));
	});

	it('falls back to five at a time where the options cannot be read for the first item', async () => {
		const options = (item: number): object => {
			if (item === 0) throw new Error('No such node');
			return {};
		};
		const { context } = execution({ items: uploads(2), parameters: { options }, answer: () => UPLOADED });
		expect((await runItems(context)).map(({ json }) => json.code ?? 'failed')).toEqual(['failed', 'SUCCESS']);
	});

	it('lets the first item meet alone what no item can escape, also where its file is slow to load', async () => {
		const loaded: number[] = [];
		const { context, requests } = execution({
			items: uploads(30),
			helpers: {
				async getBinaryDataBuffer(item: number): Promise<Buffer> {
					loaded.push(item);
					if (item === 0) await settled();
					return numberedPhoto(item);
				},
			},
			answer: () => refusal(401, 'OAUTH_SCOPE_MISMATCH'),
		});
		const output = await runItems(context);
		expect(requests.map(recordOf)).toEqual(['1000']);
		// Five at a time, and five made ready meanwhile.
		expect(loaded.length).toBeLessThanOrEqual(10);
		expect(output[0]?.json.error).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH', attempts: 1 });
		for (const { json } of output.slice(1)) {
			expect(json.error).toMatchObject({ code: 'NOT_ATTEMPTED', module: 'Leads' });
			expect(json.error).not.toHaveProperty('attempts');
		}
	});

	it('goes on in parallel while the first item waits for its next try', async () => {
		const { context, requests } = execution({
			items: uploads(4),
			answer: (options) => (recordOf(options) === '1000' ? refusal(503, 'SERVICE_UNAVAILABLE') : UPLOADED),
			parameters: { options: { maxRetries: 1 } },
		});
		const output = await runItems(context);
		expect(output.map(({ json }) => json.code ?? 'failed')).toEqual(['failed', 'SUCCESS', 'SUCCESS', 'SUCCESS']);
		expect(requests.map(recordOf)).toEqual(['1000', '1001', '1002', '1003', '1000']);
	});

	it("does not hold all others for the first item's slow photo", async () => {
		const others = gate();
		let fetched = 0;
		const { context } = execution({
			items: uploads(4).map(({ json }, n) => ({ json: { ...json, n } })),
			parameters: { photoSource: 'url', photoUrl: (item: number) => `https://photos.example/${item}.png` },
			helpers: {
				async httpRequest({ url }: IHttpRequestOptions): Promise<object> {
					if (url.endsWith('/0.png')) await others.opened;
					if (++fetched === 3) others.open();
					return { statusCode: 200, headers: {}, body: Readable.from([numberedPhoto(1)]) };
				},
			},
			answer: () => UPLOADED,
		});
		const output = await runItems(context);
		expect(output.map(({ json }) => json.recordId)).toEqual(ids(4));
	});

	it('goes on with the next items where the first never gets as far as a call', async () => {
		const items = [{ json: { id: 'none' } }, { json: { id: '1' } }, ...uploads(2)];
		const { context } = execution({ items, answer: () => UPLOADED });
		const output = await runItems(context);
		expect(output.map(({ json }) => json.code ?? 'failed')).toEqual(['failed', 'failed', 'SUCCESS', 'SUCCESS']);
	});

	it('shows a summary where something failed, in versions of n8n that can', async () => {
		const answer = (options: IHttpRequestOptions) =>
			recordOf(options) === '1001' ? refusal(400, 'RECORD_LOCKED') : UPLOADED;
		const { context, hints } = execution({ items: uploads(3), answer });
		await runItems(context);
		expect(hints).toEqual([
			{ message: '2 of 3 photos uploaded, 1 not uploaded: record locked', type: 'warning', location: 'outputPane' },
		]);
		const older = execution({ items: uploads(3), answer, more: { addExecutionHints: undefined } });
		expect(await runItems(older.context)).toHaveLength(3);
	});

	it.each<[string, Record<string, unknown>, { module: string; recordId: string }]>([
		['a record that is none', { recordId: 'ada' }, { module: 'Leads', recordId: 'ada' }],
		['a module that is none', { module: { mode: 'name', value: 'my leads' } }, { module: 'my leads', recordId: '1' }],
		['nothing at all', { module: '', recordId: null }, { module: '', recordId: '' }],
		[
			'an expression that cannot be resolved',
			{
				recordId: () => {
					throw new Error('no such node');
				},
			},
			{ module: 'Leads', recordId: '' },
		],
		['an object', { recordId: { mode: 'id', value: { id: 1 } } }, { module: 'Leads', recordId: '{"id":1}' }],
		['a text of any length', { recordId: 'x'.repeat(1e6) }, { module: 'Leads', recordId: `${'x'.repeat(100)}...` }],
		[
			'a token that was wired in by mistake',
			{ recordId: `id ${SECRET}`, module: `1000.${'ab'.repeat(16)}.${'cd'.repeat(16)}` },
			{ module: '***', recordId: 'id ***' },
		],
	])('names module and record as they are given where they are what is wrong: %s', async (_, parameters, shown) => {
		const credential = {
			dataCenter: 'zoho.com',
			clientSecret: SECRET,
			oauthTokenData: { access_token: 'token', refresh_token: 'named', api_domain: 'https://www.zohoapis.com' },
		};
		const { context, requests } = execution({ items: [{ json: { id: '1' } }], parameters, credential });
		const output = await runItems(context);
		expect(output[0]?.json.error).toMatchObject(shown);
		expect(JSON.stringify(output)).not.toMatch(/ab{8}|1000\.ab/);
		expect(requests).toEqual([]);
	});

	it('refuses each item where the operation is none', async () => {
		const { context, requests } = execution({ items: uploads(2), parameters: { operation: 'toString' } });
		const output = await runItems(context);
		expect(output.map(({ json }) => json.error)).toEqual([
			expect.objectContaining({
				code: 'INVALID_PARAMETER',
				message: "The parameter 'Operation' cannot be 'toString' [item 0]",
			}),
			expect.objectContaining({ code: 'INVALID_PARAMETER' }),
		]);
		expect(requests).toEqual([]);
	});

	it('keeps whatever is thrown in an item with the item', async () => {
		const { context } = execution({
			items: uploads(4),
			parameters: {
				photoSource: (item: number) => {
					if (item === 1) throw new Error('Referenced\n  node is not there');
					// What a faulty expression throws need be no Error.
					if (item === 2) throw 'just text';
					return 'binary';
				},
			},
			answer: () => UPLOADED,
		});
		const output = await runItems(context);
		expect(output.map(({ json }) => json.code ?? json.error)).toEqual([
			'SUCCESS',
			expect.objectContaining({
				code: 'INVALID_PARAMETER',
				message: 'A parameter could not be read for this item: Referenced node is not there [item 1]',
			}),
			expect.objectContaining({ message: expect.stringContaining('just text') }),
			'SUCCESS',
		]);
	});

	it('holds no bytes of what it has uploaded', async () => {
		const photo = numberedPhoto(3);
		const { context } = execution({ items: [withFile('1', photo)], answer: () => UPLOADED });
		const [item] = await runItems(context);
		expect(item).not.toHaveProperty('binary');
		expect(JSON.stringify(item)).not.toContain(photo.toString('base64').slice(0, 20));
	});

	describe('set to stop', () => {
		it('throws the failure with the lowest index, though a later one came first', async () => {
			const slow = gate();
			const fault = thrownBy({
				items: uploads(6),
				answer: async (options) => {
					if (recordOf(options) === '1001') await slow.opened;
					if (recordOf(options) === '1003') slow.open();
					return ['1001', '1003'].includes(recordOf(options)) ? refusal(400, `CODE_${recordOf(options)}`) : UPLOADED;
				},
			});
			expect(await fault).toBeInstanceOf(NodeApiError);
			expect(await fault).toMatchObject({
				context: { itemIndex: 1, data: { code: 'CODE_1001' } },
				httpCode: '400',
				message: expect.stringContaining('CODE_1001'),
			});
		});

		it('says which file it was and what is in Zoho CRM already', async () => {
			const items = uploads(3);
			items[1] = withFile('1001', Buffer.from('no picture'), 'notes.txt');
			const fault = await thrownBy({ items, parameters: { options: { parallelUploads: 1 } }, answer: () => UPLOADED });
			expect(fault).toMatchObject({
				description: expect.stringMatching(
					/\. It is the 2nd of 3 items: the file 'notes\.txt' for record 1001 of Leads\. Already in Zoho CRM: 'photo\.png' on record 1000\. Not tried: 1 item\.$/,
				),
			});
		});

		it('begins nothing behind the first failure', async () => {
			const { context, requests } = execution({
				goesOn: false,
				items: uploads(50),
				parameters: { options: { parallelUploads: 2 } },
				answer: (options) => (recordOf(options) === '1004' ? refusal(400, 'RECORD_LOCKED') : UPLOADED),
			});
			await expect(runItems(context)).rejects.toThrow('locked');
			expect(requests.length).toBeLessThanOrEqual(6);
		});

		it('sends nothing of what waited for its turn when the first failure came', async () => {
			for (const parallelUploads of [5, 25]) {
				const { context, requests } = execution({
					goesOn: false,
					items: uploads(60),
					parameters: { options: { parallelUploads } },
					answer: (options) => (recordOf(options) === '1000' ? refusal(400, 'RECORD_LOCKED') : UPLOADED),
				});
				await expect(runItems(context)).rejects.toThrow('locked');
				expect(requests.map(recordOf)).toEqual(['1000']);
			}
		});

		it('tries nothing again behind the first failure', async () => {
			const { context, requests } = execution({
				goesOn: false,
				items: uploads(6),
				parameters: { options: { parallelUploads: 6, maxRetries: 4 } },
				answer: (options) => {
					if (recordOf(options) === '1000') return UPLOADED;
					return recordOf(options) === '1001' ? refusal(400, 'RECORD_LOCKED') : refusal(503, 'SERVICE_UNAVAILABLE');
				},
			});
			await expect(runItems(context)).rejects.toThrow('locked');
			expect(new Set(requests.map(recordOf)).size).toBe(requests.length);
		});

		it('throws the cause, not an item that was not tried because of it', async () => {
			const begun: string[] = [];
			const fault = await thrownBy({
				items: uploads(8),
				answer: async (options) => {
					begun.push(recordOf(options));
					if (recordOf(options) === '1000') return UPLOADED;
					return recordOf(options) === '1003'
						? refusal(401, 'OAUTH_SCOPE_MISMATCH')
						: refusal(503, 'SERVICE_UNAVAILABLE');
				},
				parameters: { options: { parallelUploads: 4, maxRetries: 1 } },
			});
			expect(begun).toContain('1003');
			expect(fault).toMatchObject({ context: { itemIndex: 3 }, httpCode: '401' });
		});

		it('throws NodeOperationError for what was found before a call', async () => {
			const fault = await thrownBy({ items: [...uploads(1), { json: { id: 'x' } }], answer: () => UPLOADED });
			expect(fault).toBeInstanceOf(NodeOperationError);
			expect(fault).toMatchObject({
				context: { itemIndex: 1 },
				description: expect.stringContaining('1 to 20 digits'),
			});
		});
	});

	it.each([
		['ids that are none', (n: number) => `bad ${n}`],
		['one record', () => '1000'],
	])('gives the event loop back among 30,000 items of %s, and ends soon after a cancel', async (_, idOf) => {
		const stop = new AbortController();
		const many = Array.from({ length: 30_000 }, (__, n) => ({ json: { id: idOf(n) }, binary: {} }));
		let read = 0;
		const { context } = execution({
			items: many,
			cancelled: stop.signal,
			parameters: {
				recordId: (item: number) => {
					read++;
					// Some work, as an expression of n8n's takes a tenth of a millisecond.
					for (const end = performance.now() + 0.1; performance.now() < end; );
					return { mode: 'id', value: many[item]?.json.id };
				},
			},
			answer: () => UPLOADED,
		});
		let ticks = 0;
		const clock = setInterval(() => ticks++, 5);
		setTimeout(() => stop.abort(), 100);
		await runItems(context);
		clearInterval(clock);
		expect(read).toBeLessThan(10_000);
		expect(ticks).toBeGreaterThan(3);
	});

	it('reads nothing of the items behind the failure that stops a run', async () => {
		const read: number[] = [];
		const { context } = execution({
			items: Array.from({ length: 1000 }, (_, n) => ({ json: { id: n === 2 ? 'bad' : String(1000 + n) }, binary: {} })),
			goesOn: false,
			parameters: {
				operation: 'delete',
				recordId: (item: number) => {
					read.push(item);
					return { mode: 'id', value: item === 2 ? 'bad' : String(1000 + item) };
				},
			},
			answer: () => UPLOADED,
		});
		await expect(runItems(context)).rejects.toThrow("'bad' cannot be the id");
		expect(Math.max(...read)).toBeLessThan(20);
	});

	describe('after a cancel', () => {
		it('begins nothing new, gives what was done, and makes no failures of what was broken off', async () => {
			const stop = new AbortController();
			const loaded: number[] = [];
			const { context, requests, hints } = execution({
				items: uploads(10),
				cancelled: stop.signal,
				parameters: { options: { parallelUploads: 2 } },
				helpers: {
					async getBinaryDataBuffer(item: number): Promise<Buffer> {
						loaded.push(item);
						return numberedPhoto(item);
					},
				},
				answer: async (options) => {
					if (recordOf(options) === '1002') {
						stop.abort();
						throw new Error('aborted');
					}
					return UPLOADED;
				},
			});
			const output = await runItems(context);
			expect(output.map(({ json }) => json.code)).toEqual(output.map(() => 'SUCCESS'));
			expect(output[0]?.json.recordId).toBe('1000');
			expect(requests.length).toBeLessThan(6);
			// Two that were done, two on their way and two made ready.
			expect(loaded.length).toBeLessThanOrEqual(6);
			expect(hints).toEqual([]);
		});

		it('still tells of a photo that arrived at that very moment', async () => {
			const stop = new AbortController();
			const { context } = execution({
				items: uploads(3),
				cancelled: stop.signal,
				answer: () => {
					stop.abort();
					return UPLOADED;
				},
			});
			expect((await runItems(context)).map(({ json }) => json.recordId)).toEqual(['1000']);
		});

		it('throws nothing of what was broken off in a node set to stop', async () => {
			const stop = new AbortController();
			stop.abort();
			expect(await thrownBy({ items: uploads(3), cancelled: stop.signal, answer: () => UPLOADED })).toBeUndefined();
		});
	});

	it("works on items for one record one after another, in their order, whatever the module's case", async () => {
		const order: string[] = [];
		const items = uploads(6).map(({ binary }, n) => ({ json: { id: '7', n }, binary }));
		let running = 0;
		const { context } = execution({
			items,
			parameters: { module: (item: number) => (item % 2 === 0 ? 'Leads' : 'leads') },
			answer: async ({ url }) => {
				expect(++running).toBe(1);
				order.push(url);
				await new Promise((resolve) => setImmediate(resolve));
				running--;
				return UPLOADED;
			},
		});
		expect(await runItems(context)).toHaveLength(6);
		expect(order.map((url) => url.split('/').at(-3))).toEqual(['Leads', 'leads', 'Leads', 'leads', 'Leads', 'leads']);
	});

	it('downloads and deletes by the same loop', async () => {
		const items = [{ json: { id: '1' } }];
		const deleting = execution({
			items,
			parameters: { operation: 'delete' },
			answer: () => zohoAnswer(200, { code: 'SUCCESS', details: {}, message: 'Photo deleted', status: 'success' }),
		});
		expect(await runItems(deleting.context)).toEqual([
			{
				json: {
					module: 'Leads',
					recordId: '1',
					code: 'SUCCESS',
					message: 'Photo deleted',
					status: 'success',
				},
				pairedItem: { item: 0 },
			},
		]);
		for (const operation of ['delete', 'download']) {
			const refusing = execution({ items, parameters: { operation }, answer: () => refusal(400, 'RECORD_LOCKED') });
			expect((await runItems(refusing.context))[0]?.json.error).toMatchObject({ code: 'RECORD_LOCKED', recordId: '1' });
		}
		const none = execution({
			items,
			parameters: { operation: 'download' },
			answer: () => zohoAnswer(204, Buffer.alloc(0)),
		});
		expect((await runItems(none.context))[0]?.json).toEqual({ module: 'Leads', recordId: '1', hasPhoto: false });
	});
});
