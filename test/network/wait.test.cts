import { wait } from '../../nodes/ZohoCrmPhoto/network/wait';

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** Whether a wait is over after each of the given milliseconds. */
async function overAfter(waiting: Promise<void>, ...milliseconds: number[]): Promise<boolean[]> {
	let over = false;
	void waiting.then(() => {
		over = true;
	});
	const seen: boolean[] = [];
	let passed = 0;
	for (const at of milliseconds) {
		await jest.advanceTimersByTimeAsync(at - passed);
		passed = at;
		seen.push(over);
	}
	return seen;
}

it.each([1, 99, 100, 101, 2550])('lasts %i ms', async (milliseconds) => {
	const seen = await overAfter(wait(milliseconds, undefined), milliseconds - 1, milliseconds);
	expect(seen).toEqual([false, true]);
});

it.each([0, -5])('is none for %i ms', async (milliseconds) => {
	await wait(milliseconds, undefined);
	expect(jest.getTimerCount()).toBe(0);
});

it('ends at once with a cancel, and leaves no timer longer than a tenth of a second', async () => {
	const controller = new AbortController();
	const waiting = wait(600_000, controller.signal);
	expect(await overAfter(waiting, 1234)).toEqual([false]);
	controller.abort();
	expect(await overAfter(waiting, 0)).toEqual([true]);
	await jest.advanceTimersByTimeAsync(100);
	expect(jest.getTimerCount()).toBe(0);
});

it('is none after a cancel', async () => {
	await wait(1000, AbortSignal.abort());
	expect(jest.getTimerCount()).toBe(0);
});

it('leaves no listener on the signal', async () => {
	const { signal } = new AbortController();
	const added = jest.spyOn(signal, 'addEventListener');
	const removed = jest.spyOn(signal, 'removeEventListener');
	expect(await overAfter(wait(1000, signal), 1000)).toEqual([true]);
	expect(added).toHaveBeenCalledTimes(1);
	expect(removed.mock.calls[0]?.[1]).toBe(added.mock.calls[0]?.[1]);
});
