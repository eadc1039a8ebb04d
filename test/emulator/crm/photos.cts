import { createHash } from 'node:crypto';

/** A photo as it arrived. */
export interface StoredPhoto {
	module: string;
	recordId: string;
	/** The bytes as sent; empty when `keepBytes` is off. */
	bytes: Buffer;
	/** Number of bytes, true also when they are not kept. */
	size: number;
	/** Hex. */
	sha256: string;
	fileName: string;
	/** By the bytes, not by what was declared. */
	mimeType: string;
	width: number;
	height: number;
	/** Milliseconds since 1970. */
	storedAt: number;
	/** How often a photo was stored on this record since the last reset. */
	uploads: number;
	/** The sha256 of each of them, oldest first. */
	history: string[];
}

/** The photos of all records. */
export class Photos {
	private readonly byRecord = new Map<string, StoredPhoto>();
	private readonly histories = new Map<string, string[]>();
	/** Off: only size and hash are kept (for measuring), and photos cannot be read back. */
	keepBytes = true;

	/** The photo of a record. */
	get(module: string, recordId: string): StoredPhoto | undefined {
		return this.byRecord.get(`${module}/${recordId}`);
	}

	/** All photos, in the order in which their records first got one. */
	all(): StoredPhoto[] {
		return [...this.byRecord.values()];
	}

	/** Number of records with a photo. */
	get count(): number {
		return this.byRecord.size;
	}

	/** Puts a photo on a record in place of what it had. */
	put(photo: Omit<StoredPhoto, 'sha256' | 'size' | 'uploads' | 'history'>): StoredPhoto {
		const key = `${photo.module}/${photo.recordId}`;
		const sha256 = createHash('sha256').update(photo.bytes).digest('hex');
		const history = this.histories.get(key) ?? [];
		history.push(sha256);
		this.histories.set(key, history);
		const stored: StoredPhoto = {
			...photo,
			bytes: this.keepBytes ? photo.bytes : Buffer.alloc(0),
			size: photo.bytes.length,
			sha256,
			uploads: history.length,
			history,
		};
		this.byRecord.set(key, stored);
		return stored;
	}

	/** Takes a record's photo away. False when it had none. */
	delete(module: string, recordId: string): boolean {
		return this.byRecord.delete(`${module}/${recordId}`);
	}

	/** Forgets all photos. */
	clear(): void {
		this.byRecord.clear();
		this.histories.clear();
		this.keepBytes = true;
	}
}
