import { Lanes } from '../../nodes/ZohoCrmPhoto/run/lanes';

function lanesOf(keys: Array<string | undefined>): Lanes {
	return new Lanes(keys.length, (item) => keys[item]);
}

/** A worker's take, and what it has come to so far. */
function taking(lanes: Lanes): { got: number | 'none' | 'waiting' } {
	const state: { got: number | 'none' | 'waiting' } = { got: 'waiting' };
	void lanes.take().then((item) => {
		state.got = item ?? 'none';
	});
	return state;
}

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

it('hands out items of different lanes in the input order, however many are taken', async () => {
	const lanes = lanesOf(['a', undefined, 'b', undefined, 'c']);
	const taken = [];
	for (let n = 0; n < 5; n++) taken.push(await lanes.take());
	expect(taken).toEqual([0, 1, 2, 3, 4]);
});

it('never hands out two of one lane at a time', async () => {
	const lanes = lanesOf(['a', 'a', 'b']);
	expect(await lanes.take()).toBe(0);
	expect(await lanes.take()).toBe(2);
	const third = taking(lanes);
	lanes.end(2);
	await settle();
	expect(third.got).toBe('waiting');
	lanes.end(0);
	await settle();
	expect(third.got).toBe(1);
});

it('puts the next of a lane where the input order wants it', async () => {
	const lanes = lanesOf(['a', 'b', 'a', 'c', 'd', 'b']);
	expect([await lanes.take(), await lanes.take()]).toEqual([0, 1]);
	lanes.end(1);
	lanes.end(0);
	expect([await lanes.take(), await lanes.take(), await lanes.take(), await lanes.take()]).toEqual([2, 3, 4, 5]);
});

it('keeps the order of a lane from its first item to its last', async () => {
	const lanes = lanesOf(['a', 'a', 'a', 'a']);
	const taken = [];
	for (let item = await lanes.take(); item !== undefined; item = await lanes.take()) {
		taken.push(item);
		lanes.end(item);
	}
	expect(taken).toEqual([0, 1, 2, 3]);
});

it('takes items without a key for lanes of their own', async () => {
	const lanes = lanesOf([undefined, undefined]);
	expect([await lanes.take(), await lanes.take()]).toEqual([0, 1]);
});

it('tells every waiting worker when there is nothing more to come', async () => {
	const lanes = lanesOf(['a', 'a']);
	await lanes.take();
	const [one, other] = [taking(lanes), taking(lanes)];
	lanes.end(0);
	await settle();
	expect([one.got, other.got]).toEqual([1, 'waiting']);
	lanes.end(1);
	await settle();
	expect(other.got).toBe('none');
	expect(await lanes.take()).toBeUndefined();
});

it('looks at each item once, and not before its turn', async () => {
	const looked: number[] = [];
	const keys = ['a', 'b', 'a', 'c'];
	const lanes = new Lanes(keys.length, (item) => {
		looked.push(item);
		return keys[item];
	});
	await lanes.take();
	expect(looked).toEqual([0]);
	await lanes.take();
	expect(looked).toEqual([0, 1]);
	expect(await lanes.take()).toBe(3);
	expect(looked).toEqual([0, 1, 2, 3]);
	lanes.end(0);
	expect(await lanes.take()).toBe(2);
	expect(looked).toEqual([0, 1, 2, 3]);
});

it('gives a released item out before those that nobody has looked at', async () => {
	const lanes = lanesOf(['a', 'a', 'b', 'b', 'c']);
	expect([await lanes.take(), await lanes.take()]).toEqual([0, 2]);
	lanes.end(2);
	lanes.end(0);
	expect([await lanes.take(), await lanes.take(), await lanes.take()]).toEqual([1, 3, 4]);
});

describe('keys that take their time', () => {
	/** Lanes whose keys are told when a test tells them. */
	function slowLanes(keys: Array<string | undefined>): { lanes: Lanes; tell: (item: number) => Promise<void> } {
		const tellers = new Map<number, () => void>();
		const lanes = new Lanes(
			keys.length,
			async (item) => await new Promise((resolve) => tellers.set(item, () => resolve(keys[item]))),
		);
		return {
			lanes,
			tell: async (item) => {
				tellers.get(item)?.();
				await settle();
			},
		};
	}

	it('hold up the items behind, as one of those may be of the same lane', async () => {
		const { lanes, tell } = slowLanes(['a', 'a', 'b']);
		const workers = [taking(lanes), taking(lanes), taking(lanes)];
		const got = (): unknown[] => workers.map((worker) => worker.got);
		await tell(1);
		await tell(2);
		expect(got()).toEqual(['waiting', 'waiting', 'waiting']);
		await tell(0);
		expect(got()).toEqual([0, 'waiting', 'waiting']);
		await tell(1);
		await tell(2);
		expect([...got()].sort()).toEqual([0, 2, 'waiting']);
		lanes.end(0);
		await settle();
		expect([...got()].sort()).toEqual([0, 1, 2]);
	});

	it('let an item of a known lane start meanwhile', async () => {
		const { lanes, tell } = slowLanes(['a', 'a', 'b']);
		const workers = [taking(lanes), taking(lanes)];
		await tell(0);
		await tell(1);
		expect(workers.map((worker) => worker.got)).toEqual([0, 'waiting']);
		const third = taking(lanes);
		lanes.end(0);
		await settle();
		expect([workers[1]?.got, third.got].sort()).toEqual([1, 'waiting']);
		await tell(2);
		expect([workers[1]?.got, third.got].sort()).toEqual([1, 2]);
	});

	it('end the waiting of all when the last item is done', async () => {
		const { lanes, tell } = slowLanes(['a', 'a']);
		const workers = [taking(lanes), taking(lanes), taking(lanes)];
		await tell(0);
		await tell(1);
		lanes.end(0);
		await settle();
		lanes.end(1);
		await settle();
		expect(workers.map((worker) => worker.got).sort()).toEqual([0, 1, 'none']);
		expect(await lanes.take()).toBeUndefined();
	});
});

it('has nothing for no items', async () => {
	expect(await lanesOf([]).take()).toBeUndefined();
});

it('gives each item out once with many workers and many lanes (seed 7)', async () => {
	let state = 7;
	const draw = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const keys = Array.from({ length: 300 }, () => (draw(4) === 0 ? undefined : `record ${draw(40)}`));
	const lanes = new Lanes(keys.length, (item) => {
		const key = keys[item];
		return draw(2) === 0 ? key : settle().then(() => key);
	});
	const started: number[] = [];
	const busy = new Set<string>();
	const worker = async (): Promise<void> => {
		for (let item = await lanes.take(); item !== undefined; item = await lanes.take()) {
			const key = keys[item];
			started.push(item);
			if (key !== undefined) {
				expect(busy.has(key)).toBe(false);
				busy.add(key);
			}
			for (let turns = draw(5); turns > 0; turns--) await settle();
			if (key !== undefined) busy.delete(key);
			lanes.end(item);
		}
	};
	await Promise.all(Array.from({ length: 12 }, worker));
	expect([...started].sort((a, b) => a - b)).toEqual(keys.map((_, index) => index));
	for (const key of new Set(keys)) {
		if (key === undefined) continue;
		const ofLane = started.filter((item) => keys[item] === key);
		expect(ofLane).toEqual([...ofLane].sort((a, b) => a - b));
	}
});
