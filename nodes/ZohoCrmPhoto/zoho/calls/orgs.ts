import { connectionKey } from '../account/connectionKey';
import type { Connection } from '../account/connection';
import { Renewals } from '../account/renewals';
import { BytesInHand, FilesInHand } from './inHand';
import { OrgPace } from './orgPace';
import { OrgStop } from './orgStop';
import { Turns } from './turns';

/** Milliseconds after which what was learnt of an org's pace is too old to go by. */
const GROWN_OLD = 300_000;
/** Connections that are kept in mind at a time; n8n instances have a handful. */
const MOST_ORGS = 100;

/** What all executions that sign with the same connection share. */
export interface Org {
	pace: OrgPace;
	renewals: Renewals;
	files: FilesInHand;
	stop: OrgStop;
}

/** An org's pace, renewals and files in hand, with nothing learnt yet. */
export function newOrg(): Org {
	// Files are got ready as soon as more calls may go: a round of calls that waits for them is lost.
	const pace: OrgPace = new OrgPace(() => files.next());
	const files = new FilesInHand(() => pace.height());
	return { pace, renewals: new Renewals(), files, stop: new OrgStop() };
}

interface Entry {
	org: Org;
	/** When it was last asked for, in milliseconds since 1970. */
	used: number;
}

/**
 * What is shared of all connections in use in this process. An entry goes when nobody uses it and what it learnt has grown
 * old, or when there are too many.
 */
export class Orgs {
	/** What is in hand of all orgs together. */
	readonly bytes = new BytesInHand();
	/** Work on one thing after another, whatever connection it goes by: two may lead to the same org. */
	readonly turns = new Turns();
	private readonly entries = new Map<string, Entry>();

	/** How many connections are kept in mind. */
	get size(): number {
		return this.entries.size;
	}

	/** What the executions that sign with this connection share. */
	of(connection: Connection): Org {
		const now = Date.now();
		this.letGo(now);
		const key = connectionKey(connection);
		const org = this.entries.get(key)?.org ?? newOrg();
		// The one used last stands last.
		this.entries.delete(key);
		this.entries.set(key, { org, used: now });
		return org;
	}

	private letGo(now: number): void {
		for (const [key, { org, used }] of this.entries) {
			const isSpare = now - used > GROWN_OLD || this.entries.size >= MOST_ORGS;
			if (org.pace.isIdle && org.files.count === 0 && isSpare) this.entries.delete(key);
		}
	}
}

/** Those of this process; n8n loads a node's file once. */
export const ORGS = new Orgs();
