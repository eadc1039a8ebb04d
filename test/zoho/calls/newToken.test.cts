import { tokenOf } from '../door.cts';
import { answerOf, refusalBody } from '../samples.cts';
import { sendAll, SlowDoor } from '../slowDoor.cts';

const SUCCESS = answerOf(200, {
	code: 'SUCCESS',
	details: {},
	message: 'photo uploaded successfully',
	status: 'success',
});
const EXPIRED = answerOf(401, refusalBody('INVALID_TOKEN', 'invalid oauth token'));

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

it('ends the time of the first call alone, so that a run with an expired token loses two answers and no third', async () => {
	const door = new SlowDoor((_, __, token) => (token === tokenOf(1) ? EXPIRED : SUCCESS));
	expect(await sendAll(door, 30)).toEqual([]);
	expect(door.inProgress.slice(0, 12)).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10]);
	expect(door.renewals).toBe(1);
});

it.each([
	['', [1, 1, 1, 2]],
	['ZohoCRM.modules.READ', [1, 1, 1, 2]],
	['ZohoCRM.modules.contacts.CREATE', [1, 1, 1, 2]],
	['ZohoCRM.modules.leads.CREATE', [1, 1, 2, 3]],
])('with the scopes %j, calls in progress at its first calls are %j', async (scope, expected) => {
	const door = new SlowDoor((_, __, token) => (token === tokenOf(1) ? EXPIRED : SUCCESS));
	door.store({ scope });
	expect(await sendAll(door, 30)).toEqual([]);
	expect(door.inProgress.slice(0, 4)).toEqual(expected);
});

it('does not end it by the scopes that the credential asks for, which Zoho need not have granted', async () => {
	const door = new SlowDoor((_, __, token) => (token === tokenOf(1) ? EXPIRED : SUCCESS));
	door.store({ scope: '' });
	door.stored.scope = 'ZohoCRM.modules.CREATE';
	expect(await sendAll(door, 30)).toEqual([]);
	expect(door.inProgress.slice(0, 4)).toEqual([1, 1, 1, 2]);
});

it('is not renewed again when Zoho takes it for no call, however many find that out', async () => {
	const door = new SlowDoor(() => EXPIRED);
	const refused = await sendAll(door, 30);
	expect(refused).toHaveLength(30);
	expect(refused.filter((code) => code === 'NOT_ATTEMPTED')).toHaveLength(20);
	expect(door.renewals).toBe(1);
	expect(door.requests).toHaveLength(11);
});

it('is renewed in its turn when it has served and runs out', async () => {
	let served = 0;
	const door = new SlowDoor((_, __, token) => {
		if (token === tokenOf(1)) return EXPIRED;
		return token !== tokenOf(2) || ++served <= 15 ? SUCCESS : EXPIRED;
	});
	expect(await sendAll(door, 30)).toEqual([]);
	expect(door.renewals).toBe(2);
});
