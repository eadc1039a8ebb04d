import { BytesInHand, FilesInHand, Hand, type Holder } from '../../../nodes/ZohoCrmPhoto/zoho/calls/inHand';

const MB = 1_000_000;

function holder(): Holder & { cancel(): void } {
	let isCancelled = false;
	return { isCancelled: () => isCancelled, cancel: () => (isCancelled = true) };
}

/** Takes so many files in hand, and writes down whose went on. */
function take(files: FilesInHand, count: number, of: Holder, name: string, order: string[]): void {
	for (let n = 0; n < count; n++) void files.take(of).then(() => order.push(name));
}

async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

describe('files in hand', () => {
	it('are as many as calls may go now, and five more', async () => {
		let calls = 10;
		const files = new FilesInHand(() => calls);
		const order: string[] = [];
		for (let n = 0; n < 60; n++) take(files, 1, holder(), String(n), order);
		await settled();
		expect(order).toHaveLength(15);
		calls = 3;
		for (let n = 0; n < 8; n++) files.give();
		await settled();
		expect(order).toHaveLength(16);
		expect(files.count).toBe(8);
	});

	it('go round the executions, so that one photo does not wait behind a backfill', async () => {
		const files = new FilesInHand(() => 1);
		const order: string[] = [];
		take(files, 400, holder(), 'backfill', order);
		take(files, 1, holder(), 'form', order);
		files.give();
		files.give();
		await settled();
		expect(order.slice(6)).toEqual(['backfill', 'form']);
	});

	it('are not waited for by a cancelled execution', async () => {
		const files = new FilesInHand(() => 1);
		const cancelled = holder();
		const order: string[] = [];
		take(files, 6, holder(), 'other', order);
		take(files, 20, cancelled, 'cancelled', order);
		cancelled.cancel();
		files.next();
		await settled();
		expect(order.filter((name) => name === 'cancelled')).toHaveLength(20);
	});
});

describe('bytes in hand', () => {
	/** A hand of an org that has so many files in hand besides. */
	async function hand(all: BytesInHand, others = 5, of = holder()): Promise<Hand> {
		const files = new FilesInHand(() => 100);
		for (let n = 0; n <= others; n++) await files.take(of);
		return new Hand(files, all, of);
	}

	it('are 150 MB at most, in the order of asking', async () => {
		const all = new BytesInHand();
		const order: number[] = [];
		const hands: Hand[] = [];
		for (let n = 0; n < 20; n++) {
			const one = await hand(all);
			hands.push(one);
			void one.need(9.5 * MB).then(() => order.push(n));
		}
		await settled();
		expect(order).toHaveLength(15);
		hands[0]?.release();
		await settled();
		expect(order).toEqual([...Array(16).keys()]);
		expect(all.total).toBeLessThanOrEqual(150 * MB);
	});

	it('take one file of any size where there is nothing, and one of each org', async () => {
		const all = new BytesInHand();
		await (await hand(all)).need(400 * MB);
		await (await hand(all, 0)).need(10 * MB);
		let isIn = false;
		void (await hand(all)).need(1).then(() => (isIn = true));
		await settled();
		expect(isIn).toBe(false);
	});

	it('count as they arrive where the size was not known, and a second try takes no more', async () => {
		const all = new BytesInHand();
		const one = await hand(all);
		await one.need(0);
		one.hold(2 * MB);
		one.hold(5 * MB);
		await one.need(4 * MB);
		expect(all.total).toBe(5 * MB);
		one.release();
		expect(all.total).toBe(0);
	});

	it('are not waited for by a cancelled execution', async () => {
		const all = new BytesInHand();
		await (await hand(all)).need(150 * MB);
		const cancelled = holder();
		let isIn = false;
		void (await hand(all, 5, cancelled)).need(MB).then(() => (isIn = true));
		cancelled.cancel();
		all.next();
		await settled();
		expect(isIn).toBe(true);
	});
});
