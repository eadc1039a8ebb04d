import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { Client } from '../calls/client.cts';
import { inWords, isDone, isObject, rowsOf } from '../calls/words.cts';

/** The one record that a run makes and works on. */
export interface OwnLead {
	id: string;
	/** Its last name. */
	name: string;
}

/** A company with what a query has to escape. */
export const COMPANY = `O'Photo "Check" Ltd`;

/** Milliseconds between two tries to delete the lead. */
const deleteWaits = [500, 2000, 5000, 10_000];

/** A name that nobody takes for a person, and no other run has. */
export function leadName(): string {
	return `n8n photo check ${randomBytes(4).toString('hex')} (delete me)`;
}

/**
 * Makes the lead, without starting workflows.
 * @param fields what the org wants of every lead beside name and company
 * @throws Error when it was refused; a lead that was made although no answer came is looked for and deleted
 */
export async function makeLead(
	client: Client,
	name: string,
	fields: Readonly<Record<string, string>> = {},
): Promise<OwnLead> {
	const record = { ...fields, Last_Name: name, Company: COMPANY };
	const made = await client
		.always({
			method: 'POST',
			path: '/crm/v8/Leads',
			headers: { 'content-type': 'application/json' },
			body: Buffer.from(JSON.stringify({ data: [record], trigger: [] })),
		})
		.catch((reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))));
	const details = made instanceof Error ? undefined : rowsOf(made)[0]?.details;
	const id = isObject(details) ? details.id : undefined;
	if (!(made instanceof Error) && isDone(made) && typeof id === 'string' && /^\d{1,20}$/.test(id)) return { id, name };

	const found = await idsByName(client, name);
	for (const lost of found) await deleteLead(client, { id: lost, name });
	const field = isObject(details) && typeof details.api_name === 'string' ? ` (${details.api_name}: see --field)` : '';
	const why = made instanceof Error ? made.message : `${inWords(made)}${field}`;
	throw new Error(`The lead was not made (${why}). Nothing was asked, and nothing is left behind.`);
}

/**
 * Deletes the lead, with up to five tries.
 * @returns false when it may still be there
 */
export async function deleteLead(client: Client, lead: OwnLead): Promise<boolean> {
	for (let turn = 0; ; turn++) {
		const call = { method: 'DELETE', path: `/crm/v8/Leads?ids=${lead.id}&wf_trigger=false` };
		const answer = await client.always(call).catch(() => undefined);
		if (answer && isDone(answer)) return true;
		// A try whose answer was lost has deleted it: then it is as unknown as an id that never was.
		if (turn > 0 && answer && rowsOf(answer)[0]?.code === 'INVALID_DATA') return true;
		const wait = deleteWaits[turn];
		if (wait === undefined) return false;
		await pause(wait);
	}
}

/** Ids of the leads with this very name; none when that cannot be told. */
async function idsByName(client: Client, name: string): Promise<string[]> {
	const query = `select id from Leads where Last_Name = '${name}' limit 2`;
	const answer = await client
		.always({
			method: 'POST',
			path: '/crm/v8/coql',
			headers: { 'content-type': 'application/json' },
			body: Buffer.from(JSON.stringify({ select_query: query })),
		})
		.catch(() => undefined);
	return answer ? rowsOf(answer).flatMap(({ id }) => (typeof id === 'string' ? [id] : [])) : [];
}
