import { done, refused, type Outcome } from '../../outcome';
import type { CallSettings, ZohoClient } from '../calls/client';
import type { RecordAddress } from '../task';
import { givesPhoto, hasPhoto, havePhotos, MOST_IDS } from './existing';

/** Milliseconds for which an answer counts: so long after it somebody else may have put a photo on the record. */
const FRESH = 60_000;

/** What one call told of its records. */
type Told = Outcome<Map<string, boolean | undefined>>;

/** What a run knows of one record, and since when. */
interface Known {
	told: Promise<Told>;
	since: number;
	/** Whether this record's item was the one that asked. */
	hasAsked: boolean;
}

/** Which records have a photo, for a run that keeps those: a hundred records are asked for in one call. */
export class ExistingPhotos {
	/** By module and record. */
	private readonly known = new Map<string, Known>();
	/** Modules for which Zoho refused to tell of several records at a time. */
	private readonly oneByOne = new Set<string>();
	/** By module: settles when the records for the next call are gathered. */
	private readonly gathering = new Map<string, Promise<void>>();

	constructor(private readonly zoho: ZohoClient) {}

	/**
	 * Whether a record has a photo.
	 *
	 * @param next the records that will be asked for next, read only where a call is made; those of the same module are asked
	 * for in it
	 */
	async has(
		address: RecordAddress,
		next: () => Promise<readonly RecordAddress[]>,
		settings: CallSettings,
	): Promise<Outcome<boolean>> {
		const { module, recordId } = address;
		const known = this.fresh(address) ?? (await this.ask(address, next, settings));
		if (known === undefined) return await hasPhoto(this.zoho, address, settings);
		const told = await known.told;
		if (!told.ok) {
			const stop = this.zoho.stopFor(module, 'read');
			if (stop !== undefined) return known.hasAsked ? told : refused(stop);
			return await hasPhoto(this.zoho, address, settings);
		}
		const says = told.value.get(recordId);
		if (says !== undefined) return done(says);
		// The record is there and does not tell, or Zoho has a reason to leave it out, which the record alone brings to light.
		return told.value.has(recordId)
			? await givesPhoto(this.zoho, address, settings)
			: await hasPhoto(this.zoho, address, settings);
	}

	/** Asks for a record that is still to come, and the next ones, unless they were asked for. */
	async prepare(
		address: RecordAddress,
		next: () => Promise<readonly RecordAddress[]>,
		settings: CallSettings,
	): Promise<void> {
		if (this.fresh(address) === undefined) await this.ask(address, next, settings);
	}

	/**
	 * Takes in what the run did to a record.
	 *
	 * @param has whether it has a photo now; undefined where that is not sure
	 */
	changed(address: RecordAddress, has: boolean | undefined): void {
		const key = keyOf(address);
		if (!this.known.has(key)) return;
		if (has === undefined) this.known.delete(key);
		else {
			const told = Promise.resolve(done(new Map([[address.recordId, has]])));
			this.known.set(key, { told, since: Date.now(), hasAsked: false });
		}
	}

	private fresh(address: RecordAddress): Known | undefined {
		const known = this.known.get(keyOf(address));
		return known !== undefined && Date.now() - known.since < FRESH ? known : undefined;
	}

	/** What one call tells of a record and the next ones; nothing for a record that is to be asked for by itself. */
	private async ask(
		address: RecordAddress,
		next: () => Promise<readonly RecordAddress[]>,
		settings: CallSettings,
	): Promise<Known | undefined> {
		const { module } = address;
		// Those who ask at the same time go one after another: the call of the first may be for their records too.
		for (let other = this.gathering.get(module); other !== undefined; other = this.gathering.get(module)) {
			await other;
			const known = this.fresh(address);
			if (known !== undefined) return known;
		}
		if (this.oneByOne.has(module)) return undefined;
		const own = this.gather(address, next, settings).finally(() => this.gathering.delete(module));
		this.gathering.set(module, own);
		await own;
		return this.fresh(address);
	}

	/** Makes the call for a record and the next ones of its module, unless it is the only one. */
	private async gather(
		address: RecordAddress,
		next: () => Promise<readonly RecordAddress[]>,
		settings: CallSettings,
	): Promise<void> {
		const { module } = address;
		const batch = new Map([[keyOf(address), address]]);
		for (const other of await next()) {
			if (batch.size === MOST_IDS) break;
			if (other.module === module && this.fresh(other) === undefined) batch.set(keyOf(other), other);
		}
		if (batch.size === 1) return;
		const told = this.tell(module, [...batch.values()], settings);
		const since = Date.now();
		for (const key of batch.keys()) this.known.set(key, { told, since, hasAsked: key === keyOf(address) });
	}

	private async tell(module: string, records: readonly RecordAddress[], settings: CallSettings): Promise<Told> {
		const ids = records.map(({ recordId }) => recordId);
		const told = await havePhotos(this.zoho, module, ids, settings);
		const status = told.ok ? 200 : (told.failure.httpStatus ?? 0);
		if (status >= 400 && status < 500 && status !== 429) this.oneByOne.add(module);
		return told;
	}
}

function keyOf({ module, recordId }: RecordAddress): string {
	return `${module}/${recordId}`;
}
