import { Pace } from '../../../nodes/ZohoCrmPhoto/zoho/calls/pace';
import { ZohoClient } from '../../../nodes/ZohoCrmPhoto/zoho/calls/client';
import { ExistingPhotos } from '../../../nodes/ZohoCrmPhoto/zoho/records/existingPhotos';
import { ScriptedDoor } from '../door.cts';
import { answerOf } from '../samples.cts';

const SETTINGS = { apiVersion: 'v8', maxRetries: 0, waitAtMost: 0, timeout: 1000 };
const lead = (recordId: string) => ({ module: 'Leads', recordId });
const LEADS = ['1', '2', '3'].map(lead);

/** Photos of leads of which those with odd ids have one, and the ids that each call was for. */
function existing(): { photos: ExistingPhotos; calls: string[]; has: (id: string) => Promise<unknown> } {
	const calls: string[] = [];
	const door = new ScriptedDoor((_, { url, qs }) => {
		const ids = String(qs?.ids ?? new URL(url).pathname.split('/').at(-1));
		calls.push(ids);
		const data = ids.split(',').map((id) => ({ id, Record_Image: Number(id) % 2 === 1 ? 'siwz7' : null }));
		return answerOf(200, { data });
	});
	const photos = new ExistingPhotos(new ZohoClient(door, new Pace(5, undefined)));
	const has = async (id: string): Promise<unknown> => {
		const next = LEADS.slice(LEADS.findIndex(({ recordId }) => recordId === id) + 1);
		const outcome = await photos.has(lead(id), async () => await Promise.resolve(next), SETTINGS);
		return outcome.ok && outcome.value;
	};
	return { photos, calls, has };
}

afterEach(() => jest.restoreAllMocks());

test('one call is for those who ask at the same time, whoever is first', async () => {
	const { calls, has } = existing();
	expect(await Promise.all(['1', '3', '2'].map(has))).toEqual([true, true, false]);
	expect(calls).toEqual(['1,2,3']);
});

test('what was told counts for a minute', async () => {
	const { calls, has } = existing();
	let now = 1_000_000;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	await has('1');
	now += 59_000;
	await has('2');
	expect(calls).toEqual(['1,2,3']);
	now += 2000;
	await has('2');
	expect(calls).toEqual(['1,2,3', '2,3']);
});

test('what the run did to a record counts at once', async () => {
	const { photos, calls, has } = existing();
	expect(await has('1')).toBe(true);
	photos.changed(lead('2'), true);
	expect(await has('2')).toBe(true);
	photos.changed(lead('3'), undefined);
	expect(await has('3')).toBe(true);
	expect(calls).toEqual(['1,2,3', '3']);
});

test('a record that nobody asked for is not kept in mind', async () => {
	const { photos, calls, has } = existing();
	photos.changed(lead('2'), true);
	expect(await has('2')).toBe(false);
	expect(calls).toEqual(['2,3']);
});
