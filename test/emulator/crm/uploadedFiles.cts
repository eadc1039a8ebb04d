import { createHash, randomBytes } from 'node:crypto';

import type { Org } from './orgs.cts';

/** A file that came to `POST /files` and lies there until a record's field takes it. */
export interface UploadedFile {
	/** The look of Zoho's file ids, such as 2cceafa194d037b63f2181dd81864b4812b1f8b0b4fe0949a982de89fa75a (files page). */
	id: string;
	org: Org;
	fileName: string;
	bytes: Buffer;
	/** Hex. */
	sha256: string;
}

/** The files of all orgs that were uploaded. */
export class UploadedFiles {
	private readonly byId = new Map<string, UploadedFile>();

	/** How many there are. */
	get count(): number {
		return this.byId.size;
	}

	/** All of them, in the order in which they came. */
	all(): UploadedFile[] {
		return [...this.byId.values()];
	}

	/** Takes a file in. */
	add(org: Org, fileName: string, bytes: Buffer): UploadedFile {
		const id = `2cce${randomBytes(28).toString('hex')}`;
		const file = { id, org, fileName, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
		this.byId.set(id, file);
		return file;
	}

	/** The file with this id; an id of another org is unknown. Assumption: an id may be used more than once. */
	find(org: Org, id: string): UploadedFile | undefined {
		const file = this.byId.get(id);
		return file?.org.id === org.id ? file : undefined;
	}

	/** Forgets all. */
	clear(): void {
		this.byId.clear();
	}
}
