import { connectionKey } from '../../../nodes/ZohoCrmPhoto/zoho/account/connectionKey';
import { readConnection, type Connection } from '../../../nodes/ZohoCrmPhoto/zoho/account/connection';
import type { Turn } from '../../../nodes/ZohoCrmPhoto/zoho/calls/orgPace';
import { Orgs } from '../../../nodes/ZohoCrmPhoto/zoho/calls/orgs';
import { Pace } from '../../../nodes/ZohoCrmPhoto/zoho/calls/pace';

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** What a credential with such tokens says. */
function connection(refreshToken: string, more: object = {}): Connection {
	const read = readConnection({
		dataCenter: 'zoho.com',
		clientId: '1000.CLIENT',
		oauthTokenData: {
			access_token: '1000.access',
			refresh_token: refreshToken,
			api_domain: 'https://www.zohoapis.com',
			...more,
		},
	});
	if (!read.ok) throw new Error(read.failure.message);
	return read.value;
}

/** An execution's part in the pace of a connection. */
function pace(orgs: Orgs, most = 5, cancelled?: AbortSignal, of = connection('one')): Pace {
	const own = new Pace(most, cancelled);
	own.join(orgs.of(of).pace);
	return own;
}

/** Asks for so many turns; the names of those who have one are written down in order. */
function ask(own: Pace, count: number, order: string[], name: string): Turn[] {
	const turns: Turn[] = [];
	for (let n = 0; n < count; n++) {
		void own.enter().then((turn) => {
			turns.push(turn);
			order.push(name);
		});
	}
	return turns;
}

async function pass(milliseconds = 200): Promise<void> {
	await jest.advanceTimersByTimeAsync(milliseconds);
}

describe('the files of an org', () => {
	it('are got ready as soon as it is known that the credential works, before the first call has ended', async () => {
		const orgs = new Orgs();
		const { files } = orgs.of(connection('one'));
		const own = pace(orgs, 10);
		const ready: number[] = [];
		const holder = { isCancelled: () => false };
		for (let n = 0; n < 20; n++) void files.take(holder).then(() => ready.push(n));
		ask(own, 20, [], '');
		await pass();
		// The first call goes alone, and five files wait beside its own.
		expect(ready).toHaveLength(6);
		own.open();
		await pass();
		expect(ready).toHaveLength(15);
	});
});

describe('the key of a connection', () => {
	it('holds no secret, and is the same after a renewal of the access token', () => {
		const key = connectionKey(connection('1000.refresh'));
		expect(key).toMatch(/^[0-9a-f]{64}$/);
		expect(connectionKey(connection('1000.refresh', { access_token: '1000.later' }))).toBe(key);
	});

	it('is another one for another refresh token, data center or client, and for a token that cannot be renewed', () => {
		const keys = [
			connection('a'),
			connection('b'),
			connection('a', { api_domain: 'https://www.zohoapis.eu' }),
			connection('', { access_token: '1000.x' }),
			connection('', { access_token: '1000.y' }),
		].map(connectionKey);
		expect(new Set(keys).size).toBe(5);
	});
});

describe('executions of one connection', () => {
	it('share the calls at a time', async () => {
		const orgs = new Orgs();
		const order: string[] = [];
		const first = pace(orgs);
		first.open();
		for (let n = 0; n < 12; n++) ask(pace(orgs), 1, order, String(n));
		await pass();
		expect(order).toHaveLength(10);
	});

	it('share what one of them learnt from a 429', async () => {
		const orgs = new Orgs();
		const order: string[] = [];
		const first = pace(orgs, 10);
		first.open();
		const turns = ask(first, 10, [], 'x');
		await pass();
		const [turn] = turns;
		if (turn === undefined) throw new Error('No turn came.');
		first.throttled(turn, 1000);
		for (let n = 0; n < 10; n++) first.leave();
		for (let n = 0; n < 12; n++) ask(pace(orgs), 1, order, String(n));
		await pass(900);
		expect(order).toEqual([]);
		await pass(400);
		expect(order).toHaveLength(9);
	});

	it('take turns, so that one photo does not wait behind a backfill', async () => {
		const orgs = new Orgs();
		const order: string[] = [];
		const backfill = pace(orgs, 25);
		backfill.open();
		ask(backfill, 400, order, 'backfill');
		await pass();
		expect(order).toHaveLength(10);
		ask(pace(orgs), 1, order, 'form');
		backfill.leave();
		backfill.leave();
		await pass();
		expect(order.slice(10)).toContain('form');
	});

	it('have no more calls in progress than each allows', async () => {
		const orgs = new Orgs();
		const order: string[] = [];
		const one = pace(orgs, 2);
		one.open();
		ask(one, 5, order, 'one');
		ask(pace(orgs, 3), 5, order, 'other');
		await pass();
		expect(order.filter((name) => name === 'one')).toHaveLength(2);
		expect(order.filter((name) => name === 'other')).toHaveLength(3);
	});

	it('go on when one of them is cancelled in a pause, which lets its own callers through alone', async () => {
		const orgs = new Orgs();
		const order: string[] = [];
		const stop = new AbortController();
		const cancelled = pace(orgs, 5, stop.signal);
		const other = pace(orgs);
		cancelled.open();
		cancelled.throttled(await cancelled.enter(), 5000);
		cancelled.leave();
		ask(cancelled, 3, order, 'cancelled');
		ask(other, 1, order, 'other');
		stop.abort();
		await pass(100);
		expect(order).toEqual(['cancelled', 'cancelled', 'cancelled']);
		for (let n = 0; n < 3; n++) cancelled.leave();
		await pass(6000);
		expect(order).toContain('other');
	});

	it('leave no timer behind when nobody waits any more', async () => {
		const orgs = new Orgs();
		const stop = new AbortController();
		const own = pace(orgs, 5, stop.signal);
		own.throttled(await own.enter(), 600_000);
		own.leave();
		ask(own, 1, [], 'x');
		stop.abort();
		await pass(200);
		expect(jest.getTimerCount()).toBe(0);
	});
});

describe('what is kept of connections', () => {
	it('is apart for each of them', () => {
		const orgs = new Orgs();
		expect(orgs.of(connection('one')).pace).toBe(orgs.of(connection('one')).pace);
		expect(orgs.of(connection('one')).pace).not.toBe(orgs.of(connection('two')).pace);
	});

	it('goes after five minutes without use, unless somebody still calls', async () => {
		const orgs = new Orgs();
		orgs.of(connection('idle'));
		await pace(orgs, 5, undefined, connection('busy')).enter();
		await pass(300_001);
		orgs.of(connection('new'));
		expect(orgs.size).toBe(2);
	});

	it('is of a hundred connections at most', () => {
		const orgs = new Orgs();
		for (let n = 0; n < 1000; n++) orgs.of(connection(`token ${n}`));
		expect(orgs.size).toBeLessThanOrEqual(100);
	});
});
