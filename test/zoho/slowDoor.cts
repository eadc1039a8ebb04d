import { ZohoClient, type ZohoRequest } from '../../nodes/ZohoCrmPhoto/zoho/calls/client';
import { Pace } from '../../nodes/ZohoCrmPhoto/zoho/calls/pace';
import { ScriptedDoor } from './door.cts';

/** The upload of a photo to a lead. */
const UPLOAD: ZohoRequest = {
	task: 'upload',
	address: { module: 'Leads', recordId: '1' },
	method: 'POST',
	path: '/Leads/1/photo',
	expects: 'envelope',
	apiVersion: 'v8',
	maxRetries: 4,
	waitAtMost: 900_000,
	timeout: 120_000,
};

/** A door at which each request takes 200 ms, and the most requests that were in progress there by number of request. */
export class SlowDoor extends ScriptedDoor {
	readonly inProgress: number[] = [];
	private open = 0;

	override async request(...call: Parameters<ScriptedDoor['request']>): Promise<unknown> {
		this.inProgress.push(++this.open);
		const answer = await super.request(...call);
		await new Promise((resolve) => setTimeout(resolve, 200));
		this.open--;
		return answer;
	}
}

/** Sends so many uploads at once, with up to ten in progress, and gives the codes of those that were refused. */
export async function sendAll(door: ScriptedDoor, count: number): Promise<string[]> {
	const client = new ZohoClient(door, new Pace(10, undefined));
	const sent = Promise.all(Array.from({ length: count }, async () => await client.send(UPLOAD)));
	await jest.advanceTimersByTimeAsync(60_000);
	return (await sent).flatMap((outcome) => (outcome.ok ? [] : [outcome.failure.code]));
}
