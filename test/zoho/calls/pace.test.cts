import type { Turn } from '../../../nodes/ZohoCrmPhoto/zoho/calls/orgPace';
import { Pace } from '../../../nodes/ZohoCrmPhoto/zoho/calls/pace';
import { runPaced } from './simulatedOrg.cts';

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** Asks for many turns and tells how many have come. */
function ask(pace: Pace, count: number): { turns: Turn[] } {
	const turns: Turn[] = [];
	for (let n = 0; n < count; n++) void pace.enter().then((turn) => turns.push(turn));
	return { turns };
}

/** Lets everything happen that is due within so many milliseconds. */
async function pass(milliseconds = 0): Promise<void> {
	await jest.advanceTimersByTimeAsync(milliseconds);
}

/** A pace whose first call has been answered, with nothing in progress. */
async function opened(most: number, cancelled?: AbortSignal): Promise<Pace> {
	const pace = new Pace(most, cancelled);
	pace.succeeded(await pace.enter());
	pace.leave();
	return pace;
}

/** Calls that go well, one after the other. */
async function succeed(pace: Pace, count: number): Promise<void> {
	for (let n = 0; n < count; n++) {
		pace.succeeded(await pace.enter());
		pace.leave();
	}
}

/** How many turns are given at the same time. */
async function height(pace: Pace): Promise<number> {
	const asked = ask(pace, 40);
	await pass();
	const { length } = asked.turns;
	// Given back one by one, which lets the rest through and out.
	for (let n = 0; n < 40; n++) {
		pace.leave();
		await pass();
	}
	return length;
}

/** Meets one 429 and waits until the pause is over. */
async function refuse(pace: Pace, milliseconds = 100): Promise<void> {
	const turn = await pace.enter();
	pace.throttled(turn, milliseconds);
	pace.leave();
	await pass(milliseconds + 200);
}

describe('the first call', () => {
	it('goes alone until it is answered', async () => {
		const pace = new Pace(5, undefined);
		const asked = ask(pace, 5);
		await pass(60_000);
		const [first, ...others] = asked.turns;
		if (first === undefined) throw new Error('The first call had no turn.');
		expect(others).toEqual([]);
		pace.succeeded(first);
		await pass(100);
		expect(asked.turns).toHaveLength(5);
	});

	it('is followed by a call alone as long as none was answered', async () => {
		const pace = new Pace(5, undefined);
		const asked = ask(pace, 3);
		await pass();
		pace.leave();
		await pass();
		expect(asked.turns).toHaveLength(2);
	});

	it('is over when a new token has come', async () => {
		const pace = new Pace(4, undefined);
		const asked = ask(pace, 6);
		await pass();
		pace.open();
		await pass(100);
		expect(asked.turns).toHaveLength(4);
	});

	it('opens once: what comes later does not undo what was learnt since', async () => {
		const pace = await opened(10);
		await refuse(pace);
		pace.open();
		expect(await height(pace)).toBe(5);
	});
});

describe('calls at a time', () => {
	it.each([1, 2, 5, 10])('are at most the %i that the user allows', async (most) => {
		const pace = await opened(most);
		await succeed(pace, 500);
		expect(await height(pace)).toBe(most);
	});

	it('begin at 10 where the user allows more', async () => {
		expect(await height(await opened(25))).toBe(10);
	});

	it('grow by one after a quarter of a round while nothing was ever too much', async () => {
		const pace = await opened(25);
		await succeed(pace, 2);
		expect(await height(pace)).toBe(10);
		await succeed(pace, 1);
		expect(await height(pace)).toBe(11);
		await succeed(pace, 2);
		expect(await height(pace)).toBe(11);
		await succeed(pace, 1);
		expect(await height(pace)).toBe(12);
	});

	it('wait for their turn in the order in which they came', async () => {
		const pace = await opened(1);
		await pace.enter();
		const order: string[] = [];
		for (const name of ['a', 'b', 'c']) void pace.enter().then(() => order.push(name));
		for (let n = 0; n < 3; n++) {
			pace.leave();
			await pass();
		}
		expect(order).toEqual(['a', 'b', 'c']);
	});
});

describe('starts', () => {
	/** When calls begin that ask together, from the first of them, each call taking so long. */
	async function starts(pace: Pace, count: number): Promise<number[]> {
		const asked = ask(pace, count);
		await pass(1000);
		const [first] = asked.turns;
		return asked.turns.map(({ begun }) => begun - (first?.begun ?? 0));
	}

	/** A pace whose first call took so long. */
	async function after(duration: number, most = 10, cancelled?: AbortSignal): Promise<Pace> {
		const pace = new Pace(most, cancelled);
		const turn = await pace.enter();
		await pass(duration);
		pace.succeeded(turn);
		pace.leave();
		return pace;
	}

	it.each([
		[100, 10, [0, 5, 10, 15]],
		[100, 5, [0, 10, 20, 30]],
		[19, 10, [0, 0, 0, 0]],
		[30_000, 10, [0, 10, 20, 30]],
	])('are spread over half of a call of %i ms, %i at a time, 10 ms apart at most', async (duration, most, expected) => {
		expect(await starts(await after(duration, most), 4)).toEqual(expected);
	});

	it('are 10 ms apart after a new token, when no call was answered yet', async () => {
		const pace = new Pace(3, undefined);
		pace.open();
		expect(await starts(pace, 3)).toEqual([0, 10, 20]);
	});

	it('follow the last call that was answered', async () => {
		const pace = await after(1000);
		const turn = await pace.enter();
		await pass(40);
		pace.succeeded(turn);
		pace.leave();
		expect(await starts(pace, 3)).toEqual([0, 2, 4]);
	});

	it('keep the order of the callers, those who come in a gap last', async () => {
		const pace = await after(1000);
		const order: string[] = [];
		for (const name of ['a', 'b', 'c']) void pace.enter().then(() => order.push(name));
		await pass(5);
		void pace.enter().then(() => order.push('d'));
		await pass(100);
		expect(order).toEqual(['a', 'b', 'c', 'd']);
	});

	it('wait for nobody after a cancel', async () => {
		const controller = new AbortController();
		const pace = await after(1000, 10, controller.signal);
		const asked = ask(pace, 12);
		await pass();
		expect(asked.turns).toHaveLength(1);
		controller.abort();
		await pass();
		expect(asked.turns).toHaveLength(12);
	});

	it('stay out of a pause that begins in a gap', async () => {
		const pace = await after(1000);
		const asked = ask(pace, 3);
		await pass();
		for (const first of asked.turns) pace.throttled(first, 500);
		await pass(499);
		expect(asked.turns).toHaveLength(1);
		await pass(50);
		expect(asked.turns).toHaveLength(3);
	});
});

describe('a 429', () => {
	it('makes everybody pause, also those who come later', async () => {
		const pace = await opened(10);
		const turn = await pace.enter();
		pace.throttled(turn, 1000);
		pace.leave();
		const asked = ask(pace, 3);
		await pass(999);
		expect(asked.turns).toHaveLength(0);
		await pass(1);
		expect(asked.turns).toHaveLength(3);
	});

	it('makes the pause longer where a later one asks for more, never shorter', async () => {
		const pace = await opened(10);
		const [first, second, third] = [await pace.enter(), await pace.enter(), await pace.enter()];
		pace.throttled(first, 1000);
		await pass(500);
		pace.throttled(second, 2000);
		pace.throttled(third, 100);
		for (let n = 0; n < 3; n++) pace.leave();
		const asked = ask(pace, 1);
		await pass(1999);
		expect(asked.turns).toHaveLength(0);
		await pass(1);
		expect(asked.turns).toHaveLength(1);
	});

	it.each([
		[10, 5],
		[5, 2],
		[2, 1],
		[1, 1],
	])('halves %i calls at a time to %i', async (most, half) => {
		const pace = await opened(most);
		await refuse(pace);
		expect(await height(pace)).toBe(half);
	});

	it('of calls that went out together leaves as many as were served', async () => {
		const pace = await opened(10);
		const turns = await Promise.all(Array.from({ length: 10 }, async () => await pace.enter()));
		turns.forEach((turn, n) => {
			if (n < 4) pace.throttled(turn, 100);
			else pace.succeeded(turn);
			pace.leave();
		});
		await pass(200);
		expect(await height(pace)).toBe(6);
	});

	it('of all calls that went out together leaves one', async () => {
		const pace = await opened(10);
		const turns = await Promise.all(Array.from({ length: 10 }, async () => await pace.enter()));
		for (const turn of turns) {
			pace.throttled(turn, 100);
			pace.leave();
		}
		await pass(200);
		expect(await height(pace)).toBe(1);
	});

	it('halves again for a call that went out after it', async () => {
		const pace = await opened(10);
		await refuse(pace);
		await refuse(pace);
		expect(await height(pace)).toBe(2);
	});

	it('of the first call lets one call go at a time until two have gone well', async () => {
		const pace = new Pace(10, undefined);
		await refuse(pace);
		await succeed(pace, 1);
		expect(await height(pace)).toBe(1);
		await succeed(pace, 1);
		expect(await height(pace)).toBe(2);
	});

	it('is followed by one call more for each round that goes well, up to where it was too much', async () => {
		const pace = await opened(10);
		await refuse(pace);
		await succeed(pace, 4);
		expect(await height(pace)).toBe(5);
		await succeed(pace, 1);
		expect(await height(pace)).toBe(6);
		await succeed(pace, 5);
		expect(await height(pace)).toBe(6);
		await succeed(pace, 1 + 7 + 8);
		expect(await height(pace)).toBe(9);
	});

	it('counts no success of a call that went out before it', async () => {
		const pace = await opened(10);
		const turns = await Promise.all(Array.from({ length: 10 }, async () => await pace.enter()));
		for (const first of turns.slice(0, 3)) pace.throttled(first, 100);
		for (const turn of turns) {
			pace.succeeded(turn);
			pace.leave();
		}
		await pass(200);
		expect(await height(pace)).toBe(7);
	});

	it('forgets the successes that came before it', async () => {
		const pace = await opened(10);
		await refuse(pace);
		await succeed(pace, 4);
		await refuse(pace);
		await succeed(pace, 1);
		expect(await height(pace)).toBe(2);
	});

	it('is tried again at its height after two rounds of two below it, then after four, at last after sixteen', async () => {
		const pace = await opened(3);
		await refuse(pace);
		// One at a time, and two after a round, as three was too much.
		await succeed(pace, 1);
		for (const rounds of [2, 4, 8, 16, 16]) {
			await succeed(pace, 2 * rounds - 1);
			expect(await height(pace)).toBe(2);
			await succeed(pace, 1);
			expect(await height(pace)).toBe(3);
			await refuse(pace);
			await succeed(pace, 1);
		}
	});

	it('at another height is tried again after as many rounds as calls', async () => {
		const pace = await opened(5);
		await refuse(pace);
		await succeed(pace, 2 + 3 + 16);
		await refuse(pace);
		expect(await height(pace)).toBe(2);
		// Five was too much twice: eight rounds of four. Then four is, for the first time.
		await succeed(pace, 2 + 3);
		await refuse(pace);
		await succeed(pace, 2 + 8);
		expect(await height(pace)).toBe(3);
		await succeed(pace, 1);
		expect(await height(pace)).toBe(4);
	});

	it('is forgotten when a round at its height goes well', async () => {
		const pace = await opened(8);
		await refuse(pace);
		await refuse(pace);
		await refuse(pace);
		expect(await height(pace)).toBe(1);
		// Two rounds of one, then a round of two, and from there a quarter of a round for each more.
		await succeed(pace, 2 + 2 + 1);
		expect(await height(pace)).toBe(4);
		await succeed(pace, 1 + 2 + 2);
		expect(await height(pace)).toBe(7);
	});
});

describe('a cancel', () => {
	it('lets everybody through who waits for a turn', async () => {
		const controller = new AbortController();
		const pace = new Pace(5, controller.signal);
		const asked = ask(pace, 8);
		await pass();
		expect(asked.turns).toHaveLength(1);
		controller.abort();
		await pass();
		expect(asked.turns).toHaveLength(8);
	});

	it('lets everybody through who sits out a pause, and who comes later', async () => {
		const controller = new AbortController();
		const pace = await opened(5, controller.signal);
		const turn = await pace.enter();
		pace.throttled(turn, 600_000);
		const asked = ask(pace, 3);
		await pass(50);
		expect(asked.turns).toHaveLength(0);
		controller.abort();
		await pass();
		expect(asked.turns).toHaveLength(3);
		expect((await Promise.all([pace.enter(), pace.enter()])).length).toBe(2);
	});
});

describe('with an org that takes fewer calls than the user allows', () => {
	it.each([
		[5, 25, 0],
		[5, 25, 200],
		[5, 10, 200],
		[3, 25, 200],
		[1, 5, 0],
	])(
		'%i of %i, refused after %i ms: done within 1.3 times the ideal, under 10 %% refused',
		async (cap, most, after) => {
			const rules = { cap, latency: 200, refusalLatency: after };
			const { milliseconds, refusals, calls } = await runPaced(new Pace(most, undefined), 200, most, rules);
			expect(calls - refusals).toBe(200);
			expect(milliseconds).toBeLessThan(1.3 * Math.ceil(200 / cap) * 200);
			expect(refusals / calls).toBeLessThan(0.1);
			expect(refusals).toBeGreaterThan(0);
		},
	);

	it('takes the whole allowance, without one refusal, where both agree', async () => {
		const run = await runPaced(new Pace(10, undefined), 200, 10, { cap: 10, latency: 200 });
		expect(run).toMatchObject({ refusals: 0, peak: 10 });
		// 21 rounds, and the starts of the second one spread over half of a call.
		expect(run.milliseconds).toBeGreaterThanOrEqual(4200);
		expect(run.milliseconds).toBeLessThanOrEqual(4300);
		expect(run.heights.slice(0, 2)).toEqual([1, 1]);
	});

	it('reaches 25 at a time where the org takes them', async () => {
		const run = await runPaced(new Pace(25, undefined), 200, 25, { cap: 25, latency: 200 });
		expect(run).toMatchObject({ refusals: 0, peak: 25 });
	});
});
