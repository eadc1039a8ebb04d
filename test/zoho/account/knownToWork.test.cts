import { tokenOf } from '../door.cts';
import { answerOf, refusalBody } from '../samples.cts';
import { sendAll, SlowDoor } from '../slowDoor.cts';

const SUCCESS = answerOf(200, { code: 'SUCCESS', status: 'success' });
const EXPIRED = answerOf(401, refusalBody('INVALID_TOKEN', 'invalid oauth token'));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

beforeEach(() => {
	jest.useFakeTimers();
});
afterEach(() => {
	jest.useRealTimers();
});

/** A door whose credential says that its token serves for so many milliseconds, as n8n 2.41 notes it. */
function doorWithTokenFor(milliseconds: number, answer: ConstructorParameters<typeof SlowDoor>[0]): SlowDoor {
	const door = new SlowDoor(answer);
	door.store({ n8n_expires_at: String(Date.now() + milliseconds) });
	return door;
}

it.each([HOUR, MINUTE + 1])('goes out with ten at a time with a token that serves for %i ms', async (left) => {
	const door = doorWithTokenFor(left, () => SUCCESS);
	expect(await sendAll(door, 30)).toEqual([]);
	expect(door.inProgress.slice(0, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]);
});

it.each([MINUTE, 0, -HOUR, HOUR + 1, NaN])('goes out alone with a token of which n8n has noted %i ms', async (left) => {
	const door = doorWithTokenFor(left, () => SUCCESS);
	expect(await sendAll(door, 30)).toEqual([]);
	expect(door.inProgress.slice(0, 3)).toEqual([1, 1, 2]);
});

it.each([[''], ['ZohoCRM.modules.READ'], ['ZohoCRM.modules.contacts.CREATE']])(
	'goes out alone with the granted scopes %j, which do not reach',
	async (scope) => {
		const door = doorWithTokenFor(HOUR, () => SUCCESS);
		door.store({ scope });
		expect(await sendAll(door, 30)).toEqual([]);
		expect(door.inProgress.slice(0, 3)).toEqual([1, 1, 2]);
	},
);

it('shares one renewal with the calls beside it where the token was revoked before its time', async () => {
	const door = doorWithTokenFor(HOUR, (_, __, token) => (token === tokenOf(1) ? EXPIRED : SUCCESS));
	expect(await sendAll(door, 30)).toEqual([]);
	expect(door.renewals).toBe(1);
	expect(door.requests).toHaveLength(40);
});
