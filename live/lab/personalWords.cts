import type { Client } from '../calls/client.cts';
import { isObject, rowsOf } from '../calls/words.cts';
import type { OwnLead } from './ownLead.cts';

/**
 * Names, ids and addresses of the people that the lead tells of (who owns and made it), so that no message of Zoho's can
 * bring them into the report. None when the lead cannot be read.
 */
export async function personalWords(client: Client, lead: OwnLead): Promise<string[]> {
	const path = `/crm/v8/Leads/${lead.id}?fields=Owner,Created_By,Modified_By`;
	const answer = await client.ask({ path }).catch(() => undefined);
	const people = answer ? rowsOf(answer).flatMap((record) => Object.values(record).filter(isObject)) : [];
	const texts = people.flatMap((person) => Object.values(person)).filter((value) => typeof value === 'string');
	return texts.flatMap((text) => [text, ...text.split(/\s+/)]).filter((word) => word.length > 3);
}
