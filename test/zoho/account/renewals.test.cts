import { Renewals } from '../../../nodes/ZohoCrmPhoto/zoho/account/renewals';
import { Token } from '../../../nodes/ZohoCrmPhoto/zoho/account/token';
import { ScriptedDoor, tokenOf } from '../door.cts';

const ONCE = { timeout: 5000, maxRetries: 0 };

/** One credential's store, and executions that each see it through a door of their own. */
function executions(count: number, onRenewal: (store: ScriptedDoor) => Promise<void> | void) {
	const store = new ScriptedDoor(() => new Error('No request is due.'));
	const renewals = new Renewals();
	const doors = Array.from({ length: count }, () => {
		const door = new ScriptedDoor(() => new Error('No request is due.'));
		door.credential = async () => await store.credential();
		door.onRenewal = async () => {
			await new Promise((resolve) => setTimeout(resolve, 5));
			await onRenewal(store);
		};
		return door;
	});
	const tokens = doors.map((door) => new Token(door, renewals));
	const asked = (): number => doors.reduce((sum, door) => sum + door.renewals, 0);
	return { store, doors, tokens, asked };
}

async function renewed(token: Token) {
	const read = await token.connection();
	if (!read.ok) throw new Error(read.failure.message);
	return await token.renewed(read.value, ONCE);
}

test('executions at the same time ask once, and all have the new token', async () => {
	const { tokens, asked } = executions(25, (store) => store.store({ access_token: tokenOf(2) }));
	const outcomes = await Promise.all(tokens.map(renewed));
	expect(asked()).toBe(1);
	for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: true, connection: { accessToken: tokenOf(2) } });
});

test('a refusal is told to all, and not asked for again for a minute', async () => {
	jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
	const { tokens, doors, asked } = executions(25, (store) => store.store({ error: 'Access Denied' }));
	const [first, ...others] = tokens;
	const outcomes = await Promise.all(others.map(renewed));
	expect(asked()).toBe(1);
	for (const outcome of outcomes)
		expect(outcome).toMatchObject({ ok: false, failure: { code: 'CREDENTIAL_NOT_CONNECTED' } });
	jest.advanceTimersByTime(60_001);
	if (first !== undefined) await renewed(first);
	expect(asked()).toBe(2);
	expect(doors).toHaveLength(25);
	jest.useRealTimers();
});

test('a token that another process has stored is taken also after a refusal', async () => {
	const { tokens, store } = executions(3, () => {
		// Another process was given a token, which this process's request pushed against Zoho's limit.
		store.store({ access_token: tokenOf(7) });
		throw Object.assign(new Error('x'), { body: { error: 'Access Denied' } });
	});
	for (const outcome of await Promise.all(tokens.map(renewed))) {
		expect(outcome).toMatchObject({ ok: true, connection: { accessToken: tokenOf(7) } });
	}
});

test('a cancelled execution leaves at once, and no second request goes out beside its own', async () => {
	const { tokens, doors, asked } = executions(2, (store) => store.store({ access_token: tokenOf(2) }));
	const [one, other] = tokens;
	const stop = new AbortController();
	if (one === undefined || other === undefined || doors[0] === undefined) throw new Error('Two executions are there.');
	doors[0].cancelled = stop.signal;
	const cancelled = renewed(one);
	await new Promise((resolve) => setTimeout(resolve, 1));
	const waiting = renewed(other);
	stop.abort();
	expect((await cancelled).ok).toBe(false);
	expect(await waiting).toMatchObject({ ok: true, fresh: false, connection: { accessToken: tokenOf(2) } });
	expect(asked()).toBe(1);
});
