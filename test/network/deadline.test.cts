import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Late, within } from '../../nodes/ZohoCrmPhoto/network/deadline';

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

test('work that ends in time gives its result or its fault, and leaves no timer behind', async () => {
	await expect(within(60_000, Promise.resolve(7))).resolves.toBe(7);
	await expect(within(60_000, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
	await jest.advanceTimersByTimeAsync(110);
	expect(jest.getTimerCount()).toBe(0);
});

/** Collects what nothing holds. */
function collectGarbage(): void {
	setFlagsFromString('--expose-gc');
	const collect: () => void = runInNewContext('gc');
	collect();
}

test('what was answered is held no longer than its receiver holds it, though the timer goes on', async () => {
	const answered = async (): Promise<WeakRef<object>> => new WeakRef(await within(60_000, Promise.resolve({})));
	const answer = await answered();
	// A weak reference holds its object to the end of the turn that made it.
	await jest.advanceTimersByTimeAsync(1);
	collectGarbage();
	expect(jest.getTimerCount()).toBe(1);
	expect(answer.deref()).toBeUndefined();
});

test('calls that are waited for at a time end each at its own time', async () => {
	const given: number[] = [];
	const waits = [300, 700, 500].map(async (time) => {
		await within(time, new Promise(() => undefined)).catch(() => given.push(time));
	});
	const answered = within(400, new Promise((resolve) => setTimeout(resolve, 350, 'answer')));
	await jest.advanceTimersByTimeAsync(450);
	await expect(answered).resolves.toBe('answer');
	expect(given).toEqual([300]);
	await jest.advanceTimersByTimeAsync(350);
	await Promise.all(waits);
	expect(given).toEqual([300, 500, 700]);
	expect(jest.getTimerCount()).toBe(0);
});

test('work that does not is given up when the time is up', async () => {
	const seen: unknown[] = [];
	const waiting = within(1700, new Promise(() => undefined)).catch((fault: unknown) => seen.push(fault));
	await jest.advanceTimersByTimeAsync(1690);
	expect(seen).toEqual([]);
	await jest.advanceTimersByTimeAsync(20);
	await waiting;
	expect(seen[0]).toBeInstanceOf(Late);
	expect(seen[0]).toMatchObject({ code: 'ETIMEDOUT', message: 'timeout of 1700 ms exceeded' });
});

test('work that fails after its time disturbs nobody', async () => {
	let fail: (fault: Error) => void = () => undefined;
	const work = new Promise<never>((_, reject) => (fail = reject));
	const waiting = within(100, work).catch((fault: unknown) => fault);
	await jest.advanceTimersByTimeAsync(200);
	expect(await waiting).toBeInstanceOf(Late);
	fail(new Error('too late'));
	await jest.advanceTimersByTimeAsync(1);
});
