import { Turns } from '../../../nodes/ZohoCrmPhoto/zoho/calls/turns';

/** Work that notes when it begins, and ends when it is told to. */
function pieceOf(begun: string[], name: string): { work: () => Promise<string>; end: () => void } {
	let end = (): void => undefined;
	const ended = new Promise<void>((resolve) => {
		end = resolve;
	});
	const work = async (): Promise<string> => {
		begun.push(name);
		await ended;
		return name;
	};
	return { work, end };
}

const soon = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

test('work on the same thing goes one after another, on others beside it', async () => {
	const turns = new Turns();
	const begun: string[] = [];
	const first = pieceOf(begun, 'first');
	const second = pieceOf(begun, 'second');
	const other = pieceOf(begun, 'other');
	const all = [
		turns.take('a', first.work, undefined),
		turns.take('a', second.work, undefined),
		turns.take('b', other.work, undefined),
	];
	await soon();
	expect(begun).toEqual(['first', 'other']);
	first.end();
	await soon();
	expect(begun).toEqual(['first', 'other', 'second']);
	second.end();
	other.end();
	expect(await Promise.all(all)).toEqual(['first', 'second', 'other']);
	await soon();
	expect(turns.size).toBe(0);
});

test('work that throws holds nobody up', async () => {
	const turns = new Turns();
	const thrown = turns.take('a', async () => await Promise.reject(new Error('no')), undefined);
	const next = turns.take('a', async () => await Promise.resolve('next'), undefined);
	await expect(thrown).rejects.toThrow('no');
	expect(await next).toBe('next');
	await soon();
	expect(turns.size).toBe(0);
});

test('a cancel ends the wait for a turn, and whoever comes behind still waits for the work before', async () => {
	const turns = new Turns();
	const begun: string[] = [];
	const stop = new AbortController();
	const first = pieceOf(begun, 'first');
	const given = pieceOf(begun, 'given up');
	const last = pieceOf(begun, 'last');
	const firstTaken = turns.take('a', first.work, undefined);
	const givenUp = turns.take('a', given.work, stop.signal);
	const lastTaken = turns.take('a', last.work, undefined);
	await soon();
	stop.abort();
	await expect(givenUp).rejects.toThrow('cancelled');
	await soon();
	expect(begun).toEqual(['first']);
	first.end();
	last.end();
	expect(await Promise.all([firstTaken, lastTaken])).toEqual(['first', 'last']);
	expect(begun).toEqual(['first', 'last']);
	await soon();
	expect(turns.size).toBe(0);
});

test('work that has begun ends with its result, cancelled or not', async () => {
	const turns = new Turns();
	const stop = new AbortController();
	const piece = pieceOf([], 'done');
	const taken = turns.take('a', piece.work, stop.signal);
	await soon();
	stop.abort();
	piece.end();
	expect(await taken).toBe('done');
});
